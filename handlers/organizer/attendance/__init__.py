"""Who came: the word of a session, participants' reports, corrections, certificates. Imports turn and the guard."""
