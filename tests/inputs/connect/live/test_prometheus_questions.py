"""What is asked of a Prometheus, question by question, what it may cost, and what is told of the rest."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from own_servers import serving

from poc_gate.inputs.connect.drivers import http_wire
from poc_gate.inputs.connect.interface import SourceError
from poc_gate.inputs.connect.live import prometheus_reads
from poc_gate.inputs.connect.live.live_read import LiveRead
from poc_gate.inputs.connect.live.prometheus_reads import MetricsRequest, plan_metrics, read_metrics
from poc_gate.inputs.connect.local_config import Binding, LocalConfig

END = 1_700_000_000.0
"""2023-11-14 22:13:20 UTC."""
SERIES = {"metric": {"__name__": "a_count"}, "values": [[END - 60, "1"], [END, "2"]]}
NOBODY = LocalConfig()


class Scripted(BaseHTTPRequestHandler):
    """Answers as `answers` says, and keeps what was asked."""

    protocol_version = "HTTP/1.1"
    asked: list[tuple[str, dict[str, list[str]]]] = []  # noqa: RUF012 - emptied by each test
    answers: Callable[[str, dict[str, list[str]]], Any] = lambda _path, _query: None

    def do_GET(self) -> None:
        """Answer one question: a number is a status, all else is its data."""
        parts = urlsplit(self.path)
        query = parse_qs(parts.query)
        self.asked.append((parts.path, query))
        found = type(self).answers(parts.path, query)
        data = {"status": "success", "data": found} if not isinstance(found, bytes) else None
        body = b"" if isinstance(found, int) else found if data is None else json.dumps(data).encode()
        self.send_response(found if isinstance(found, int) else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    Scripted.asked.clear()
    with serving(Scripted) as port:
        yield f"http://127.0.0.1:{port}"


def answering(**by_metric: Any) -> Callable[[str, dict[str, list[str]]], Any]:
    """Return answers of a server that holds these metrics: the series of each, a status, or a function of the step."""

    def answer(path: str, query: dict[str, list[str]]) -> Any:
        if path.endswith("buildinfo"):
            return {"version": "2.53.1"}
        if path.endswith("values"):
            return [*by_metric, "unknown_metric", 5]
        held = by_metric[query["query"][0].partition("{")[0]]
        found = held(query["step"][0]) if callable(held) else held
        return found if isinstance(found, int | bytes) else {"resultType": "matrix", "result": found}

    return answer


def quiet(*_: object) -> None:
    """Tell nobody."""


def read(address: str, answers: Any, tell: Any = quiet, **more: Any) -> LiveRead:
    Scripted.answers = staticmethod(answers)
    request = MetricsRequest(address, ("a", "b"), END, 600.0, 15.0, **more)
    return read_metrics(request, NOBODY, tell)


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prometheus_reads, "_RATE", 1000.0)


def planned(url: str = "http://127.0.0.1:9090/prom", config: LocalConfig = NOBODY, **more: Any) -> Any:
    held = {"names": ("a", "b"), "end": END, "seconds": 600.0, "step": 60.0, **more}
    return plan_metrics(MetricsRequest(url, **held), config)


def test_the_plan_says_what_is_asked_and_at_what_cost():
    plan = planned()
    assert plan.refused == ()
    assert plan.lines == (
        "asks     http://127.0.0.1:9090/prom, by GET only",
        "for      which of 2 known metrics it holds, then each of those by name, unprocessed",
        "of       2023-11-14 22:03 to 2023-11-14 22:13 UTC in steps of 60 s (10 points a series)",
        "where    every label",
        "budget   5 queries a second, one at a time; 128 MB; 300 s; stops when the server is busy",
        "as       nobody: no credential is sent",
    )
    bound = LocalConfig((Binding("env:TOKEN", ("127.0.0.1",)),))
    matched = planned(config=bound, match='job="a,b", pod=~"x.*"', credential="env:TOKEN")
    assert matched.refused == ()
    assert matched.lines[3::2] == ('where    job="a,b", pod=~"x.*"', "as       env:TOKEN")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://localhost", "http://localhost:80, by GET only"),
        ("https://localhost/p/", "https://localhost:443/p/, by GET only"),
        ("https://LOCALHOST:9090", "https://localhost:9090, by GET only"),
    ],
)
def test_an_address_without_a_port_has_that_of_its_scheme(url, shown):
    assert planned(url).lines[0] == f"asks     {shown}"


@pytest.mark.parametrize(
    ("change", "reasons"),
    [
        ({"seconds": 10_000.0, "step": 1.0}, ()),
        (
            {"seconds": 10_001.0, "step": 1.0},
            ("10,001 points a series are more than Prometheus answers with: choose a longer --step",),
        ),
        (
            {"match": 'job="a", up'},
            ('--match takes matchers of labels, such as namespace="claims",job="vllm"',),
        ),
        ({"url": "http://127.0.0.1/?x=1"}, ("the address ends with its path: https://HOST/prometheus",)),
        ({"url": "http://127.0.0.1/#x"}, ("the address ends with its path: https://HOST/prometheus",)),
        (
            {"url": "http://u@127.0.0.1/"},
            ("the address carries a credential: name it as --credential env:NAME",),
        ),
        (
            {"url": "http://monitoring.internal:9090"},
            ("what the server watches is not stated: --allow-prod permits reading metrics of production",),
        ),
        ({"url": "https://monitoring.internal:9090", "allow_prod": True}, ()),
    ],
)
def test_what_is_refused_and_what_is_just_in_bounds(change, reasons):
    plan = planned(**change)
    assert plan.refused[: len(reasons)] == reasons
    assert bool(plan.refused) is bool(reasons)


def test_each_metric_that_the_server_holds_is_asked_for_by_name(server):
    told: list[tuple[str, float]] = []
    began = time.monotonic()
    found = read(
        server + "/prom/",
        answering(b=[], a_count=[SERIES]),
        lambda words, share: told.append((words, share)),
        match='job="x"',
    )
    took = time.monotonic() - began
    times = {"start": ["1699999400.000"], "end": ["1700000000.000"]}
    selector = '{__name__=~"(?:a|b)(?:_bucket|_sum|_count|_total)?",job="x"}'
    assert Scripted.asked == [
        ("/prom/api/v1/status/buildinfo", {}),
        ("/prom/api/v1/label/__name__/values", {"match[]": [selector], **times}),
        ("/prom/api/v1/query_range", {"query": ['a_count{job="x"}'], **times, "step": ["15"]}),
        ("/prom/api/v1/query_range", {"query": ['b{job="x"}'], **times, "step": ["15"]}),
    ]
    assert told == [("reading a_count", 0.0), ("reading b", 0.5)]
    assert 0.6 <= took < 5.0, "five questions a second: the fourth not before three fifths of a second"
    held = json.loads(found.content)
    assert (held["status"], held["data"], held["warnings"]) == (
        "success",
        {"resultType": "matrix", "result": [SERIES]},
        [],
    )
    assert held["readBy"] | {"tool": ""} == {
        "tool": "", "server": "prometheus 2.53.1", "step": 15.0, "match": 'job="x"', "until": "2023-11-14T22:13:20+00:00",
    }  # fmt: skip
    assert found.summary.startswith("1 series of 2 metrics from prometheus 2.53.1, ")
    assert found.notes == ()


@pytest.mark.usefixtures("hurried")
def test_the_bytes_of_all_answers_are_counted(server):
    found = read(server, answering(a=[SERIES]))
    sent = [{"version": "2.53.1"}, ["a", "unknown_metric", 5], {"resultType": "matrix", "result": [SERIES]}]
    size = sum(len(json.dumps({"status": "success", "data": data})) for data in sent)
    assert found.summary.endswith(f", {size} bytes read")


@pytest.mark.usefixtures("hurried")
def test_an_answer_that_is_too_long_is_asked_for_once_more_in_steps_four_times_as_long(server, monkeypatch):
    monkeypatch.setattr(http_wire, "MOST_BODY", 400)
    found = read(server, answering(a=lambda step: [SERIES] * (9 if step == "15" else 1), b=[SERIES]))
    assert [query["step"] for _, query in Scripted.asked[2:]] == [["15"], ["60"], ["15"]]
    assert found.notes == ("a was read in steps of 60 s, its answer was too long",)
    assert found.summary.startswith("2 series of 2 metrics")
    left = read(server, answering(a=[SERIES] * 9, b=[SERIES]))
    assert left.notes[1].startswith("a was not read: the answer is longer than 400 bytes")
    assert left.summary.startswith("1 series of 2 metrics")


@pytest.mark.usefixtures("hurried")
def test_a_server_that_is_busy_is_left_and_what_was_read_is_kept(server):
    found = read(server, answering(a=[SERIES], b=429))
    assert found.notes == ("stopped at b: status 429",)
    assert found.summary.startswith("1 series of 2 metrics")
    assert json.loads(found.content)["warnings"] == ["stopped at b: status 429"]
    assert read(server, answering(a=500, b=[SERIES])).notes == ("a was not read: status 500",)


@pytest.mark.usefixtures("hurried")
def test_a_busy_server_is_asked_nothing_more(server):
    assert read(server, answering(a=429, a_count=[SERIES], b=[SERIES])).notes == ("stopped at a: status 429",)
    assert len(Scripted.asked) == 3


@pytest.mark.usefixtures("hurried")
def test_a_budget_that_lasts_for_two_metrics_of_three_leaves_one(server, monkeypatch):
    """The first two answers and one metric are some 300 bytes, with the second some 460."""
    monkeypatch.setattr(prometheus_reads, "_MOST_BYTES", 380)
    found = read(server, answering(a=[SERIES], a_count=[SERIES], b=[SERIES]))
    assert found.notes == ("the budget was used up after a_count: 1 metrics were not read",)


def test_between_two_questions_lies_a_fifth_of_a_second_at_most_and_nothing_before_the_first(
    server, monkeypatch
):
    waits: list[float] = []
    monkeypatch.setattr(prometheus_reads.time, "sleep", waits.append)
    read(server, answering(a=[SERIES], b=[SERIES]))
    assert waits[0] == 0.0
    assert max(waits) <= 0.2
    assert sum(waits) > 0.2


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize(("bound", "value"), [("_MOST_BYTES", 1), ("_WALL", -1.0)])
def test_a_budget_that_is_used_up_ends_the_reading(server, monkeypatch, bound, value):
    monkeypatch.setattr(prometheus_reads, bound, value)
    found = read(server, answering(a=[SERIES], a_count=[SERIES], b=[SERIES]))
    assert found.notes == ("the budget was used up after a: 2 metrics were not read",)
    assert len(Scripted.asked) == 3


@pytest.mark.usefixtures("hurried")
def test_a_server_that_does_not_tell_its_version_is_asked_all_the_same(server):
    whole = answering(a=[SERIES])

    def with_version(said: Any) -> Any:
        return lambda path, query: said if path.endswith("buildinfo") else whole(path, query)

    for said, name in (
        (404, "prometheus"),
        ({"version": 2}, "prometheus"),
        ({"version": "v" * 50}, f"prometheus {'v' * 40}"),
    ):
        assert json.loads(read(server, with_version(said)).content)["readBy"]["server"] == name
    for said, words in ((401, "status 401"), (429, "status 429")):
        with pytest.raises(SourceError, match=words):
            read(server, with_version(said))
    assert Scripted.asked[-1][0] == "/api/v1/status/buildinfo"


@pytest.mark.usefixtures("hurried")
def test_five_warnings_of_an_answer_are_kept_cut_short(server):
    said = {
        "status": "success",
        "data": {"result": [SERIES]},
        "warnings": [f"{at}{'w' * 300}" for at in range(7)],
    }
    found = read(server, answering(a=json.dumps(said).encode()))
    assert json.loads(found.content)["warnings"] == [f"{at}{'w' * 199}" for at in range(5)]


@pytest.mark.usefixtures("hurried")
def test_a_server_that_holds_none_says_under_which_labels(server):
    with pytest.raises(SourceError, match='it holds none of the 2 known metrics with job="x" in that time'):
        read(server, answering(), match='job="x"')
    with pytest.raises(SourceError, match="it holds none of the 2 known metrics in that time"):
        read(server, answering())


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, str, float]]:
    """Return what is asked on which connection and within how many seconds; `a` is broken off for another reason each time."""
    asked: list[tuple[object, str, float]] = []
    whole = prometheus_reads.ask_within

    def ask(link: Any, path: str, seconds: float) -> Any:
        asked.append((link, path, seconds))
        if "query=a_sum" in path or "query=a_count" in path:
            raise SourceError("broken off", kind="timeout" if "sum" in path else "protocol")
        return whole(link, path, max(seconds, 30.0))  # a busy machine may be slower than the least

    monkeypatch.setattr(prometheus_reads, "ask_within", ask)
    return asked


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize(
    ("wall", "least", "most"), [(300.0, 30.0, 30.0), (20.0, 10.0, 20.0), (-5.0, 0.1, 0.1)]
)
def test_an_answer_may_take_thirty_seconds_or_what_is_left_of_the_budget(
    server, monkeypatch, waited, wall, least, most
):
    monkeypatch.setattr(prometheus_reads, "_WALL", wall)
    read(server, answering(a=[SERIES]))
    assert len(waited) == 3
    assert all(least <= seconds <= most for _, _, seconds in waited)


@pytest.mark.usefixtures("hurried")
def test_a_connection_that_was_broken_off_is_used_no_more(server, waited):
    found = read(server, answering(a_count=[SERIES], a_sum=[SERIES], b=[SERIES]))
    assert found.notes == ("a_count was not read: broken off", "a_sum was not read: broken off")
    links = [id(link) for link, _, _ in waited]
    assert len(waited) == 5
    assert links[0] == links[1] == links[2] == links[3], "after a fault of protocol the same one is used"
    assert links[4] != links[3], "after a timeout another one is"


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("said", [b'{"status":"error","data":["a"]}', b"[1]", b'"a"'])
def test_what_is_not_a_success_of_the_api_is_no_answer(server, said):
    whole = answering(a=[SERIES])
    with pytest.raises(SourceError, match="not one of Prometheus's API"):
        read(server, lambda path, query: said if path.endswith("values") else whole(path, query))
