"""Evidence of every kind -> what the pilot uses: one file for each use, which says what suffices, what confirms, what explains it away."""
