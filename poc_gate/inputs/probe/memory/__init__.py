"""Memory bandwidth and latency, measured by the C kernels that are kept here."""
