"""Tests of stories, registration."""
