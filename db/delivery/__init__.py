"""Remembers updates to handle and messages to send: inbox, outbox, leases. Imports engine and tables."""
