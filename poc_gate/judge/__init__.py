"""Facts + rule packs -> findings -> verdict; pure."""
