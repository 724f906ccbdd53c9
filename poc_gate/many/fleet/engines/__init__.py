"""One engine a file; what a site has carries the question."""
