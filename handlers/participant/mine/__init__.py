"""Shows and changes a person's own data, language and time zone. Imports turn, keyboards and other participant rooms."""
