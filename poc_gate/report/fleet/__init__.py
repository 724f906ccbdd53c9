"""A fleet -> text, pages and files."""
