"""Machine profiles: the file, its faults, its text, the shipped data sheets."""
