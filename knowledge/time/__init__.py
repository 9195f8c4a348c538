"""Knows days, hours, time zones and leads. Imports text and locales."""
