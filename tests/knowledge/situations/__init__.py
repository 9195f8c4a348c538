"""What depends on when somebody asks, and on what they do: the moment, what they cannot attend, what they work on."""
