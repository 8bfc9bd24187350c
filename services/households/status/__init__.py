"""Who is poor or exited: identification's truth, projected."""
