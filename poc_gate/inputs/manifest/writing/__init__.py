"""Answers -> a commented `pilot.yaml`; the schema -> its JSON Schema and its page of documentation."""
