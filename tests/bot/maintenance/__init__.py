"""Tests of bot, maintenance."""
