"""Writes each kind of message at the moment of sending. Imports db, knowledge and locales."""
