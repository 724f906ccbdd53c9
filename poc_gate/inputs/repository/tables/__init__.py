"""Tables that map names to facts: a new library, system, image or setting is one row in one of these files."""
