"""What git knows of a pilot's files: when they were committed, by whose hand, and where they were before."""
