"""Facts of the data path: movement, retrieval and search."""
