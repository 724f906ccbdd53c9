"""Reports of scanners -> findings by severity, and over what, with what and when somebody looked."""
