"""A season of identification: a client of the system, from outside, by its public API alone."""
