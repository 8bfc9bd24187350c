"""Policies in force: parameters by division and year, every version kept."""
