"""Many pilots: judged in a pool of processes, kept as records, shown as one page."""
