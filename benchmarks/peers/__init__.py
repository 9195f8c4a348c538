"""Stock bots to compare with. Imports nothing of Ciclo."""
