"""Tests of db, questions."""
