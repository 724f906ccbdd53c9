"""Files put forward as evidence -> values with digest, date and content."""
