"""The six results that a reader meets: NO-GO, INSUFFICIENT EVIDENCE, CONDITIONAL, GO, a first look, 500 findings."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from large_pilot import EXAMPLES, TODAY, assess_example, large_pilot
from msgspec.structs import replace

from poc_gate.app.assess.assess import assess, sum_up
from poc_gate.app.assess.judge_case import judge_case
from poc_gate.app.assess.reading.case import CaseRequest, read_case
from poc_gate.flow.walls.levers import with_value
from poc_gate.model.quantity import Quantity
from poc_gate.model.verdict import Result

NAMES = ("NO-GO", "INSUFFICIENT", "CONDITIONAL", "GO", "first look", "500 findings")
_BEYOND = 700 / 86400
"""Requests a second: more than the monthly cap of the support assistant pays for."""
_APP = """
from openai import OpenAI
import psycopg

client = OpenAI()


def answer(question):
    with psycopg.connect("dbname=claims") as connection:
        rows = connection.execute("select * from payments where id = %s", (question,)).fetchall()
    return client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": str(rows)}])
"""


@cache
def six_results(folder: Path) -> dict[str, Result]:
    """Return the results by name; what has to be written goes into `folder`."""
    support = EXAMPLES / "support-assistant"
    fraud = EXAMPLES / "fraud-scoring"
    look = folder / "look"
    look.mkdir(parents=True)
    (look / "app.py").write_text(_APP)
    (look / "requirements.txt").write_text("openai==1.40\npsycopg[binary]\n")
    (look / "README.md").write_text("# Claims helper\n\nDrafts answers for claim handlers.\n")
    large = large_pilot(folder / "large", sources=40)
    return {
        "NO-GO": _at("claims-copilot", assess_example(EXAMPLES / "claims-copilot")),
        "INSUFFICIENT": _at("fraud-scoring", assess_example(fraud, str(fraud / "machine.json"))),
        "CONDITIONAL": _at("support-assistant", _conditional(support)),
        "GO": _at("support-assistant", assess_example(support, str(support / "machine.json"))),
        "first look": _at("look", assess(CaseRequest(look, TODAY, "", look=True, unprobed=True))),
        "500 findings": _at("large", assess_example(large)),
    }


def _at(name: str, result: Result) -> Result:
    """Return the result without what differs from one checkout to the next: the commit."""
    machine = result.machine
    if machine is not None and "/" in machine.source:
        machine = replace(machine, source="machine.json")
    return replace(result, commit="", manifest=f"{name}/pilot.yaml", machine=machine)


def _conditional(support: Path) -> Result:
    """Return the support assistant with more requests planned than its budget pays for."""
    case = read_case(CaseRequest(support, TODAY, "", machine=str(support / "machine.json")))
    more = replace(case, tree=with_value(case.tree, "demand.requests_per_day", Quantity(_BEYOND, "req/s")))
    return sum_up(more, judge_case(more))
