"""Commands that measure: this machine, data sources, traces."""
