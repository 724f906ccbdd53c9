"""poc-gate for Python programs and notebooks: assess a pilot, read a result back.

What is exported here and in `poc_gate` stays: names, parameters and meaning change only with a major version.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from poc_gate.model import verdict as model
from poc_gate.model.finding import Finding, State
from poc_gate.model.measurement import MachineProfile
from poc_gate.model.verdict import Verdict, Word

__all__ = ["Result", "assess", "load_result"]


class Result:
    """What assessing one pilot gave; read-only."""

    __slots__ = ("_held",)

    def __init__(self, held: model.Result) -> None:
        """Wrap a result of the model; programs get theirs from `assess` or `load_result`."""
        self._held = held

    @property
    def pilot(self) -> str:
        """Name of the pilot."""
        return self._held.pilot

    @property
    def word(self) -> Word:
        """The answer: GO, CONDITIONAL, INSUFFICIENT EVIDENCE or NO-GO."""
        return self._held.verdict.word

    @property
    def exit_code(self) -> int:
        """What the command line exits with: 0, 10, 11 or 12."""
        return int(self._held.verdict.exit_code)

    @property
    def sentence(self) -> str:
        """The answer in one sentence."""
        return self._held.sentence

    @property
    def verdict(self) -> Verdict:
        """The answer, its reasons, and the scores that it rests on."""
        return self._held.verdict

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, by rule and item."""
        return self._held.findings

    @property
    def failed(self) -> tuple[Finding, ...]:
        """The findings that failed."""
        return tuple(one for one in self.findings if one.state is State.FAIL)

    @property
    def unknown(self) -> tuple[Finding, ...]:
        """The findings that could not be decided, each with the line to add or the command to run."""
        return tuple(one for one in self.findings if one.state in (State.UNKNOWN, State.ERROR))

    def fact(self, name: str) -> object:
        """Return the value of a fact such as `flow.utilisation.peak` in SI units; None where it is unknown."""
        found = next((one.value for one in self._held.facts if one.name == name), None)
        return getattr(found, "value", found)

    def report(self, format: str = "terminal", *, width: int = 80) -> bytes:  # noqa: A002 - as on the command line
        """Return the result in a report format: terminal, html, markdown, json, sarif, junit, ...

        Raises UsageError for an unknown format, with the nearest one.
        """
        from poc_gate.report.formats import find_format
        from poc_gate.report.interface import RenderOptions

        return find_format(format).render(self._held, RenderOptions(width=width))

    def save(self, path: str | Path, format: str = "json") -> None:  # noqa: A002 - as on the command line
        """Write the result to a file in a report format, whole or not at all; `load_result` reads JSON back.

        Raises UsageError when the file cannot be written, or is there and was not written by poc-gate.
        """
        from poc_gate.app.ground.files.own_output import check_output
        from poc_gate.app.ground.files.write_file import write_file

        check_output(Path(path))
        write_file(Path(path), self.report(format))

    def __repr__(self) -> str:
        """Return pilot, stage and word, with the number of findings that failed and that are unknown."""
        counts = f"{len(self.failed)} failed, {len(self.unknown)} unknown of {len(self.findings)}"
        return f"<poc_gate.Result {self.pilot!r} stage={self._held.stage} {self.word.value}: {counts}>"

    def _repr_html_(self) -> str:
        """Return a short piece of HTML, which notebooks show for the last value of a cell."""
        from poc_gate.report.html.html_summary import html_summary

        return html_summary(self._held)


def assess(  # noqa: PLR0913 - the options of `poc-gate assess`, by name
    path: str | Path,
    *,
    machine: str | Path | MachineProfile = "",
    on: dt.date | str | None = None,
    stage: str = "",
    packs: Sequence[str | Path] = (),
    only: Sequence[str] = (),
    sources: str | Path = "",
    traces: Sequence[str | Path] = (),
    waivers: str | Path = "",
) -> Result:
    """Assess one pilot and return the result; nothing is written, no network is used.

    Args:
        path: Folder with `pilot.yaml`, or the file itself.
        machine: A profile that `probe` returned, a profile's file, or the name of a data sheet such as
            `l4-24gb`; empty probes this machine, which takes seconds.
        on: The day that the assessment holds for; today when left out.
        stage: `pilot`, `limited` or `production`; the manifest's own when empty.
        packs: Folders of rule packs added to the shipped ones.
        only: Rules, packs or dimensions to judge; all when empty.
        sources: A file that `poc-gate sources run` wrote.
        traces: Results of the running pilot that its manifest does not name: traces, load tests, evaluations,
            scans, metrics, dumps of a cluster.
        waivers: The waiver ledger; the one beside the manifest when empty.

    Raises InvalidInputError with file, line and column of every fault in a file that is read, and UsageError
    for arguments that do not fit together.
    """
    from poc_gate.app.assess.assess import assess as assess_case
    from poc_gate.app.assess.reading.case import CaseRequest

    now = dt.datetime.now(dt.UTC)
    profile = machine if isinstance(machine, MachineProfile) else None
    request = CaseRequest(
        path=Path(path),
        today=str(on) if on is not None else now.date().isoformat(),
        now=now.isoformat(timespec="seconds"),
        machine="" if profile is not None else str(machine),
        sources=str(sources),
        results=tuple(map(str, traces)),
        packs=tuple(map(str, packs)),
        only=tuple(only),
        stage=stage,
        waivers=str(waivers),
        profile=profile,
    )
    return Result(assess_case(request, machines=True))


def load_result(path: str | Path) -> Result:
    """Return the result that a JSON file holds, as `save` or `--format json` wrote it.

    Raises InvalidInputError when it is none.
    """
    from poc_gate.app.gate.render import load_result as load

    return Result(load(Path(path)))
