"""Names of files in a repository -> the manifest's keys that name such files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from poc_gate.inputs.repository.files.standing import Standing, is_workflow, standing_of
from poc_gate.inputs.repository.reading import Certainty, FoundFact
from poc_gate.model.claim import Claim, Place, Provenance

_NAMED = (
    ("operations.runbook", re.compile(r"(?i)^(?!.*(?:demo|example|sample|template|bench|load[-_]?test|verif|reference|showcase|presentation|dependenc|dependabot|upgrad|migrat))(?:.*[-_])?runbooks?(?:[-_].*)?\.(?:md|rst|txt|pdf)$")),
    ("evaluation.thresholds", re.compile(r"(?i)^(?!.*(?:coverage|lint|lighthouse|perf|budget|drift|alert|cool[-_]?down|monitor|notif))(?:.*[-_])?(?:thresholds|acceptance).*\.(?:ya?ml|json)$")),
    ("evaluation.injection_report", re.compile(r"(?i)^(?:.*[^a-z])?(?:(?:prompt)?injections?|red[-_]?team(?:ing)?|garak)(?:[^a-z].*)?(?:report|results?).*\.(?:json|ya?ml)$")),
    ("security.impact_assessment", re.compile(r"(?i)^(?:ai[-_])?(?:dpia|impact[-_]assessment|aiia)[\w-]*\.(?:md|ya?ml|pdf)$")),
)  # fmt: skip
"""The manifest's key, and what such a file is called."""
_NEVER = frozenset({Standing.TEST, Standing.EXAMPLE, Standing.VENDORED})
_DATA = re.compile(
    r"(?i)(?:^|/)(?:\w*data|\w*datasets?|corpus|corpora|knowledge\w*|documents?|internal_docs|samples?)/"
)
"""Folders of what a pilot reads: a runbook there is somebody's document."""


def named_files(paths: Iterable[str], stated: Iterable[str]) -> Iterator[FoundFact]:
    """Yield a fact for each key whose file is there by its name, the file nearest to the top; tools' own files are none."""
    known = set(stated)
    ordered = sorted(paths, key=lambda path: (path.count("/"), path))
    for fact, pattern in _NAMED:
        if fact in known:
            continue
        for path in ordered:
            if (
                pattern.match(path.rpartition("/")[2])
                and not is_workflow(path)
                and standing_of(path) not in _NEVER
                and not _DATA.search(path)
            ):
                claim = Claim(fact, path, Provenance.IMPORTED, Place(path), "by its name")
                yield FoundFact(claim, "named-files", Certainty.STATED)
                break
