"""Which names the files of a checkout write: variables, settings, constants, and how often."""
