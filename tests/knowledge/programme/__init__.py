"""Tests of knowledge, programme."""
