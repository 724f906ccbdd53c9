"""Result -> text; one format per file."""
