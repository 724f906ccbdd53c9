"""Judge published stories of AI pilots: `python benchmarks/stories.py FOLDER`.

FOLDER holds one folder per story: `expected.yaml` (`story`, `kind: fail | success`, the ids of the rules
that should speak), `pilot.yaml` (what was known beforehand) and, for failures whose cause a question can
bring to light, `asked/pilot.yaml` (the same after the team answered truthfully). Each manifest is judged by
the command itself, with one date and one machine profile for all of them.

Printed for each failure: the verdict before and after the cause is told, which expected rules fail or ask,
and the place of the first question that leads to an expected rule. A failure is

* stopped: NO-GO, and an expected rule fails;
* named: an expected rule fails, the verdict is another or rests on something else;
* asked: no expected rule fails, one is unknown;
* missed: no expected rule says anything.

Printed for each success: its verdict, and every rule that fails. The exit code is 0 whatever the figures,
2 when FOLDER holds no story or a manifest cannot be judged.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
VERDICT_CODES = {0, 10, 11, 12, 13}
FIRST = 5
"""How many questions a person reads before the list becomes a chore; poc-gate's own choice."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One run: the verdict's word, the states of each rule, the rules behind each question in order."""

    word: str
    states: dict[str, set[str]]
    questions: tuple[tuple[str, ...], ...]

    def failing(self) -> list[str]:
        """Return the rules that fail for at least one subject."""
        return sorted(rule for rule, states in self.states.items() if "fail" in states)

    def those(self, rules: set[str], state: str) -> list[str]:
        """Return the given rules that have a state for at least one subject."""
        return sorted(rule for rule in rules if state in self.states.get(rule, ()))

    def rank(self, rules: set[str]) -> int | None:
        """Return the place, from 1, of the first question that leads to one of the rules."""
        places = (place for place, led in enumerate(self.questions, 1) if rules & set(led))
        return next(places, None)


@dataclass(slots=True)
class Story:
    """A folder of the form described above, with the runs of its manifests."""

    name: str
    success: bool
    expected: set[str]
    before: Judged
    told: Judged
    title: str = ""
    outcome: str = field(init=False)

    def __post_init__(self) -> None:
        """Settle the outcome once."""
        if self.told.those(self.expected, "fail"):
            self.outcome = "stopped" if self.told.word == "NO-GO" else "named"
        else:
            self.outcome = "asked" if self.told.those(self.expected, "unknown") else "missed"

    def early(self) -> bool:
        """Whether the right question is among the first, or the rule fails without being asked."""
        rank = self.before.rank(self.expected)
        return bool(self.before.those(self.expected, "fail")) or (rank is not None and rank <= FIRST)


SUCCESSORS: dict[str, tuple[str, ...]] = {
    "B16-dependency-availability": ("B17-path-availability", "G13-provider-fallback"),
    "E04-thresholds-before-test": ("E17-evaluation-set-current", "E19-evaluation-clean"),
    "E08-oversight-design": ("E16-human-decision",),
    "E09-oversight-capacity": ("H09-alert-load",),
    "E12-third-party": ("G12-model-end-of-life", "G13-provider-fallback", "K15-ict-third-party"),
    "F02-least-privilege": ("F15-tool-servers", "F18-production-apart"),
    "F03-acl-in-query": ("F17-memory-isolated",),
    "F04-injection-suite": ("F14-outward-acts-contained",),
    "F07-egress-allowed": ("F16-residency",),
    "F09-weights-pinned": ("F19-weights-licence",),
    "F11-tool-scope": ("F14-outward-acts-contained", "F15-tool-servers", "F18-production-apart"),
    "G01-version-pinned": ("G12-model-end-of-life",),
    "G02-rollback-exercised": ("G14-way-back",),
    "J01-unit-cost": ("J07-cost-per-outcome",),
    "K02-citations-verified": ("K13-answers-match-authority",),
}
"""Rule that a story of an earlier version names -> rules that have taken over a part of its question since then."""


def successors(root: Path = ROOT / "rules") -> dict[str, set[str]]:
    """Return for each rule id the ids that answer for it today: `SUCCESSORS`, and what rules name in `aliases`."""
    found = {old: set(new) for old, new in SUCCESSORS.items()}
    for file in root.glob("*/*.yaml"):
        rule = yaml.safe_load(file.read_text(encoding="utf-8"))
        for alias in rule.get("aliases", ()):
            if "/" not in alias and file.name != "pack.yaml":
                found.setdefault(alias, set()).add(rule["id"])
    return found


def judge(folder: Path, *, on: str, machine: str) -> Judged:
    """Run `assess` on a folder and read its JSON; RuntimeError with the program's words when it refuses."""
    words = ["assess", str(folder), "--on", on, "--machine", machine, "--format", "json"]
    run = subprocess.run(
        [sys.executable, "-m", "poc_gate", *words], capture_output=True, text=True, cwd=ROOT, check=False
    )
    if run.returncode not in VERDICT_CODES:
        raise RuntimeError(f"{folder}: exit {run.returncode}: {run.stderr.strip()}")
    return read_result(json.loads(run.stdout))


def read_result(result: dict[str, Any]) -> Judged:
    """Return word, states and questions of a result; `questions` where it has them, else `way_out`."""
    states: dict[str, set[str]] = {}
    for finding in result["findings"]:
        states.setdefault(finding["rule"], set()).add(finding["state"])
    asked = result.get("questions") or result["way_out"]
    return Judged(result["verdict"]["word"], states, tuple(tuple(step["rules"]) for step in asked))


def read_story(folder: Path, aliases: dict[str, set[str]], *, on: str, machine: str) -> Story:
    """Judge one story, before and after; without `asked/` the second run is the first."""
    expected = yaml.safe_load((folder / "expected.yaml").read_text(encoding="utf-8"))
    rules = set(expected.get("rules_that_should_speak") or ())
    rules |= {successor for rule in rules for successor in aliases.get(rule, ())}
    before = judge(folder, on=on, machine=machine)
    asked = folder / "asked"
    told = judge(asked, on=on, machine=machine) if (asked / "pilot.yaml").is_file() else before
    readme = folder / "README.md"
    title = readme.read_text(encoding="utf-8").splitlines()[0].lstrip("# ") if readme.is_file() else ""
    return Story(str(expected["story"]), expected["kind"] == "success", rules, before, told, title)


def print_failure(story: Story) -> None:
    """Print a failure in four lines."""
    rank = story.before.rank(story.expected)
    place = f"{rank} of {len(story.before.questions)}" if rank else f"- of {len(story.before.questions)}"
    print(f"{story.name:<24} {story.outcome:<8} question {place:<9} {story.title}")
    print(f"    before  {story.before.word:<22} {_speaking(story.before, story.expected)}")
    print(f"    told    {story.told.word:<22} {_speaking(story.told, story.expected)}")
    others = [rule for rule in story.told.failing() if rule not in story.expected]
    if others:
        print(f"    other failures: {', '.join(others)}")


def _speaking(judged: Judged, expected: set[str]) -> str:
    """Return the expected rules by state: fails, asked, and the silent ones."""
    fails = judged.those(expected, "fail")
    asked = [rule for rule in judged.those(expected, "unknown") if rule not in fails]
    silent = sorted(expected - {*fails, *asked})
    named = (("FAIL", fails), ("asked", asked), ("silent", silent))
    return "; ".join(f"{word}: {', '.join(_short(rule) for rule in rules)}" for word, rules in named if rules)


def _short(rule: str) -> str:
    """Return the letters and digits of an id."""
    return rule.split("-", maxsplit=1)[0]


def print_success(story: Story) -> None:
    """Print a success in one line, with each rule that fails."""
    failing = ", ".join(story.told.failing()) or "none"
    print(f"{story.name:<24} {story.told.word:<22} fails: {failing:<30} {story.title}")


def print_totals(stories: list[Story]) -> None:
    """Print the figures of both families."""
    failures = [story for story in stories if not story.success]
    counts = Counter(story.outcome for story in failures)
    words = ", ".join(f"{counts[word]} {word}" for word in ("stopped", "named", "asked", "missed"))
    early = sum(story.early() for story in failures)
    print(f"\n{len(failures)} failures told: {words}")
    print(f"the right question among the first {FIRST}, or failing before it is asked: {early}")
    successes = [story for story in stories if story.success]
    stopped = sum(story.told.word == "NO-GO" for story in successes)
    wrong = sum(bool(story.told.failing()) for story in successes)
    print(f"{len(successes)} successes: {stopped} NO-GO, {wrong} with a failing rule")


def main() -> int:
    """Judge every story of the folder and print the table."""
    parser = argparse.ArgumentParser(description="Judge published stories of AI pilots.")
    parser.add_argument("folder", type=Path, help="folder with one folder per story")
    parser.add_argument("--on", default="2026-11-23", help="date of the assessment (YYYY-MM-DD)")
    parser.add_argument("--machine", default="l4-24gb", help="machine profile for all of them")
    options = parser.parse_args()
    folders = sorted(found.parent for found in options.folder.glob("*/expected.yaml"))
    if not folders:
        print(f"{options.folder}: no folder with expected.yaml", file=sys.stderr)
        return 2
    aliases = successors()
    try:
        stories = [read_story(one, aliases, on=options.on, machine=options.machine) for one in folders]
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 2
    for story in stories:
        (print_success if story.success else print_failure)(story)
    print_totals(stories)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
