"""Tests of knowledge, places."""
