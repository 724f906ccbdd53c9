"""Claims -> those that answer something, and those whose text only stands where an answer belongs."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from poc_gate.model.claim import Claim
from poc_gate.model.fact import Catalogue, FactSpec, Kind, generic_name
from poc_gate.text.placeholders import is_missing, is_nobody, is_placeholder

_PEOPLE = (
    "people.",
    "sources[].owner",
    "operations.oncall",
    "monitoring.quality_owner",
    "oversight.override_role",
)
"""Facts that name a person or a role, or begin so."""
_PEOPLE_ENDS = ("_owner", ".owner", ".decider", ".reviewer")
_NAMES = (".id", ".name", ".url", ".system", ".probe", ".credential", ".version")
"""Facts whose text is a key or an address, not an answer."""
_NOTHING_ANSWERS = frozenset(
    {
        "purpose.annex_iii_point", "purpose.affected_people", "purpose.regimes", "purpose.out_of_scope", "purpose.authority",
        "purpose.model_inventory_id", "path.stages[].parallel_group", "people.business_owner", "sources[].contract",
        "sources[].classification", "security.index_classification", "security.lawful_basis", "model.fallback",
        "monitoring.quality_signal", "monitoring.quality_owner", "operations.oncall", "operations.way_back",
        "oversight.override_role", "oversight.override_signal", "operations.runbook", "monitoring.drift_test",
        "model.prompt_version", "model.digest", "model.bom", "people.reviewer", "people.service_owner", "security.impact_assessment",
        "sources[].owner", "sources[].rights", "value.metric", "value.exit_criteria", "value.workflow_step",
        "value.workflow_owner", "value.simpler_baseline", "value.gain", "people.literacy",
    }
)  # fmt: skip
"""Facts of which `none` is an answer: the pilot truthfully has none."""
_NOTHING = frozenset({"none", "no", "nobody", "no one", "noone", "no-one", "nothing", "not any"})


def split_answers(
    claims: Iterable[Claim], catalogue: Catalogue, today: str
) -> tuple[list[Claim], list[Claim]]:
    """Return the claims that count, and those that say nothing, or nothing yet on the day `today` (ISO 8601).

    A list keeps the entries that say something.
    """
    kept: list[Claim] = []
    dropped: list[Claim] = []
    for claim in claims:
        if claim.dated[:10] > today:
            dropped.append(claim)
            continue
        spec = catalogue.find(claim.fact)
        if spec is None or spec.choices or spec.kind not in (Kind.TEXT, Kind.TEXTS) or _is_name(spec):
            kept.append(claim)
            continue
        if isinstance(claim.value, tuple):
            left = tuple(text for text in claim.value if not is_missing(text))
            if left or not claim.value:
                kept.append(claim if left == claim.value else replace(claim, value=left))
            else:
                dropped.append(claim)
        elif isinstance(claim.value, str) and _is_none(claim.value, generic_name(claim.fact)):
            kept.append(replace(claim, value="none"))
        elif isinstance(claim.value, str) and _says_nothing(claim.value, generic_name(claim.fact)):
            dropped.append(claim)
        else:
            kept.append(claim)
    return kept, dropped


def _is_name(spec: FactSpec) -> bool:
    return spec.name.endswith(_NAMES) or spec.name.startswith(("machine.", "flow.", "pilot.", "target."))


def _is_none(text: str, name: str) -> bool:
    """Whether a text truthfully says that there is nothing or nobody, where that is an answer."""
    return name in _NOTHING_ANSWERS and " ".join(text.casefold().split()).strip(" .!") in _NOTHING


def _says_nothing(text: str, name: str) -> bool:
    if name.startswith(_PEOPLE) or name.endswith(_PEOPLE_ENDS):
        return is_nobody(text)
    return is_missing(text) if name in _NOTHING_ANSWERS else is_placeholder(text)
