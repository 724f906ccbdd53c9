"""Live reads of what a pilot runs on: metrics from Prometheus, objects of a cluster; into files that importing reads."""
