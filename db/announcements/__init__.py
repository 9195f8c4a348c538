"""Remembers announcements, their audience and their delivery. Imports engine, delivery and tables."""
