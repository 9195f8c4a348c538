"""Parses days, hours, zones and reminder times. Imports text and locales."""
