"""Tests of stories, team."""
