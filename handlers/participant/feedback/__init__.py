"""Takes feedback on a session or the cycle: two taps, and a sentence. Imports turn, dialogs, keyboards and asking."""
