"""Remembers what people thought of sessions, apart from who was asked. Imports people, delivery, engine and tables."""
