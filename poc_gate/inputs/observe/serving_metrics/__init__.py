"""Metrics of servers, gateways and accelerators as Prometheus keeps them -> load, queues, cache use, times, restarts."""
