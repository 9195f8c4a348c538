"""Creates, migrates, copies and checks the database. Imports engine and tables."""
