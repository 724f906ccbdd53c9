"""Plain text of code -> what marks in it say, whatever the language and the file it stands in."""
