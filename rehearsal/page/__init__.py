"""The rehearsal's web page and its HTTP routes. Imports telegram and world."""
