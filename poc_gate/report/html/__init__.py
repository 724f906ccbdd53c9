"""The page: leadership, engineering, and the machine."""
