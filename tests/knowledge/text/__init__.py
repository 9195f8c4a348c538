"""Tests of knowledge, text."""
