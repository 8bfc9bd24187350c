"""Steps 2 and 4: the villagers' group and the village appraise in a meeting, by vote."""
