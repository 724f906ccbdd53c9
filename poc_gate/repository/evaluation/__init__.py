"""Records of evaluations -> cases, failures, what counts against the pilot."""
