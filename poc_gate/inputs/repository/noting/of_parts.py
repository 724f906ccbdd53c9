"""Names under which readers note that a value is of another part than its name suggests, for the conclusion to weigh."""

from __future__ import annotations

BOUNDS_A_REQUEST = "bounds a request"
"""A route gives all that it does a limit of time: the reason is the setting's name."""
OF_AN_ENDPOINT = "of an endpoint"
"""Where a call that deploys an endpoint of its own says which machines it has."""
TAKES_PASSAGES = "takes passages"
"""A function is told how many passages to look up: the reason is its name and the place of the parameter, `search.1`."""
GIVES_PASSAGES = "gives passages"
"""A call gives a function a plain number: `search.1=10`."""
OF_ENDPOINTS = "amazon-sagemaker"
"""The service of endpoints that code deploys with a number of machines to begin with."""
