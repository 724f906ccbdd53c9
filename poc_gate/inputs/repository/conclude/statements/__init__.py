"""Conclusions -> facts in the terms of the manifest."""
