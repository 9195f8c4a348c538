"""Tests of rehearsal, telegram, messages."""
