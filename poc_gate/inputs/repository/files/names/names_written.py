"""Names of examples of an environment -> those that any code or file of a deployment writes, in whatever spelling."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from poc_gate.inputs.repository.files.names.uses_of_names import letters_of, texts_beside
from poc_gate.inputs.repository.files.walk import WalkedFile

_MADE = re.compile(r"\}_(?:API_)?KEY\b|\+\s*[\"']_(?:API_)?KEY\b|[\"']%s_(?:API_)?KEY")
"""Names that are put together while the program runs."""
_CODE = (".py", ".ts", ".tsx", ".js", ".mjs", ".go", ".java", ".kt", ".cs", ".rs", ".rb", ".php")
_OF_FRAMEWORKS = ("SPRING_", "QUARKUS_", "JAVA_", "RAILS_", "AIRFLOW_")
_AROUND = re.compile(r"(?:^|/)\.github/|(?:^|/)\.gitlab-ci")


class Written(NamedTuple):
    """Which of the names are written."""

    by_code: frozenset[str]
    by_any: frozenset[str]
    """By code or by files that deploy it."""


def names_written(files: Sequence[WalkedFile], names: Collection[str]) -> Written:
    """Return the names that anything besides workflows writes; all where that cannot be told, as for parts of other names."""
    texts = texts_beside(files, names, code_alone=False) if names else []
    if any(not path for path, _ in texts):
        return Written(frozenset(), frozenset(names))
    own = [text for path, text in texts if not _AROUND.search(path)]
    made = any("KEY" in text and _MADE.search(text) for text in own)
    letters = {path: letters_of(text) for path, text in texts}
    plain = [letters[path] for path, _ in texts if not _AROUND.search(path)]
    code = [letters[path] for path, _ in texts if path.endswith(_CODE)]

    def is_written(name: str) -> bool:
        if "__" in name or name.startswith(_OF_FRAMEWORKS) or (made and name.endswith("KEY")):
            return True
        return any(letters_of(name) in text for text in plain)

    by_code = frozenset(name for name in names if any(letters_of(name) in text for text in code))
    return Written(by_code, by_code | {name for name in names if is_written(name)})
