"""The link that leads out of this machine."""
