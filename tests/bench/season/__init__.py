"""A season of identification without incident: every household eligible, every record sound, nobody objects."""
