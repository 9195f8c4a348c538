"""Remembers who runs the cycle and what they did. Imports people, delivery, engine and tables."""
