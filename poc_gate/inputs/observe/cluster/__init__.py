"""Dumps of a cluster's objects -> what really runs: replicas, images, restarts, limits, the state of autoscaling."""
