"""All files that one pilot names, read in one visit."""
