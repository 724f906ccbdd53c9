"""Source code -> constants, settings, calls of known libraries, tools of agents; read by its syntax tree, never run."""
