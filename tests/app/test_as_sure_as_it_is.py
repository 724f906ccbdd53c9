"""Nothing that was read is said to be surer than such values turned out to be where nobody tuned the readers."""

from __future__ import annotations

from pathlib import Path

import pytest

from poc_gate.app.inspect.inspect import inspect_repository
from poc_gate.inputs.repository.conclude.stated.weighing import LARGE
from poc_gate.inputs.repository.reading import Certainty, RepositoryReading

_ASKS = (
    "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='{}', messages=[], max_tokens=900)\n"
)


def _checkout(root: Path, pages: int, *models: str) -> Path:
    """Write a pilot that asks models, with as many pages of prose."""
    for number, model in enumerate(models):
        (root / f"ask_{number}.py").write_text(_ASKS.format(model))
    (root / "prose").mkdir()
    for number in range(pages):
        (root / "prose" / f"page-{number}.md").write_text("A page.\n")
    return root


@pytest.mark.parametrize(("pages", "sure"), [(3, Certainty.STATED), (LARGE, Certainty.INFERRED)])
def test_a_limit_of_a_large_checkout_is_to_be_confirmed(tmp_path: Path, pages: int, sure: Certainty) -> None:
    reading = inspect_repository(_checkout(tmp_path, pages, "gpt-4o-2024-11-20"))
    assert reading.certainty_of("security.output_cap") is sure
    assert reading.certainty_of("model.name") is Certainty.STATED


def test_of_several_models_that_chat_only_the_one_that_answers_is_listed(tmp_path: Path) -> None:
    """Those beside it were right in little more than half of the cases, and it in all of them."""
    for folder in ("one", "two", "routed"):
        (tmp_path / folder).mkdir()
    (one,) = inspect_repository(_checkout(tmp_path / "one", 0, "gpt-4o-2024-11-20")).models
    assert one.certainty is Certainty.STATED
    two = inspect_repository(_checkout(tmp_path / "two", 0, "gpt-4o-2024-11-20", "gpt-4o-mini-2024-07-18"))
    assert not two.models
    assert _perhaps(two) == [("gpt-4o-2024-11-20", "gpt-4o-mini-2024-07-18")]
    beside = _checkout(tmp_path / "routed", 0, "gpt-4o-mini-2024-07-18")
    (beside / "api").mkdir()
    (beside / "api" / "chat.py").write_text(_ASKS.format("gpt-4o-2024-11-20"))
    routed = inspect_repository(beside)
    assert [(model.name, model.certainty) for model in routed.models] == [
        ("gpt-4o-2024-11-20", Certainty.STATED)
    ]
    assert _perhaps(routed) == [("gpt-4o-mini-2024-07-18",)]


def _perhaps(reading: RepositoryReading) -> list[tuple[str, ...]]:
    """Return the models that each question asks about."""
    return [one.models for one in reading.questions if one.models]


@pytest.mark.parametrize("models", [("llama3.1:8b",), ("llama3.1:8b", "mistral:7b")])
def test_weights_beside_models_that_are_asked_about_are_not_taken_for_the_one_that_answers(
    tmp_path: Path, models: tuple[str, ...]
) -> None:
    root = tmp_path
    for number, model in enumerate(models):
        (root / f"ask_{number}.py").write_text(
            f"import ollama\n\nollama.chat(model='{model}', messages=[])\n"
        )
    (root / "config.json").write_text(
        '{"model_type": "bert", "architectures": ["BertModel"], "hidden_size": 384, "num_hidden_layers": 6, "num_attention_heads": 12, "vocab_size": 30522, "max_position_embeddings": 512}'
    )
    facts = {found.claim.fact for found in inspect_repository(root).facts}
    assert not [
        fact for fact in facts if fact in {"model.attention_layers", "model.max_context"} or "layers" in fact
    ]


def test_a_model_beside_the_one_that_answers_is_to_be_confirmed(tmp_path: Path) -> None:
    root = _checkout(tmp_path, 0, "gpt-4o-2024-11-20")
    (root / "hear.py").write_text(
        "from openai import OpenAI\n\nOpenAI().audio.transcriptions.create(model='whisper-1', file=open('x', 'rb'))\n"
    )
    sure = {model.role: model.certainty for model in inspect_repository(root).models}
    assert sure == {"chat": Certainty.STATED, "speech": Certainty.INFERRED}
