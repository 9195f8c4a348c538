"""Tests of stories, questions."""
