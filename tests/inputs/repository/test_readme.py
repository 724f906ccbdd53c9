"""What a README says the pilot is: its own first words, neither badges, notices and front matter nor a step of the set-up."""

from __future__ import annotations

from pathlib import Path

import pytest

from poc_gate.inputs.repository.read_repository import read_repository

SAYS = "This service answers questions of engineers about the plants that they look after."
PICTURE = '<a href="https://a.test">\n  <picture>\n    <source\n      media="(prefers-color-scheme: dark)"\n      srcset="https://a.test/dark.svg">\n  </picture>\n</a>\n'

CASES = {
    "plain": f"# Plants\n\n{SAYS}\n",
    "a picture over several lines": f"# Plants\n\n{PICTURE}\n{SAYS}\n",
    "a notice before it": f"# Plants\n\nNOTE: this feature is in public preview until spring.\n\n{SAYS}\n",
    "a migration before it": f"# Plants\n\nIf you are using an old version, read the guide before you upgrade.\n\n{SAYS}\n",
    "front matter in a comment": f"<!--\n---\nname: Plants with a long title for a gallery of samples\ndescription: A sample of it.\n---\n-->\n# Plants\n\n{SAYS}\n",
    "an overview": f"# Plants\n\n## Overview\n\n{SAYS}\n",
    "a change of name before it": f"# Plants\n\n> As of November 15, 2023, Manual Search has been renamed to Plant Search.\n\n{SAYS}\n",
    "help before it": f"# Plants\n\nIf you encounter any issues, please open one on the page of the project.\n\n{SAYS}\n",
    "a saying": f"# Project\n\n> “Begin with the customer and work backwards to the technology” - A Founder\n\n{SAYS}\n",
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_the_first_words_say_what_it_is(name: str, tmp_path: Path) -> None:
    assert described(tmp_path, CASES[name]) == SAYS


@pytest.mark.parametrize(
    "text",
    [
        "# Plants\n\n## Setup\n\nCreate and attach the keys of the service in the console of the cloud.\n",
        "# Plants\n\n## License\n\nEverything here may be used under the terms of the licence beside it.\n",
    ],
)
def test_a_step_or_a_licence_says_nothing(text: str, tmp_path: Path) -> None:
    assert described(tmp_path, text) is None


def test_a_search_engine_hosts_no_model(tmp_path: Path) -> None:
    (tmp_path / "web.py").write_text(
        'import httpx\nhttpx.get("https://api.search.brave.com/res/v1/web/search")\n'
    )
    (tmp_path / "app.py").write_text("from llama_index.core import VectorStoreIndex\nVectorStoreIndex.from_documents([])\n")  # fmt: skip
    facts = {one.claim.fact for one in read_repository(tmp_path).facts}
    assert "model.hosting" not in facts


def described(root: Path, text: str) -> str | None:
    (root / "README.md").write_text(text)
    (root / "app.py").write_text("import openai\nopenai.OpenAI()\n")
    found = {one.claim.fact: one.claim.value for one in read_repository(root).facts}
    value = found.get("pilot.description")
    return value if value is None else str(value)
