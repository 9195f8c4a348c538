"""Invites, changes and removes team members; shows the audit log. Imports turn."""
