"""Tasks of a pipeline of Transformers, in Python and in JavaScript -> the role of its model."""

from __future__ import annotations

ROLE_OF_TASK = {
    "text-generation": "chat", "text2text-generation": "chat", "summarization": "chat", "text-classification": "classifier",
    "sentiment-analysis": "classifier", "zero-shot-classification": "classifier", "ner": "classifier", "token-classification": "classifier",
    "automatic-speech-recognition": "speech", "image-classification": "vision", "object-detection": "vision", "feature-extraction": "embedding",
}  # fmt: skip
