"""Rolls an announcement out in stages. Imports delivery."""
