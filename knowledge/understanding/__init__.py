"""Parses a message: intent, session, place, day and wish. Imports text, time, places and locales."""
