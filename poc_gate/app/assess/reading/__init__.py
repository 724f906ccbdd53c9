"""Everything that one assessment rests on, read once: manifest, files, machine, live sources, secrets."""
