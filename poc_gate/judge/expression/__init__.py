"""Small pure expressions over named facts: CEL-shaped, units checked, unknown as a third value."""
