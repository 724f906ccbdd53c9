"""Results of load tools -> load by step, times with intervals, errors, and what must not be concluded from them."""
