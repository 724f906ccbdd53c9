"""What readers note: signals with place, reader and standing, and what a reader is."""
