"""Tests of rehearsal, telegram, calls."""
