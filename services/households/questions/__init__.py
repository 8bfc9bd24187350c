"""What other services may ask: questions only, each answered with no more than it needs."""
