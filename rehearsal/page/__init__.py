"""The rehearsal's web page and its HTTP routes. Imports telegram, world, and the pages of bot.http."""
