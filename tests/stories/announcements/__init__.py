"""Tests of stories, announcements."""
