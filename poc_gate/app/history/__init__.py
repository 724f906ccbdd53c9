"""Runs over time: kept in files that are never rewritten, found again through an index that can be made anew."""
