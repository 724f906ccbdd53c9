"""What shows a use: marks in code and settings, and the words in which projects describe themselves."""
