"""An overview of many pilots -> text, pages and files; one form per file."""
