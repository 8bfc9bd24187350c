"""The page of the events, rendered from the AsyncAPI document."""
