"""What the running pilot shows -> pages of its own, held against a manifest."""
