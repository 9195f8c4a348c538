"""Tests of db, admin."""
