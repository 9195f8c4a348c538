"""Answers inline queries with cards to send. Imports turn and rendering."""
