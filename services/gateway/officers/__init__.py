"""Officers: who acts for the administration, where, and by whose appointment."""
