"""Tests of db, people."""
