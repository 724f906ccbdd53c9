"""What every load-test reader shares: one run, its steps, its limits and what may be concluded."""
