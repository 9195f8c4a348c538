"""Tests of reminders, planning."""
