"""The small language of rules: text -> checked, bounded, three-valued expressions."""
