"""Answers what a person says or presses. Imports changes, telegram_io and the floors below them."""
