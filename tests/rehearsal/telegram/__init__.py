"""Tests of rehearsal, telegram."""
