"""`poc-gate fleet`: ask many machines, keep what they answer, compare it."""
