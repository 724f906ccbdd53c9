"""Things that are publicly known by name, and what is assumed where nobody has said: data and its readers."""
