"""Records kept beside a pilot: model cards, evaluations, bills of materials, requirements."""
