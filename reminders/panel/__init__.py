"""Draws moderators' cards of a panel anew by itself. Imports delivery."""
