"""Knows cities, countries and positions, and their time zones. Imports text, time and locales."""
