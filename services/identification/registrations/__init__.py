"""Registrations (建档立卡): who is poor or exited since when, by which decision."""
