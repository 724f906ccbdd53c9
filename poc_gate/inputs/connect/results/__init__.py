"""What sources showed -> measurements, notes, promises, `sources.json`."""
