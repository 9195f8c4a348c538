"""Has every word the bot can say, in four languages."""
