"""Shows and changes a person's own data, language and time zone. Imports turn and other participant rooms."""
