"""Finds places, countries and positions, and their time zones. Imports time, text and locales."""
