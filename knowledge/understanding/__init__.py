"""Reads what a question asks: which session, place, day, wish. Imports text, time, places and locales."""
