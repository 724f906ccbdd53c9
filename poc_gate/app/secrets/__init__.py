"""Literal secrets in the pilot's repository: what is looked at, what counts, what was reviewed, what a scanner reported."""
