"""Claims + measurements -> one tree of facts."""
