"""Nothing that was read is said to be surer than such values turned out to be where nobody tuned the readers."""

from __future__ import annotations

from pathlib import Path

import pytest

from poc_gate.app.inspect.inspect import inspect_repository
from poc_gate.inputs.repository.conclude.stated.weighing import LARGE
from poc_gate.inputs.repository.reading import Certainty

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


def test_of_several_models_that_chat_each_is_to_be_confirmed(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (one,) = inspect_repository(_checkout(tmp_path / "one", 0, "gpt-4o-2024-11-20")).models
    assert one.certainty is Certainty.STATED
    (tmp_path / "two").mkdir()
    two = inspect_repository(_checkout(tmp_path / "two", 0, "gpt-4o-2024-11-20", "gpt-4o-mini-2024-07-18"))
    assert [model.certainty for model in two.models] == [Certainty.INFERRED, Certainty.INFERRED]


def test_a_model_beside_the_one_that_answers_is_to_be_confirmed(tmp_path: Path) -> None:
    root = _checkout(tmp_path, 0, "gpt-4o-2024-11-20")
    (root / "hear.py").write_text(
        "from openai import OpenAI\n\nOpenAI().audio.transcriptions.create(model='whisper-1', file=open('x', 'rb'))\n"
    )
    sure = {model.role: model.certainty for model in inspect_repository(root).models}
    assert sure == {"chat": Certainty.STATED, "speech": Certainty.INFERRED}
