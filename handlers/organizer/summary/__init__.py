"""Shows the summary of a session or of the cycle: a card, a page to print, the sentences. Imports people and turn."""
