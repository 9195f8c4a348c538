"""Tests of stories, reminders."""
