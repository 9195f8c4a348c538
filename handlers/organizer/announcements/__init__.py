"""Writes, previews, sends and stops announcements. Imports turn, sessions and people."""
