"""Remembers people: their settings, registrations, reminders, conversations. Imports engine and tables."""
