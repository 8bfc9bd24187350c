"""Households taken in from a file: streamed to disk, checked and registered by a job, line by line accounted for."""
