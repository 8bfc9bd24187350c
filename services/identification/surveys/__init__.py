"""Step 3: the home visit, its facts, and the verdict that follows from them."""
