"""Spans in a store -> totals of requests and hops, and what they say."""
