"""What the system shows of itself: its files, limits, memory, virtualisation, and what else runs."""
