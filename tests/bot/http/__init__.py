"""Tests of bot, http."""
