"""Lists, searches and exports registrations. Imports turn."""
