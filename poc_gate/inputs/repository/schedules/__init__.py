"""Schedules and feature stores -> intervals of pipelines, sources of features."""
