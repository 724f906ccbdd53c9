"""How it is noted among the switches what the pilot loads: an environment, a file of settings."""

LOADED = "loads an environment"
"""A compose file loads an environment, or people are told to copy the example of one."""
OPENED = "opens"
"""Code opens a file of settings by its name, and fills its settings with it."""
