"""Commands that look further into one pilot: its data path, its limits, other machines, other values."""
