"""Options of the program that are off by default -> what they would turn on is asked, not stated."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple, TypeVar

from poc_gate.inputs.repository.noting.marks import OPTION
from poc_gate.inputs.repository.noting.signals import HostSeen, ModelSeen, Signals, TechniqueSeen
from poc_gate.inputs.repository.tables.egress import PROVIDER_HOSTS
from poc_gate.inputs.repository.tables.systems import family_of
from poc_gate.model.claim import Notice
from poc_gate.text.some_of import some_of

_Seen = TypeVar("_Seen", ModelSeen, HostSeen, TechniqueSeen)
_ON = frozenset({"true", "1", "yes", "on", "enabled"})
_NAMED = r"option\.(?:(?:\w+_)?(?:enable[ds]?|use|with|activate)_(?:\w+_)?(?:{0})\w*|(?:\w+_)?(?:{0})\w*?_(?:enabled?|active|on)|(?:(?:rag|retrieval|search|lang[a-z]+)_)?(?:{0})(?:er|ing|s)?)"


class Topic(NamedTuple):
    """What an option turns on."""

    role: str
    """Of the models that it brings in, or `trace`."""
    words: str
    """Of its name."""
    says: str
    files: re.Pattern[str]
    """Files that do nothing else."""


_TOPICS = (
    Topic("reranker", "re_?rank", "passages are ranked again", re.compile(r"(?i)(?:^|/)\w*re_?rank\w*(?:/|\.)")),
    Topic("guardrail", "guard_?rails?|moderation|content_(?:safety|filter)", "what is asked and answered is screened", re.compile(r"(?i)(?:^|/)\w*(?:guard_?rail|moderat|content_?safety)\w*(?:/|\.)")),
    Topic("trace", "tracing(?:_v2)?|traces|otel|opentelemetry|telemetry|langfuse|langsmith", "requests are traced", re.compile(r"(?i)(?:^|/)(?:tracing|telemetry|otel)\w*(?:/|\.)")),
)  # fmt: skip
"""A new option is one row."""


_TRACKERS = re.compile(
    r"holds a key for lang(?:smith|fuse)$|^LANG(?:CHAIN|SMITH|FUSE)_\w+ holds its address$"
)


def leave_options_that_are_off(signals: Signals) -> None:
    """Take back models, destinations and traces that only an option turns on which no file does; ask about them."""
    values: dict[str, set[str]] = defaultdict(set)
    for name, value in signals.switches:
        if name.startswith(OPTION):
            values[name].add(value)
    for topic in _TOPICS:
        pattern = re.compile(_NAMED.format(topic.words))
        named = [name for name in values if pattern.fullmatch(name)]
        if named and not any(values[name] & _ON for name in named):
            _leave(signals, topic, [name.removeprefix(OPTION) for name in named])


_FEATURES = re.compile(r"(?:^|_)(?:ssl|tls|cluster|auth|sentinel|iam|encrypt\w*|version\w*|replica\w*|pool\w*|certs?|path|accelerat\w*|metrics|trac\w*|logs?|debug|acl|ha|monitor\w*|public|dual|http\w*|grpc|proxy|compress\w*|rls|streams?|hybrid|semantic|cloud|remote|hosted|managed|serverless|local|server|embedded|docker|health\w*|check|migrations?|seed\w*|readonly|async)(?:_|$)")  # fmt: skip
"""Words of options that change how a store is reached, not whether it is."""


_GRAPHS = r"(?:knowledge_)?graph(?:_?(?:db|database|store|rag))?"
"""How options call a database of graphs, whichever it is."""


def leave_stores_that_are_off(signals: Signals) -> None:
    """Take back stores that only code reaches, and that every option named after them turns off; ask about them."""
    values: dict[str, set[str]] = defaultdict(set)
    for name, value in signals.switches:
        if name.startswith(OPTION):
            values[name.removeprefix(OPTION)].add(value)
    for system in sorted({one.system for one in signals.systems}):
        found = [one for one in signals.systems if one.system == system]
        words = re.escape(system.replace("-", "_").removesuffix("_storage"))
        words = rf"(?:{words}|{_GRAPHS})" if family_of(system) == "graph" else words
        named = re.compile(rf"(?:enable|use|with)_{words}(?:_\w+)?|{words}(?:_\w+)?_(?:enabled?|active)")
        options = [name for name in values if named.fullmatch(name) and not _FEATURES.search(name)]
        if not options or any(values[name] & _ON for name in options):
            continue
        if any(one.how not in {"used", "named", "offered"} for one in found):
            continue
        first = found[0].place
        what = f"{system} is reached only where {options[0]} is turned on, and it is off by default ({first})"
        signals.questions.append(Notice("question", what, first, f"add {system} under `sources:` if it is on in production", (system,)))  # fmt: skip
        signals.systems[:] = [one for one in signals.systems if one.system != system]


def _leave(signals: Signals, topic: Topic, options: list[str]) -> None:
    option = options[0]
    traced = topic.role == "trace"
    models = [one for one in signals.models if one.role == topic.role or topic.files.search(one.place.file)]
    others = {one.provider for one in signals.models if one not in models}
    asked = {PROVIDER_HOSTS.get(one.provider, "") for one in models if one.provider not in others}
    trackers = tuple(_tracker_of(one) for one in options)
    hosts = [
        one
        for one in signals.hosts
        if topic.files.search(one.place.file)
        or one.host in asked
        or (traced and _is_of_a_tracker(one, trackers))
    ]
    traces = [one for one in signals.techniques if traced and one.name == "traced" and one.why.startswith(trackers)]  # fmt: skip
    signals.models[:] = _without(signals.models, models)
    signals.hosts[:] = _without(signals.hosts, hosts)
    signals.techniques[:] = _without(signals.techniques, traces)
    if topic.role == "reranker":
        signals.facts[:] = [one for one in signals.facts if one.fact != "retrieval.reranked"]
    places = [*(one.place for one in models), *(one.place for one in traces), *(one.place for one in hosts)]
    if places:
        first = places[0]
        names = _names_of(signals, [one for one in models if one.role == topic.role])
        listed = f": {some_of(names, _MOST_NAMED)}" if names else ""
        what = f"{topic.says} only where {option} is turned on, and it is off by default ({first}){listed}"
        step = f"say whether production turns {option} on"
        signals.questions.append(Notice("question", what, first, step, helpers=names))


_MOST_NAMED = 6


def _names_of(signals: Signals, models: list[ModelSeen]) -> tuple[str, ...]:
    """Return the names of models, each once, with its organisation where any file gives that."""
    names = list(dict.fromkeys(name for one in models if (name := _name_of(signals, one))))
    return tuple(name for name in names if not any(other.endswith(f"/{name}") for other in names))


def _name_of(signals: Signals, model: ModelSeen) -> str:
    """Return the name of a model, also where a setting of one value decides it; empty where nothing does."""
    if isinstance(model.name, str):
        return model.name
    given = {str(one.value) for one in signals.settings if one.name == model.name.name}
    return given.pop() if len(given) == 1 else ""


def _is_of_a_tracker(host: HostSeen, trackers: tuple[str, ...]) -> bool:
    """Say whether a host is that of one of some trackers, or of any where options turn on whatever traces."""
    called = {word for word, tracker in _TRACKER_OF.items() if tracker in trackers}
    named = "" in trackers or any(word in host.why.lower() for word in called)
    return named and _TRACKERS.search(host.why) is not None


def _tracker_of(option: str) -> str:
    """Return the tracker that an option turns on by its name; empty for one that turns on whatever traces."""
    return next((tracker for word, tracker in _TRACKER_OF.items() if word in option.split("_")), "")


_TRACKER_OF = {"langsmith": "LangSmith", "langchain": "LangSmith", "langfuse": "Langfuse"}


def _without(seen: list[_Seen], left: list[_Seen]) -> list[_Seen]:
    gone = {id(one) for one in left}
    return [one for one in seen if id(one) not in gone]
