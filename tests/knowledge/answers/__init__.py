"""Tests of knowledge, answers."""
