"""Tests of stories, programme."""
