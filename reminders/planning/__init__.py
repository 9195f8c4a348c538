"""Decides what is due and writes it to the outbox. Imports no other room of reminders."""
