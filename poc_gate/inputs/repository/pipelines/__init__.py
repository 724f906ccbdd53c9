"""Files that assemble a pilot from parts -> models, tools, sources: pipelines, prompts, tool boxes, serving files, index schemas."""
