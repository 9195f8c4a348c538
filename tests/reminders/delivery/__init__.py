"""Tests of reminders, delivery."""
