"""A household's case: its state, what may happen to it, and its history."""
