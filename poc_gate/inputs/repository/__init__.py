"""A checkout -> what it says about the pilot, each value with its place, its reader and how sure it is."""
