"""Files a team already has -> claims and evidence; one importer per file."""
