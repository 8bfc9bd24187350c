"""The door: tokens, the one API's documents, readiness, the sandbox's clock. No business data."""
