"""The Bot API's methods, a file a subject. Imports telegram's records and text."""
