"""The rehearsal's page: its data, its stream of changes, its words."""
