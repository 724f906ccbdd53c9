"""Records -> groups, stragglers, the worst usable node. Pure."""
