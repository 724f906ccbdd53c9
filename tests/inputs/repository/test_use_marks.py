"""Marks of uses: texts made to be slow stay quick, and descriptions say what they speak of."""

from __future__ import annotations

import time

import pytest

from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.inputs.repository.noting.signals import Signals
from poc_gate.inputs.repository.records.use_mark_reader import READER
from poc_gate.inputs.repository.tables.uses.marks import marks_of, paths_say
from poc_gate.inputs.repository.tables.uses.said import spoken_of

_PATHS = ("app/main.py", "config.yml", "training.ipynb")


@pytest.mark.parametrize("path", _PATHS)
@pytest.mark.parametrize("between", ["", " ", "\n", "\n    ", "model", "_", "'"])
def test_a_text_of_nothing_but_words_is_searched_quickly(path: str, between: str) -> None:
    marks = marks_of(path)
    assert marks is not None
    words = "".join(word + between for row in marks.rows for word in row.words)
    text = words * 20 + (between or "x") * 60_000 + words
    file = TextFile(path, None, content=text.encode(), largest=1 << 20)
    began = time.process_time()
    for row in marks.rows:
        row.pattern.search(text)
        [one.search(text) for one in row.beside]
    READER.read(file, Notes(file, "use-mark", Signals()))
    assert time.process_time() - began < 6


@pytest.mark.parametrize(
    ("text", "uses"),
    [
        ("A gateway for LLMs. One interface", {"llm", "gateway"}),
        ("Chat with your documents by RAG", {"retrieval"}),
        ("Notion MCP Server", {"agent"}),
        ("A server of text-to-speech", {"classic-ml", "senses"}),
        ("Smart load balancing for OpenAI endpoints", {"gateway"}),
        ("A lightweight library for evaluating language models", {"llm", "evaluates"}),
        ("A shop for flowers", set()),
    ],
)
def test_a_description_speaks_of_uses(text: str, uses: set[str]) -> None:
    assert {use for use, _ in spoken_of(text)} == uses


@pytest.mark.parametrize(
    ("path", "evidence"),
    [
        ("src/batch_score.py", ["batched"]),
        ("jobs/inference.py", ["batched"]),
        ("src/train_model.py", ["training"]),
        ("training/steps/fit.py", ["training"]),
        ("src/trainable.py", []),
        ("docs/batch.py", []),
    ],
)
def test_a_path_says_what_a_job_does(path: str, evidence: list[str]) -> None:
    assert [mark.evidence for mark in paths_say(path)] == evidence
