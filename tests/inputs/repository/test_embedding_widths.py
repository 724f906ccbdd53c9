"""How wide vectors are by default: a model's maker, a tag and a version around its name change nothing."""

from __future__ import annotations

import pytest

from poc_gate.inputs.repository.tables.marks.embedding_widths import has_one_width, width_of_embedding


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
        ("clip-ViT-B-32", 512),
        ("openai/clip-vit-large-patch14", 768),
        ("ibm-granite/granite-embedding-30m-english", 384),
        ("desk-embedding", None),
    ],
)
def test_the_width_of_a_known_model(name: str, width: int | None) -> None:
    assert width_of_embedding(name) == width


def test_only_some_models_can_be_asked_for_fewer_dimensions() -> None:
    assert has_one_width("text-embedding-ada-002")
    assert not has_one_width("text-embedding-3-small")
