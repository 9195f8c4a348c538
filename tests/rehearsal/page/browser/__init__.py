"""The rehearsal's page in a real browser: what is where at each width, and what a visitor does with it."""
