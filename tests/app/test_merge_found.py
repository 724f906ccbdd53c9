"""`init --from` again: a manifest gets what it lacks, and every line that people wrote stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from poc_gate.app.authoring.init_from import look_through
from poc_gate.app.authoring.merge_found import Merged, merge_found, save

CODE = """\
import redis, psycopg
from langchain_openai import ChatOpenAI
cache = redis.Redis(host="cache")
db = psycopg.connect("x")
model = ChatOpenAI(model="gpt-4.1", max_tokens=800)
"""
MANIFEST = """\
apiVersion: poc-gate/v1
pilot: {name: shop, uses: [llm]}   # ours
model:
  name: gpt-4o-mini     # frozen for the pilot
# the sources, by hand
sources:
  - id: session-cache
    system: redis
    p99: 3 ms
"""


@pytest.fixture
def pilot(tmp_path: Path) -> Path:
    (tmp_path / "app.py").write_text(CODE)
    (tmp_path / "pilot.yaml").write_text(MANIFEST)
    return tmp_path


def merged(folder: Path) -> Merged:
    return merge_found(folder / "pilot.yaml", look_through(folder, folder).known)


def test_every_line_that_people_wrote_stays(pilot: Path) -> None:
    text = merged(pilot).text
    at = -1
    for line in MANIFEST.splitlines():
        assert line in text
        assert text.index(line) > at
        at = text.index(line)


def test_what_the_repository_states_is_added_with_its_place(pilot: Path) -> None:
    found = merged(pilot)
    assert "security.output_cap, from app.py:5:48" in found.added
    assert "  - id: postgresql\n    system: postgresql\n" in found.text
    assert "output_cap: 800 tok" in found.text


def test_a_value_that_people_wrote_otherwise_is_told_and_kept(pilot: Path) -> None:
    found = merged(pilot)
    (line,) = [one for one in found.kept if "model.name" in one]
    assert "pilot.yaml:4:9: model.name stays gpt-4o-mini; the repository says gpt-4.1 (app.py:5:26)" in line
    assert "gpt-4.1" not in found.text


def test_a_source_under_another_id_is_not_added_twice(pilot: Path) -> None:
    assert merged(pilot).text.count("system: redis") == 1


def test_what_is_only_inferred_is_left_out(pilot: Path) -> None:
    assert "alias_floating" not in merged(pilot).text


def test_a_second_run_adds_nothing(pilot: Path) -> None:
    save(merged(pilot))
    again = merged(pilot)
    assert again.added == ()
    assert again.text == (pilot / "pilot.yaml").read_text()


def test_a_list_that_people_said_is_empty_stays_empty(pilot: Path) -> None:
    (pilot / "pilot.yaml").write_text(
        "apiVersion: poc-gate/v1\npilot: {name: shop, uses: [llm]}\nsources: []\n"
    )
    assert "sources: []\n" in merged(pilot).text
    assert "postgresql" not in merged(pilot).text


def test_a_value_of_a_use_that_people_did_not_list_is_told_and_not_added(tmp_path: Path) -> None:
    """Adding it would make the manifest contradict itself; whether the use is there is for `sync` to ask."""
    search = 'rows = db.execute("select id from pages order by embedding <=> %s::vector limit 3", (1,))\n'
    (tmp_path / "app.py").write_text(CODE + search)
    (tmp_path / "pilot.yaml").write_text(MANIFEST)
    found = merged(tmp_path)
    assert "top_k" not in found.text
    assert (
        "retrieval.top_k is not added, for `pilot.uses` does not list retrieval (app.py:6:81)" in found.kept
    )
