"""What follows from a change: who is told, what is corrected, until when."""
