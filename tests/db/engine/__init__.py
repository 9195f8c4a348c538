"""Tests of db, engine."""
