"""Moves and cancels sessions, and tells their details. Imports turn and dialog."""
