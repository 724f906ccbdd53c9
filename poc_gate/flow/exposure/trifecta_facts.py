"""Private data, untrusted content and a way out: whoever has all three can be made to leak."""

from __future__ import annotations

from collections.abc import Callable

from poc_gate.flow.interface import CannotDeriveError, DerivedValue, FactView

INPUTS = (
    "pilot.uses", "exposure.audience", "exposure.act", "sources[].personal_data", "sources[].classification",
    "sources[].untrusted", "security.prompts_personal", "security.egress[].name", "model.hosting",
)  # fmt: skip
_OUTSIDERS = ("customers", "public")
_READS_TEXT = frozenset({"llm", "retrieval", "agent"})
_PUBLIC = frozenset({"public", "open", "unclassified"})

Leg = tuple[bool | None, str, tuple[str, ...]]
"""Whether it is there (None = unknown), in words, and which facts are missing."""


def trifecta(view: FactView) -> DerivedValue:
    """Return yes when all three meet, no when one is known to be absent."""
    uses = view.texts("pilot.uses")
    if uses is not None and not _READS_TEXT & set(uses):
        return DerivedValue("no", "nothing in it follows orders written in text")
    legs = [leg(view) for leg in _LEGS]
    for present, words, _ in legs:
        if present is False:
            return DerivedValue("no", words)
    if any(present is None for present, _, _ in legs) or uses is None:
        missing = [name for present, _, names in legs if present is None for name in names]
        missing += [] if uses is not None else ["pilot.uses"]
        raise CannotDeriveError(f"missing: {', '.join(missing)}", tuple(dict.fromkeys(missing)))
    return DerivedValue("yes", "; ".join(words for _, words, _ in legs))


def _private(view: FactView) -> Leg:
    if view.flag("security.prompts_personal"):
        return True, "prompts or answers hold personal data", ()
    if "sources" not in view.tree.items:
        return None, "", ("sources",)
    missing: list[str] = []
    for source in view.each("sources"):
        label = source.text("sources[].classification").strip().casefold()
        personal = source.flag("sources[].personal_data")
        if personal or (label and label not in _PUBLIC):
            return True, f"{source.item} holds private data", ()
        if personal is None and not label:
            missing.append(source.full_name("sources[].personal_data"))
    return (None, "", tuple(missing)) if missing else (False, "no private data", ())


def _untrusted(view: FactView) -> Leg:
    audience = view.text("exposure.audience")
    if audience in _OUTSIDERS:
        return True, f"{audience} write to it", ()
    if "sources" not in view.tree.items:
        return None, "", ("sources",)
    missing = [] if audience else ["purpose.audience"]
    for source in view.each("sources"):
        held = source.flag("sources[].untrusted")
        if held:
            return True, f"outsiders can write into {source.item}", ()
        if held is None:
            missing.append(source.full_name("sources[].untrusted"))
    return (None, "", tuple(missing)) if missing else (False, "no untrusted content", ())


def _way_out(view: FactView) -> Leg:
    audience, act = view.text("exposure.audience"), view.text("exposure.act")
    if audience in _OUTSIDERS:
        return True, f"answers reach {audience}", ()
    if act == "irreversible":
        return True, "its tools reach outsiders or cannot be undone", ()
    if "security.egress" not in view.tree.items:
        return None, "", ("security.egress",)
    names = [destination.text("security.egress[].name") for destination in view.each("security.egress")]
    # The first destination of a pilot whose model is hosted is that model.
    own = 1 if view.text("model.hosting") == "hosted" else 0
    if len(names) > own:
        return True, f"it sends data to {', '.join(names)}", ()
    missing = tuple(
        name for name, known in (("purpose.audience", audience), ("exposure.act", act)) if not known
    )
    return (None, "", missing) if missing else (False, "no way out", ())


_LEGS: tuple[Callable[[FactView], Leg], ...] = (_private, _untrusted, _way_out)
