"""A lock counts where the list that it was made from lies beside it."""

from __future__ import annotations

from poc_gate.app.inspect.lock_files import without_left_behind


def test_a_lock_without_its_list_is_left_behind() -> None:
    paths = ["poetry.lock", "requirements.txt", "web/package.json", "web/package-lock.json"]
    kept = without_left_behind(["poetry.lock", "requirements.txt", "web/package-lock.json"], paths)
    assert kept == ["requirements.txt", "web/package-lock.json"]


def test_a_lock_beside_its_list_stays() -> None:
    assert without_left_behind(["a/uv.lock"], ["a/uv.lock", "a/pyproject.toml"]) == ["a/uv.lock"]
