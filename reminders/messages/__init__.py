"""Writes each kind of message at the moment of sending. Imports no other room of reminders."""
