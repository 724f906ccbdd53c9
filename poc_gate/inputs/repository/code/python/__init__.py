"""Python by its own syntax tree: modules, assignments, calls, tools, prices."""
