"""Result -> text; one format a file."""
