"""Facts -> derived facts: footprints, ceilings, latency, walls, levers; pure functions only."""
