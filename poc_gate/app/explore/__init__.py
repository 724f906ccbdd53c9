"""Questions about an assessed pilot: why, what if, where it breaks, what comes next."""
