"""Facts of a checkout: which value holds, which gives way, and how sure each is."""
