"""What serves a pilot: cluster manifests and interfaces."""
