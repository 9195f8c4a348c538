"""Remembers who runs the cycle and what they did. Imports engine and tables."""
