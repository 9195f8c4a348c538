"""Tests of bot, updates."""
