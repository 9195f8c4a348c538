"""Being at a session: the word that proves it, one's certificate, and the check of a code. Imports turn and asking."""
