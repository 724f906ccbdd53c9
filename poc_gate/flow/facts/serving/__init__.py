"""Facts of model serving: memory, ceilings, capacity, latency, walls, training and their calibration."""
