"""A query and its title -> what the time in it is: a response, an age, a first token, a mean, a part, or something else.

A number of seconds alone says nothing: the age of an index and the answer to a request are both in seconds.
"""

from __future__ import annotations

from enum import Enum

from poc_gate.text.lazy_pattern import lazily


class Measured(Enum):
    """What a query measures; the value is how a message says it."""

    RESPONSE = "is a response time"
    FIRST_TOKEN = "is the time to the first token"  # noqa: S105 - no password
    AGE = "bounds the age of data"
    MEAN = "bounds a mean, which says nothing on the slowest requests"
    PART = "bounds a part of a request only"
    OTHER = "bounds how long a run or a wait of another kind takes"
    UNKNOWN = "is on a metric whose name does not say what takes that time"


STEPS = {
    Measured.AGE: "write the bound as `answer_max_age` under `slo:`, or as `refresh` of the source it is about",
    Measured.MEAN: "set the objective on a quantile, or write `p99` under `slo:`",
    Measured.PART: "write `p99` of the whole request under `slo:`",
    Measured.OTHER: "write `p99` of a request under `slo:`, if one is promised",
    Measured.UNKNOWN: "write `p99` under `slo:` if it is the response time",
}
"""What to do about a time that is no response time of the service."""
_FIRST_TOKEN = lazily(r"(?i)time_to_first_token|\bttft\b|first[ _-]token|time_to_first_chunk|first_chunk")
_AGE = lazily(
    r"(?i)\b(?:time|now)\(\)\s*-|timestamp|(?:^|[^a-z])age(?:[^a-z]|$)|fresh|stale|(?:^|[^a-z])lag(?:[^a-z]|$)|watermark|since[_ ]"
    r"|last_(?:success|update|run|seen|sync|refresh|modified|ingest|event)|up[_ -]?to[_ -]?date|data[_ ]delay|event[_ ]delay|delay(?:ed)?_by"
)
_MEAN = lazily(
    r"(?i)_sum\b.*/.*_count\b|\bavg(?:_over_time)?\s*(?:by\s*\([^)]*\)\s*)?\(|(?:^|[^a-z])(?:mean|avg|average)(?:[^a-z(]|$)"
)
_PART = lazily(
    r"(?i)queue|inter_token|per_output_token|time_per_token|prefill|decode_time|connect|handshake|\bdns|gc_|_pause|cpu_seconds|fsync|scrape"
    r"|(?:^|[^a-z])(?:db|database|sql|mysql|mariadb|postgres(?:ql)?|pg|redis|mongo|elasticsearch|opensearch|kafka|upstream|downstream|dependency"
    r"|backend|cache|tokeni[sz]er?|embed(?:ding)?s?|rerank\w*|retriev\w*|tool_call)_"
)
_RESPONSE = lazily(
    r"(?i)request|response|latency|http|grpc|rpc|handl|call|server|client|api|quer(?:y|ies)|search|infer|predict|generat|completion|e2e"
    r"|end_to_end|round_?trip|rtt|ttfb|render|page|answer|chat|scor(?:e|ing)|rank(?:ing)?|recommend|classif|translat|summar|transcri|repl(?:y|ies)"
)
_OTHER = lazily(
    r"(?i)job|batch|backup|build|deploy|startup|start_up|boot|cold_?start|recover|restore|downtime|outage|train|epoch|cron|pipeline|etl"
    r"|ingest|sync|reindex|index_(?:build|duration)|retention|expir|ttl|session|rollout|scale_?up|repair|detect"
)


def what_is_measured(queries: str, title: str) -> Measured:
    """Return what the time of a query is: by the names of its metrics, and by its title where those do not say."""
    if _FIRST_TOKEN.search(f"{title} {queries}"):
        return Measured.FIRST_TOKEN
    for text in (queries, title):
        if not text.strip():
            continue
        timed = _timed(text)
        for pattern, what in _IN_TURN:
            if pattern.search(text if what in _OF_THE_WHOLE else timed):
                return what
    return Measured.UNKNOWN


def times_something_else(queries: str) -> bool:
    """Say whether the metrics of a query hold the time of a run, or the time that is left of something."""
    timed = _timed(queries)
    return timed != queries and not _RESPONSE.search(timed) and bool(_OTHER.search(timed))


def _timed(query: str) -> str:
    """Return the names of the metrics that hold a time, else the whole text.

    A ratio may be taken over requests though the time in it is that of a job; labels such as `job="api"` name no metric.
    """
    names = _TIME_METRIC.findall(_SELECTOR.sub(" ", query))
    return " ".join(dict.fromkeys(names)) or query


_SELECTOR = lazily(r"\{[^{}]*\}|\b(?:by|without|on|ignoring)\s*\([^)]*\)")
_TIME_METRIC = lazily(r"(?i)[a-z_:][\w:.]*(?:seconds|millis|_ms\b|_ms_|duration|latency|_time)[\w:.]*")
_OF_THE_WHOLE = (Measured.AGE, Measured.MEAN)
"""What an operation on a metric makes of it, such as `time() - x`."""
_IN_TURN = (
    (_AGE, Measured.AGE), (_MEAN, Measured.MEAN), (_PART, Measured.PART), (_RESPONSE, Measured.RESPONSE), (_OTHER, Measured.OTHER),
)  # fmt: skip
