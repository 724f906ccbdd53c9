"""The connectors, one file each; none imports another."""
