"""Defines the cycle and its content; builds cards and calendars. Imports places, time, text and locales."""
