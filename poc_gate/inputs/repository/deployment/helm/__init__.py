"""Charts and cluster files -> workloads: replicas, images, models, limits, probes."""
