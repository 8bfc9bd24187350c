"""Step 7: data cleaning. A case goes on when its household's records hold no issue."""
