"""Whether code and what it defines is reached: programs, packages, plug-ins, functions, classes, tools and where they are registered."""
