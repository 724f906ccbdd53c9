"""Continuous integration -> gates, evaluations, deployments, schedules."""
