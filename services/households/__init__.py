"""Households: where people live and with whom; their divisions, members and history."""
