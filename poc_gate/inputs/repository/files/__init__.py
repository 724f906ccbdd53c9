"""Files of a checkout -> their text, whose they are, YAML of other tools; within bounds."""
