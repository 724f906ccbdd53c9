"""What people build documents with does not stand in for the project's own list of packages."""

from __future__ import annotations

from pathlib import Path

from poc_gate.app.inspect.inspect import inspect_repository


def test_a_list_of_tools_for_documents_is_no_lock(tmp_path: Path) -> None:
    """A project whose own list gives ranges is not pinned, though a list for its documents lies beside it."""
    tmp_path.joinpath("pyproject.toml").write_text('[project]\nname = "desk"\nversion = "1"\ndependencies = ["openai>=1,<2"]\n')  # fmt: skip
    tmp_path.joinpath("requirements-docs.txt").write_text("mkdocs==1.6\n")
    tmp_path.joinpath("main.py").write_text("from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4.1-mini', messages=[])\n")  # fmt: skip
    facts = {found.claim.fact: found.claim.value for found in inspect_repository(tmp_path).facts}
    assert facts["security.dependencies_pinned"] is False
