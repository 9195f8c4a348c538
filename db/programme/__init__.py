"""Remembers the programme as it stands, and what organizers told about sessions. Imports people, engine and tables."""
