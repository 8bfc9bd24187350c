"""Step 8: the county announces, and the households are registered poor."""
