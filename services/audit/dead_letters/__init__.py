"""The view of dead letters, and what operators decide about them."""
