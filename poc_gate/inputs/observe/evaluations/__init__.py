"""Results of evaluations and attacks -> cases, failures, repeats, slices, and whether they are of what is deployed."""
