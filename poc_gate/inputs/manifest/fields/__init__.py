"""The schema's classes -> a tree of fields, which reading, writing and the catalogue walk."""
