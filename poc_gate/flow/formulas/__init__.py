"""Pure formulas without facts: speed, memory, queues, composition, movement."""
