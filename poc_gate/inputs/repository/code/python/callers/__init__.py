"""Functions of Python and who calls them -> what their parameters are given."""
