"""Tests of db, feedback."""
