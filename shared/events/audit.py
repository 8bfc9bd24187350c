"""Audit's events. The tree heads of the tamper-evident log come with it."""
