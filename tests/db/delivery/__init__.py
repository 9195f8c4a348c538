"""Tests of db, delivery."""
