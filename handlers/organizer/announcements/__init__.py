"""Writes, previews, sends and stops announcements. Imports turn and dialog."""
