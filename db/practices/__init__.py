"""Remembers practices that people offer. Imports people, engine and tables."""
