"""Dumps of a cluster -> what the running workload is set to, as its manifest would say it: engine, model, limits, probes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.artifacts.opening.inside_folder import read_bounded
from poc_gate.inputs.artifacts.read_artifact import read_artifact
from poc_gate.model.claim import Claim
from poc_gate.model.observation import Observed

if TYPE_CHECKING:
    from poc_gate.inputs.observe.named_file import NamedFile

_OBSERVED = frozenset({"target.replicas", "operations.resources_set"})
"""What the dump shows as it is; the setting beside it would only be told as a difference."""


def deployed_settings(results: Iterable[Observed], files: Iterable[NamedFile]) -> list[Claim]:
    """Return the claims that the importer of Kubernetes manifests finds in dumps, of the workload that was chosen.

    A packed dump, and one that the importer cannot read, states none.
    """
    named = {file.shown: file for file in files}
    found: list[Claim] = []
    for one in results:
        workload = one.origin.target.rpartition("/")[2]
        if one.group != "cluster" or not workload:
            continue
        for shown in one.files:
            try:
                content = read_bounded(named[shown].path, shown)
                claims = read_artifact(content, shown, kind="kubernetes", option=workload).claims
            except InvalidInputError:
                continue
            found += [claim for claim in claims if claim.fact not in _OBSERVED]
    return found
