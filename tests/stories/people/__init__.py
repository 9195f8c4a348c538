"""Tests of stories, people."""
