"""What load does to a path: queues, batches, whole requests, and where a promise breaks."""
