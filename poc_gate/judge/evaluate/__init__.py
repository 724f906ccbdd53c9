"""Facts + rule packs -> findings."""
