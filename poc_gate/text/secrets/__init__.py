"""Looking for secrets in text, one split view for every reader; nothing found is ever printed."""
