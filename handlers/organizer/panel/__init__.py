"""Moderates the panel of a session: for organizers, and for who was invited to that session. Imports turn."""
