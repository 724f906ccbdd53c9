"""The derived facts, topic by topic."""
