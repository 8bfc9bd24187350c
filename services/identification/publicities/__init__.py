"""The two publicities (公示): posted for days, open to anyone's objection, ended by the clock alone."""
