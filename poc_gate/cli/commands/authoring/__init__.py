"""Commands that help to write: manifests, rules, settings."""
