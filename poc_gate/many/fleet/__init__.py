"""Many nodes: engines carry the question, records come back as files, comparing them is a pure function of the files."""
