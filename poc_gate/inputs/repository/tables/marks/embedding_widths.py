"""Models that embed -> how wide their vectors are where nobody asks for fewer dimensions; a new one is a row."""

from __future__ import annotations

import re

_WIDTHS = (
    (3072, r"text-embedding-3-large|gemini-embedding-(?:001|exp-03-07)"),
    (1536, r"text-embedding-3-small|text-embedding-ada-002|amazon\.titan-embed-text-v1|codestral-embed(?:-2505)?"),
    (1024, r"amazon\.titan-embed-text-v2|(?:cohere\.)?embed-(?:english|multilingual)-v3(?:\.0)?|mistral-embed|voyage-(?:3(?:\.5)?(?:-large|-lite)?|2|law-2|finance-2|code-3|multilingual-2)"),
    (1024, r"bge-m3|bge-large(?:-en|-zh)?(?:-v1\.5)?|mxbai-embed-large(?:-v1)?|(?:multilingual-)?e5-large(?:-v2|-instruct)?|gte-large(?:-en-v1\.5|-zh)?|snowflake-arctic-embed-l(?:-v2\.0)?|jina-embeddings-v3|nv-embedqa-e5-v5|Qwen3-Embedding-0\.6B"),
    (768, r"text-embedding-00[45]|text-multilingual-embedding-002|textembedding-gecko(?:-multilingual)?|embedding-001|embeddinggemma(?:-300m)?"),
    (768, r"all-mpnet-base-v[12]|multi-qa-mpnet-base-(?:dot|cos)-v1|paraphrase-multilingual-mpnet-base-v2|bge-base(?:-en|-zh)?(?:-v1\.5)?|(?:multilingual-)?e5-base(?:-v2)?|gte-(?:multilingual-)?base(?:-en-v1\.5|-zh)?|nomic-embed-text(?:-v1(?:\.5)?)?|instructor-(?:large|xl|base)|jina-embeddings-v2-base-\w+|snowflake-arctic-embed-m(?:-v[12](?:\.[05])?)?"),
    (1536, r"(?:cohere\.)?embed-v4(?:\.0)?"),
    (1024, r"amazon\.titan-embed-image-v1"),
    (768, r"clip-vit-l(?:arge-patch)?-?14(?:-336)?|granite-embedding-(?:125m-english|278m-multilingual)|siglip-base-patch16-(?:224|256|384|512)"),
    (512, r"clip-vit-b(?:ase-patch)?-?(?:16|32)|clip-vit-b-32-multilingual-v1"),
    (384, r"granite-embedding-(?:30m-english|107m-multilingual)"),
    (512, r"bge-small-zh(?:-v1\.5)?|gte-small-zh|voyage-3-lite"),
    (384, r"all-MiniLM-L(?:6|12)-v[12]|paraphrase-(?:multilingual-)?MiniLM-L\d+-v2|multi-qa-MiniLM-L6-(?:dot|cos)-v1|bge-small-en(?:-v1\.5)?|(?:multilingual-)?e5-small(?:-v2)?|gte-small|all-minilm|snowflake-arctic-embed-(?:s|xs)"),
    (4096, r"nv-embed-v[12]|e5-mistral-7b-instruct|Qwen3-Embedding-8B|SFR-Embedding-Mistral"),
    (2560, r"Qwen3-Embedding-4B"),
    (2048, r"llama-3\.2-nv-embedqa-1b-v[12]|jina-embeddings-v4"),
)  # fmt: skip
"""From the cards of the models and the pages of their providers, 2025."""
_FIXED = re.compile(
    r"(?i)text-embedding-ada-002|amazon\.titan-embed-text-v1|(?:cohere\.)?embed-(?:english|multilingual)-v3(?:\.0)?|all-minilm-l(?:6|12)-v[12]|all-mpnet-base-v[12]|clip-vit-[\w-]+|bge-(?:small|base|large)(?:-en|-zh)?(?:-v1\.5)?|(?:multilingual-)?e5-(?:small|base|large)(?:-v2)?"
)
"""Models that nobody can ask for fewer dimensions."""
_COMPILED = tuple((width, re.compile(f"(?i)(?:{pattern})")) for width, pattern in _WIDTHS)
_AROUND = re.compile(r"^(?:.*/)|(?::\w[\w.-]*|@\d+)$")
"""What stands before a model's name and behind it: who made it, a tag of Ollama, a version."""


def width_of_embedding(name: str) -> int | None:
    """Return how many dimensions a vector of the model has by default; None for models that are not known."""
    plain = _AROUND.sub("", _AROUND.sub("", name.strip()))
    sized = [width for width, pattern in reversed(_COMPILED) if pattern.fullmatch(plain)]
    return sized[0] if sized else None


def has_one_width(name: str) -> bool:
    """Say whether a model takes no number of dimensions: what code asks for is of another one."""
    return _FIXED.fullmatch(_AROUND.sub("", _AROUND.sub("", name.strip()))) is not None
