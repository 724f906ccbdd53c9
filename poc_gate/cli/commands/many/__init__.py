"""Commands about many pilots, machines and days."""
