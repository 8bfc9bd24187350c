"""Step 5: the township reviews, and reports its list to the county."""
