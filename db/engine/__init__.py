"""Opens the database and runs transactions. Imports no other room of db."""
