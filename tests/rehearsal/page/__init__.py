"""Tests of rehearsal, page."""
