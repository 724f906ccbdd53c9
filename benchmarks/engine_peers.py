"""Eight shipped rules written by hand for two Rego engines and in the style of Python check classes.

Each judges the same plain numbers and answers pass, fail or unknown for a rule, as poc-gate does; units,
provenance, places, messages, margins and flip points have no counterpart there.
"""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

RULES = (
    "A05-schema-change-notice", "B05-tail-ratio", "B07-utilisation-at-peak", "B10-source-protection",
    "C01-memory-fit", "C05-movement-share", "C11-network-carries-peak", "G02-rollback-exercised",
)  # fmt: skip

REGO = """
package gate
import rego.v1

result := answer

answer["B07"] := state(input.utilisation <= 0.7) if input.klass != "batch"
answer["C05"] := state(input.movement <= 0.5) if input.klass != "batch"
answer["C11"] := state(input.network <= 0.8)
answer["C01"] := state(input.need <= input.have * 0.9) if input.hosting == "self"
default rolled_back := false
rolled_back if {
	input.age <= 90 * 86400
	input.rollback <= input.rollback_target
	input.rollback_target <= 3600
}
answer["G02"] := state(rolled_back) if {
	input.rollback >= 0
	input.rollback_target >= 0
	input.age >= 0
}
answer["B10"] := [state(source.load <= 0.5) | some source in input.sources]
answer["A05"] := [state(source.notice >= input.lead) | some source in input.sources]
default steep := false
steep if {
	some source in input.sources
	source.ratio > 5
}
steep if input.tail > 3
answer["B05"] := state(steep == false) if input.klass != "batch"

state(true) := "pass"
state(false) := "fail"
"""


def plain_pilot(seed: int, sources: int) -> dict[str, Any]:
    """Return the numbers of one pilot, in SI units."""
    rng = random.Random(seed)  # noqa: S311 - only to vary a benchmark
    numbers = {
        "klass": "interactive", "hosting": "self", "age": 52 * 86400.0,
        "utilisation": rng.uniform(0.3, 1), "movement": rng.uniform(0.2, 0.8), "network": rng.uniform(0.3, 1),
        "lead": 1.2e6, "need": rng.uniform(4e10, 9e10), "have": 8.5e10, "rollback": rng.uniform(100, 2000),
        "rollback_target": 1800.0, "tail": rng.uniform(1, 4),
    }  # fmt: skip
    rows = [
        {"load": rng.uniform(0.1, 0.8), "notice": rng.uniform(5e5, 3e6), "ratio": rng.uniform(1, 6)}
        for _ in range(sources)
    ]
    return {**numbers, "sources": rows}


class Check:
    """The base of a check in the style of Python policy tools: one class a rule, facts as nested dicts."""

    id = ""

    def scan(self, conf: dict[str, Any]) -> str | list[str]:
        """Return pass, fail or unknown; what is missing is unknown."""
        try:
            return self.judge(conf)
        except KeyError:
            return "unknown"

    def judge(self, conf: dict[str, Any]) -> str | list[str]:  # noqa: ARG002 - overridden
        """Return the state or states."""
        raise KeyError(self.id)


def state(*, ok: bool) -> str:
    """Return the word."""
    return "pass" if ok else "fail"


def _check(name: str, judge: Callable[[dict[str, Any]], str | list[str]]) -> Check:
    return type(name, (Check,), {"id": name, "judge": staticmethod(judge)})()  # type: ignore[no-any-return]


CHECKS = (
    _check("B07", lambda c: "n/a" if c["klass"] == "batch" else state(ok=c["utilisation"] <= 0.7)),
    _check("C05", lambda c: "n/a" if c["klass"] == "batch" else state(ok=c["movement"] <= 0.5)),
    _check("C11", lambda c: state(ok=c["network"] <= 0.8)),
    _check("C01", lambda c: "n/a" if c["hosting"] != "self" else state(ok=c["need"] <= c["have"] * 0.9)),
    _check(
        "G02",
        lambda c: state(ok=0 <= c["age"] <= 90 * 86400 and c["rollback"] <= c["rollback_target"] <= 3600),
    ),
    _check("B10", lambda c: [state(ok=source["load"] <= 0.5) for source in c["sources"]]),
    _check("A05", lambda c: [state(ok=source["notice"] >= c["lead"]) for source in c["sources"]]),
    _check("B05", lambda c: state(ok=all(s["ratio"] <= 5 for s in c["sources"]) and c["tail"] <= 3)),
)


def python_peer() -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Return the check classes as one function."""
    return lambda conf: {check.id: check.scan(conf) for check in CHECKS}


def regorus_peer() -> Callable[[dict[str, Any]], dict[str, Any]] | None:
    """Return the Rego rules on opa-eval, or None where it is not installed."""
    try:
        import opa_eval
    except ImportError:
        return None
    with tempfile.TemporaryDirectory() as folder:
        policy = Path(folder) / "gate.rego"
        policy.write_text(REGO, encoding="utf-8")
        engine = opa_eval.OpaEval(str(policy), query="data.gate.result")
    return lambda conf: _found(engine.evaluate_parsed(json.dumps(conf)))


def rego_cpp_peer() -> Callable[[dict[str, Any]], dict[str, Any]] | None:
    """Return the Rego rules on regopy, or None where it is not installed."""
    try:
        from regopy import Interpreter
    except ImportError:
        return None
    engine = Interpreter()
    engine.add_module("gate", REGO)

    def run(conf: dict[str, Any]) -> dict[str, Any]:
        engine.set_input(conf)
        return _found(json.loads(str(engine.query("data.gate.result"))))

    return run


def _found(output: Any) -> dict[str, Any]:
    """Return the answer inside an engine's envelope."""
    held = output
    while isinstance(held, list | dict) and "C11" not in held:
        if isinstance(held, list):
            held = held[0] if held else {}
        else:
            held = held.get("result") or held.get("expressions") or held.get("value") or {}
            if held == {}:
                break
    return held if isinstance(held, dict) else {}
