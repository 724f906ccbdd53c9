"""What a checkout holds that does not run with the pilot, or that nobody chose -> it is left, or asked about."""
