"""API clients: the systems that may ask for tokens, for themselves or for officers."""
