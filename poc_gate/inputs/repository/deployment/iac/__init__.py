"""Infrastructure as code -> resources: systems, models, regions, sizes, replicas."""
