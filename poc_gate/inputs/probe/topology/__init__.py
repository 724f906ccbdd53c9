"""The system's own description of processors, caches and memory."""
