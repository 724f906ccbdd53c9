"""What findings and results are made of: reasons, first answers, machines, what a rule says of itself."""
