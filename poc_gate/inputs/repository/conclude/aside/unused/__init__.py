"""Code, settings and infrastructure that nothing uses -> what they say is taken back, or asked."""
