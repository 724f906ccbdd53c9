"""Words and patterns that show something wherever they are written."""
