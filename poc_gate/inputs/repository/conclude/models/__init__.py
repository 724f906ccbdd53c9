"""Models that were seen -> the models of the pilot by role, and the one that answers."""
