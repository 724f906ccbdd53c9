"""Data contracts -> facts of one source."""
