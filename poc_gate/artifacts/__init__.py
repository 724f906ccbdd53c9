"""Files a team already has -> claims and evidence; one importer a file."""
