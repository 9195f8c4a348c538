"""Tests of stories, faults."""
