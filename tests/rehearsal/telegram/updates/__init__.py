"""Tests of rehearsal, telegram, updates."""
