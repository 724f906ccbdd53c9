"""The matrix rate of the processor."""
