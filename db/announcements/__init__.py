"""Remembers announcements, their audience and their delivery. Imports people, delivery, engine and tables."""
