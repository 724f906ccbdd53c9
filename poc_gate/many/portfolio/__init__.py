"""Records of many pilots -> one overview: rows, causes, shared capacity; pure functions of files that others carried."""
