"""What a pilot of few lines, or of none, already shows: the first look."""
