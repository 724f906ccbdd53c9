"""What statements in Python say: imports, assignments, functions, dictionaries, conditions."""
