"""Decides what is due and writes it to the outbox. Imports db and knowledge."""
