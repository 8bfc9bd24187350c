"""Guessing made slow: failures are counted by who, by where from, and by both."""
