"""What the first screen says, for every format that has one: values and short sentences, no layout."""
