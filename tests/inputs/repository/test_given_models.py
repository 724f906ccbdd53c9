"""A model that an agent is given on either side of a choice is not said to be given to what the other side makes."""

from __future__ import annotations

from pathlib import Path

from poc_gate.inputs.repository.read_repository import read_repository

_TEXT = (
    "from google.adk.agents import LlmAgent\nfrom google.adk.models.lite_llm import LiteLlm\n\nfrom app.models import resilient\n\n"
    "MODEL = 'gemini-2.5-flash'\nagent = LlmAgent(name='desk', model=resilient(MODEL) if HOSTED else LiteLlm(model=MODEL))\n"
)


def test_the_side_that_is_not_a_library_is_not_called_by_it(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app/agent.py").write_text(_TEXT)
    notes = {found.claim.fact: found.claim.note for found in read_repository(tmp_path).facts}
    assert "LiteLlm" not in notes["model.name"]
