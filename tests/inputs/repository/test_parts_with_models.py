"""Which parts of a checkout use models: those whose code asks one, and not a page with a form that names it."""

from __future__ import annotations

import pytest

from poc_gate.inputs.repository.conclude.ground import Ground
from poc_gate.inputs.repository.conclude.services import conclude_services
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.noting.signals import ModelSeen, Signals, TechniqueSeen
from poc_gate.inputs.repository.reading import Certainty
from poc_gate.model.claim import Place

_PATHS = ("api/pom.xml", "api/src/Answers.java", "web/package.json", "web/src/Form.vue")


def _model(file: str) -> ModelSeen:
    return ModelSeen("embedding", "text-embedding-3-small", "openai", "", Place(file, 4, 1), "tree", Standing.SERVICE, Certainty.STATED, 2)  # fmt: skip


def _busy(signals: Signals) -> list[str]:
    return [one.folder for one in conclude_services(_PATHS, Ground(signals)) if one.uses_ai]


@pytest.mark.parametrize(
    ("files", "busy"),
    [(("api/src/Answers.java", "web/src/Form.vue"), ["api"]), (("web/src/Form.vue",), ["web"])],
)
def test_a_form_that_names_a_model_makes_no_part_beside_code_that_asks_one(
    files: tuple[str, ...], busy: list[str]
) -> None:
    assert _busy(Signals(models=[_model(file) for file in files])) == busy


def test_a_page_that_asks_a_model_itself_is_a_part() -> None:
    asks = TechniqueSeen("llm", "calls it", Place("web/src/Form.vue", 9, 1), Standing.SERVICE, 3)
    assert _busy(Signals(models=[_model("api/src/Answers.java")], techniques=[asks])) == ["api", "web"]
