"""A model endpoint: when each token came, what a call counts, which streams are none."""

from __future__ import annotations

import json
from typing import Any

import pytest
from scripted_http import kept, ticking

from poc_gate.inputs.connect.connectors import openai_connector
from poc_gate.inputs.connect.connectors.openai_connector import CONNECTOR, _Link, _Session, _Stream
from poc_gate.inputs.connect.interface import SourceError, Target

END = b"data: [DONE]\n\n"


def target_of(**options: str) -> Target:
    held = {"model": "tiny", **options}
    return Target(
        "x", scheme="https", host="h.example", path="/v1/", url="https://h.example/v1/", options=held
    )


def token(text: str = "a", field: str = "content") -> bytes:
    return b"data: " + json.dumps({"choices": [{"delta": {field: text}}]}).encode() + b"\n\n"


def usage(tokens: Any) -> bytes:
    return b"data: " + json.dumps({"choices": [], "usage": {"completion_tokens": tokens}}).encode() + b"\n\n"


@pytest.fixture
def link(monkeypatch) -> Any:
    """Yield a link that dials nobody: it streams the chunks of `answers`, each at its moment, and keeps what it asks."""
    monkeypatch.setattr(openai_connector.HttpLink, "__init__", lambda _self, _target: None)
    made: Any = _Link(target_of(max_tokens="4", prompt="Count."))
    made.encryption = "none"
    made.asked, made.chunks, made.moments = [], [], []

    def ask(method: str, path: str, *, body: Any = None, keep: bool = False, on_chunk: Any = None) -> Any:
        made.asked.append((method, path, body, keep))
        for chunk in made.chunks:
            on_chunk(chunk)
        return kept(made.body, size=sum(map(len, made.chunks)), server="s" * 70)

    made.ask, made.body = ask, b""
    return made


def called(link: Any, monkeypatch: Any, *chunks: tuple[float, bytes]) -> Any:
    """Return the call that a stream makes that was asked for at 100 s."""
    monkeypatch.setattr(openai_connector.time, "perf_counter", ticking(100.0, *(at for at, _ in chunks)))
    link.chunks = [chunk for _, chunk in chunks]
    return link.call(0)


MODEL, TOKENS = "name the model: `probe: {model: ...}`", "the probe option 'max_tokens' must be 2 to 512"


@pytest.mark.parametrize(
    ("options", "faults"),
    [
        ({}, ()), ({"model": ""}, (MODEL,)), *(({"max_tokens": text}, ()) for text in ("2", "512")),
        *(({"max_tokens": text}, (TOKENS,)) for text in ("1", "513", "0", "many", "-2")),
    ],
)  # fmt: skip
def test_options_at_their_bounds(options, faults):
    assert CONNECTOR.check(target_of(**options)) == faults


def test_what_is_going_to_be_asked():
    usual, few = CONNECTOR.intend(target_of()), CONNECTOR.intend(target_of(max_tokens="2"))
    assert (usual.call, usual.bytes_per_call) == (
        "POST /v1/chat/completions model=tiny max_tokens=32 stream=true",
        8000,
    )
    assert usual.cost == "about 32 output and 20 input tokens a call, at the provider's price"
    assert few.bytes_per_call == 500
    assert CONNECTOR.intend(target_of(max_tokens="x")).bytes_per_call == 0


def test_the_body_of_a_call(link, monkeypatch):
    called(link, monkeypatch, (101.0, token() + END))
    assert link.asked == [
        (
            "POST", "/v1/chat/completions",
            {
                "model": "tiny", "messages": [{"role": "user", "content": "Count."}], "max_tokens": 4, "temperature": 0, "stream": True,
                "stream_options": {"include_usage": True},
            },
            False,
        )
    ]  # fmt: skip
    plain: Any = _Link(target_of())
    assert (plain._body["max_tokens"], plain._body["messages"][0]["content"]) == (
        32,
        "Count from 1 to 200 in words.",
    )


def test_the_first_token_the_time_per_token_and_the_rate(link, monkeypatch):
    """Three chunks with a token each at 2, 5 and 8 s, ten tokens by the server's count: six seconds over nine, ten in eight."""
    chunks = ((102.0, token()), (105.0, token()), (108.0, token()), (109.0, usage(10)), (110.0, END))
    found = called(link, monkeypatch, *chunks)
    assert found.rows == 10
    assert found.bytes == sum(len(chunk) for _, chunk in chunks)
    assert found.parts == {"first_token": 2.0, "per_token": pytest.approx(6 / 9), "tokens_rate": 10 / 8}


@pytest.mark.parametrize("said", [0, None, 2])
def test_tokens_that_came_count_where_the_server_counts_fewer(link, monkeypatch, said):
    found = called(
        link, monkeypatch, (102.0, token()), (104.0, token()), (107.0, token()), (108.0, usage(said) + END)
    )
    assert found.rows == 3
    assert found.parts == {"first_token": 2.0, "per_token": 2.5, "tokens_rate": 3 / 7}


def test_one_token_alone_has_no_time_per_token(link, monkeypatch):
    one = called(link, monkeypatch, (102.0, token() + END))
    assert (one.rows, one.parts) == (1, {"first_token": 2.0})
    at_once = called(link, monkeypatch, (102.0, token()), (103.0, usage(9) + END))
    assert (at_once.rows, at_once.parts) == (9, {"first_token": 2.0})
    two = called(link, monkeypatch, (102.0, token()), (103.0, token() + END))
    assert (two.rows, two.parts) == (2, {"first_token": 2.0, "per_token": 1.0, "tokens_rate": 2 / 3})


def test_events_may_be_cut_anywhere_and_carry_other_lines(link, monkeypatch):
    words = b": comment\nevent: x\ndata:" + token()[6:] + token("b", "reasoning_content") + token()
    cut = len(words) - 3
    found = called(link, monkeypatch, (102.0, words[:9]), (103.0, words[9:cut]), (104.0, words[cut:] + END))
    assert found.parts["first_token"] == 3.0
    assert found.rows == 3


@pytest.mark.parametrize(
    "chunks",
    [(token(),), (END,), (usage(3), END), (token(""), END), (b"", END), (b'data: {"choices": [{}]}\n', END)],
)
def test_a_stream_without_a_token_or_its_end_is_an_error(link, monkeypatch, chunks):
    with pytest.raises(SourceError, match="without a token or without its end mark") as told:
        called(link, monkeypatch, *((101.0, chunk) for chunk in chunks))
    assert told.value.kind == "protocol"


@pytest.mark.parametrize(
    ("event", "kind", "words"),
    [
        (b"[1]", "protocol", "the stream carries something else than events"),
        (b'{"error": {}}', "server", "the stream carries an error"),
    ],
)
def test_events_that_are_none(event, kind, words):
    with pytest.raises(SourceError, match=words) as told:
        _Stream().chunk(b"data: " + event + b"\n")
    assert told.value.kind == kind


def test_an_endpoint_that_has_the_model_is_taken(link):
    link.body = json.dumps({"data": [{"id": "tiny"}, {"id": "other"}]}).encode()
    found = _Session(target_of()).prepare(link)
    assert link.asked == [("GET", "/v1/models", None, True)]
    assert (found.version, found.replica_lag, found.notes) == (
        "s" * 60,
        None,
        {"models": "2", "encryption": "none"},
    )
    with pytest.raises(SourceError, match="the endpoint lists no model 'large'") as told:
        _Session(target_of(model="large")).prepare(link)
    assert told.value.kind == "protocol"
