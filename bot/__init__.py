"""Assembles everything and starts it."""
