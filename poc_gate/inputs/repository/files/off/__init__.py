"""What a checkout leaves off by default: groups of tools, constructs, parts, adapters and variants that nothing chooses."""
