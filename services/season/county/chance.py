"""Chance that repeats itself: a source of its own for each purpose, so that one does not disturb another."""

from random import Random


def source(seed: int, purpose: str) -> Random:
    return Random(f"{seed} {purpose}")  # noqa: S311
