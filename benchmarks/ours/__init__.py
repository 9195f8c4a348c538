"""Ciclo as a contender. Imports bot."""
