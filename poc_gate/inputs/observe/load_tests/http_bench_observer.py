"""Printed results of hey and ab, hey's CSV, and oha's JSON -> a load test in a closed loop.

All three keep a number of connections busy and count an answer whatever its status: hey and oha print a table of statuses, ab
counts answers beyond 2xx apart from those that broke off. ab prints whole milliseconds. Its "failed" of kind Length are
answers of another length than the first one, which text that changes from answer to answer has, too: they are not failures.
"""

from __future__ import annotations

import re

from poc_gate.inputs.observe.finds import Finds
from poc_gate.inputs.observe.interface import Head, Observer
from poc_gate.inputs.observe.load_tests.run.conclude_run import conclude
from poc_gate.inputs.observe.load_tests.run.load_run import Counted, LoadRun, Loop, Step
from poc_gate.inputs.observe.load_tests.run.said_by_option import said
from poc_gate.inputs.observe.load_tests.run.tested_against_plan import against_plan
from poc_gate.inputs.observe.load_tests.run.timed_requests import TimedRequests
from poc_gate.inputs.observe.packed_stream import PackedStream
from poc_gate.inputs.observe.plain_values import amount, count, mapping, parse_whole, stated

_MOST = 8 << 20
_HEADER = b"response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code"
_HEY_SHARE = re.compile(r"^[ \t]*([\d.]+)%%? in ([\d.]+) secs", re.MULTILINE)
_HEY_STATUS = re.compile(r"^[ \t]*\[(\d{3})\]\s+(\d+) responses", re.MULTILINE)
_HEY_ERROR = re.compile(r"^[ \t]*\[(\d+)\]\s+\S", re.MULTILINE)
_AB_SHARE = re.compile(r"^[ \t]*(\d{1,3})%\s+(\d+)", re.MULTILINE)
_AB_BROKEN = re.compile(r"\(Connect: (\d+), Receive: (\d+), Length: \d+, Exceptions: (\d+)\)")


def _sniff(head: Head) -> bool:
    start = head.content[:4000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.is_json:
        return head.has("summary", "latencyPercentiles", "statusCodeDistribution", "requestsPerSec")
    hey = start.startswith(b"Summary:") and b"Requests/sec:" in start and b"Response time histogram" in start
    return hey or start.startswith((_HEADER, b"This is ApacheBench"))


def _read(stream: PackedStream, finds: Finds) -> None:
    start = stream.head().lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] == b"{":
        run = _oha(stream)
    elif start.startswith(_HEADER):
        run = _hey_rows(stream)
    else:
        text = stream.whole(_MOST).decode("utf-8", errors="replace")
        run = _ab(text) if start.startswith(b"This is ApacheBench") else _hey(text)
    conclude(said(run, finds.option), finds)


def _after(text: str, words: str) -> float | None:
    found = re.search(rf"^[ \t]*{re.escape(words)}\s+([\d.]+)", text, re.MULTILINE)
    try:
        return amount(float(found[1])) if found else None
    except ValueError:
        return None


def _shares(pattern: re.Pattern[str], text: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for share, value in pattern.findall(text):
        try:
            found[f"p{share}"] = float(value)
        except ValueError:
            continue
    return found


def _hey(text: str) -> LoadRun:
    duration, rate = _after(text, "Total:"), _after(text, "Requests/sec:")
    statuses = {int(status): int(many[:15]) for status, many in _HEY_STATUS.findall(text)}
    broken = sum(int(many[:15]) for many in _HEY_ERROR.findall(text.partition("Error distribution:")[2]))
    answered = sum(statuses.values())
    if not statuses and not broken:  # an older version, or a cut text: the count follows from rate and time
        answered = round(duration * rate) if duration and rate else 0
    failed = sum(many for status, many in statuses.items() if not 200 <= status < 400) + broken
    values = _shares(_HEY_SHARE, text) | {"max": _after(text, "Slowest:"), "min": _after(text, "Fastest:"), "mean": _after(text, "Average:")}  # fmt: skip
    step = Step(
        loop=Loop.CLOSED, duration=duration, sent=answered + broken, failed=failed if statuses or broken else None,
        latency=stated(values, count=answered), counted=Counted.ALL,
    )  # fmt: skip
    return LoadRun("hey", steps=(step,) if answered or broken else ())


def _hey_rows(stream: PackedStream) -> LoadRun:
    """Read one answer a line: its time first, then its status, then when it was sent after the start, in seconds."""
    seen = TimedRequests()
    for number, line in stream.lines():
        parts = line.decode("utf-8", errors="replace").strip().split(",")
        if number == 1 or len(parts) < 8:
            continue
        try:
            took, status, sent = float(parts[0]), int(parts[6]), float(parts[7])
        except ValueError:
            continue
        seen.add(sent, took, failed=not 200 <= status < 400)
    return LoadRun("hey", steps=(seen.step(Loop.CLOSED, Counted.ALL),) if seen.sent else ())


def _ab(text: str) -> LoadRun:
    answered, bad = _after(text, "Complete requests:"), _after(text, "Non-2xx responses:") or 0
    parts = _AB_BROKEN.search(text)
    broken = sum(int(many[:15]) for many in parts.groups()) if parts else 0
    table = text.partition("Percentage of the requests served")[2]
    host, path = (
        re.search(rf"^{words}:\s+(\S+)", text, re.MULTILINE) for words in ("Server Hostname", "Document Path")
    )
    sent = None if answered is None else int(answered)
    step = Step(
        loop=Loop.CLOSED, concurrency=_after(text, "Concurrency Level:"), duration=_after(text, "Time taken for tests:"),
        sent=sent, failed=None if sent is None else min(sent, int(bad) + broken), counted=Counted.ALL,
        latency=stated(_shares(_AB_SHARE, table), count=sent, factor=1e-3),
    )  # fmt: skip
    target = f"{host[1]}{path[1] if path else ''}" if host else ""
    return LoadRun("ab", "", "", target, "", (step,) if sent else (), rounded="times are whole milliseconds")


def _oha(stream: PackedStream) -> LoadRun:
    data = parse_whole(stream, "JSON of oha")
    summary = mapping(data.get("summary"))
    statuses = {
        str(status): count(many) or 0 for status, many in mapping(data.get("statusCodeDistribution")).items()
    }
    errors = {str(word): count(many) or 0 for word, many in mapping(data.get("errorDistribution")).items()}
    cut = sum(many for word, many in errors.items() if "deadline" in word)  # in flight when the time was over
    broken = sum(errors.values()) - cut
    answered = sum(statuses.values())
    values = dict(mapping(data.get("latencyPercentiles"))) | {"max": summary.get("slowest"), "min": summary.get("fastest"), "mean": summary.get("average")}  # fmt: skip
    good = sum(many for status, many in statuses.items() if status[:1] in ("2", "3"))
    step = Step(
        loop=Loop.CLOSED, duration=amount(summary.get("total")), sent=answered + broken, failed=answered - good + broken,
        unfinished=cut, latency=stated(values, count=answered), counted=Counted.ALL,
    )  # fmt: skip
    return LoadRun("oha", steps=(step,) if answered or broken else ())


OBSERVER = Observer(
    name="http-bench",
    summary="hey: printed and CSV, ab: printed, oha: JSON",
    group="load-test",
    sniff=_sniff,
    read=_read,
    fit=against_plan,
    patterns=("*hey*.txt", "*hey*.csv", "*ab*.txt", "*oha*.json"),
    versions="hey 0.1.4, ab 2.3",
)
