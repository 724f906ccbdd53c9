"""Who and what a pilot can hurt: facets derived from what is stated, imported or observed."""
