"""Words and sums up what came of a session: questions for feedback, numbers without small groups. Imports programme."""
