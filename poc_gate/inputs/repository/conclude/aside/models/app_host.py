"""Models of an application that .NET Aspire starts -> those that its host gives, before what the services take by themselves."""

from __future__ import annotations

import re
from collections import defaultdict

from poc_gate.inputs.repository.noting.signals import ModelSeen

_HOST = re.compile(r"(?i)(?:^|/)[\w.-]*app-?host/")
_OF_DOTNET = re.compile(r"(?i)\.cs$|(?:^|/)appsettings[\w.]*\.json$")


def of_the_host(seen: list[ModelSeen]) -> list[ModelSeen]:
    """Return the models without those that a service takes where it is given none, where its host gives one of that role."""
    given: dict[str, set[str]] = defaultdict(set)
    for one in seen:
        if _HOST.search(one.place.file) and one.weight > 1:
            given[one.role].add(str(one.name).lower())
    settled = {role: names for role, names in given.items() if len(names) == 1}

    def counts(one: ModelSeen) -> bool:
        if one.role not in settled or not _OF_DOTNET.search(one.place.file):
            return True
        return str(one.name).lower() in settled[one.role]

    return [one for one in seen if counts(one)] if settled else seen
