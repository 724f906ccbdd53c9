"""What several commands need: files in and out, packs, profiles, the catalogue, the history in git."""
