"""Local Bot API servers and processes for benchmarks. Imports nothing of Ciclo."""
