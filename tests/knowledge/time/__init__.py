"""Tests of knowledge, time."""
