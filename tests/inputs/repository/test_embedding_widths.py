"""How wide vectors are by default: a model's maker, a tag and a version around its name change nothing."""

from __future__ import annotations

import pytest

from poc_gate.inputs.repository.tables.marks.embedding_widths import width_of_embedding


@pytest.mark.parametrize(
    ("name", "width"),
    [
        ("text-embedding-3-large", 3072),
        ("sentence-transformers/all-MiniLM-L6-v2", 384),
        ("nomic-embed-text:latest", 768),
        ("amazon.titan-embed-text-v2:0", 1024),
        ("models/text-embedding-004", 768),
        ("textembedding-gecko@003", 768),
        ("voyage-3-lite", 512),
        ("BAAI/bge-small-zh-v1.5", 512),
        ("desk-embedding", None),
    ],
)
def test_the_width_of_a_known_model(name: str, width: int | None) -> None:
    assert width_of_embedding(name) == width
