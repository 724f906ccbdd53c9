"""What calls in Python say: sources, destinations, settings, training, deployments."""
