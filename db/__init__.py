"""Remembers."""
