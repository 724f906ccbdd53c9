"""Values, findings and walls -> the words that every report shows them with."""
