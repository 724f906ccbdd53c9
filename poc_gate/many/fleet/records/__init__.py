"""Files of a fleet's folder <-> records."""
