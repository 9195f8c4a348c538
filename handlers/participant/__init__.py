"""What everybody can ask of the bot, a room a theme. Never imports handlers.organizer or handlers.routes."""
