"""Records of many pilots, machines and days."""
