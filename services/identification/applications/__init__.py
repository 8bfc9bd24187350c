"""Step 1: the household applies."""
