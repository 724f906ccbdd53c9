"""Names under which readers note that a value is of another part than its name suggests, for the conclusion to weigh."""

from __future__ import annotations

BOUNDS_A_REQUEST = "bounds a request"
"""A route gives all that it does a limit of time: the reason is the setting's name."""
OF_AN_ENDPOINT = "of an endpoint"
"""Where a call that deploys an endpoint of its own says which machines it has."""
OF_ENDPOINTS = "amazon-sagemaker"
"""The service of endpoints that code deploys with a number of machines to begin with."""
