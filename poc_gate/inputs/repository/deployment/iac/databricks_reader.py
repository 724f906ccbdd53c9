"""Bundles and apps of Databricks -> that it runs the pilot, its workspace, infrastructure as code, schedules of jobs: databricks.yml, app.yaml.

Source: Databricks documentation, "Declarative Automation Bundles configuration": `workspace.host` is the bundle's or a target's.
"""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.foreign_yaml import Node, read_documents
from poc_gate.inputs.repository.files.standing import Standing
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.schedules.intervals import is_turned_off, note_schedule
from poc_gate.inputs.repository.tables.deployment.intervals import is_aside
from poc_gate.inputs.repository.tables.deployment.services import is_of_databricks
from poc_gate.inputs.repository.tables.egress import host_of, of_any_account

_YAML = re.compile(r"\.ya?ml$")
_BUNDLE = re.compile(r"(?:^|/)databricks\.ya?ml$")
_APP = re.compile(r"(?:^|/)app\.ya?ml$")
_RESOURCES = re.compile(r"(?m)^resources:|^targets:")
_RUNS = ("apps", "model_serving_endpoints", "jobs", "pipelines")
"""Resources of a bundle that run something; the first answers people."""
_UNITS = {"HOURS": 3_600, "DAYS": 86_400, "WEEKS": 604_800}
_SERVICE = "databricks"
_WORKSPACES = ("*.cloud.databricks.com", "*.azuredatabricks.net", "*.databricks.com")


def _read(file: TextFile, notes: Notes) -> None:
    """Note what a bundle deploys, in its own file or in one that it takes in, or that a file starts an app."""
    if _APP.search(file.path.lower()):
        if is_of_databricks(file.text):
            notes.fact("target.service", _SERVICE, file.place(1), weight=2, sure=INFERRED, note="an app of Databricks")  # fmt: skip
        return
    own = bool(_BUNDLE.search(file.path.lower()))
    if not own and not (_RESOURCES.search(file.text) and _is_taken_in(file, notes)):
        return
    for document in read_documents(file)[:2]:
        if own and document.at("bundle").entries():
            note = "Databricks bundle"
            notes.flag("operations.infrastructure_as_code", document.place, note=note, sure=INFERRED)
        for part in (document, *document.at("targets").entries().values()):
            _note_resources(part.at("resources"), notes)
            if own:
                _note_workspace(part.at("workspace", "host"), notes)


def _note_workspace(address: Node, notes: Notes) -> None:
    """Note the workspace that jobs and apps of a bundle ask, of whichever account."""
    host = of_any_account(host_of(address.text()))
    if host in _WORKSPACES and notes.standing is Standing.SERVICE:
        notes.host(host, "the workspace of the bundle is reached there", address.place)


def _is_taken_in(file: TextFile, notes: Notes) -> bool:
    """Say whether a bundle lies in a folder above a file."""
    parts = file.folder.lower().split("/")
    above = {"/".join([*parts[:end], "databricks.yml"]).lstrip("/") for end in range(len(parts) + 1)}
    return not notes.signals.paths.isdisjoint(above)


def _note_resources(resources: Node, notes: Notes) -> None:
    """Note what runs there, and when jobs do."""
    for kind in _RUNS:
        made = resources.at(kind)
        if made.entries():
            weight = 2 if kind == _RUNS[0] else 1
            notes.fact("target.service", _SERVICE, made.place, weight=weight, sure=INFERRED, note=f"{kind} of a bundle")  # fmt: skip
    for name, job in resources.at("jobs").entries().items():
        schedule = job.at("schedule")
        note_schedule(schedule.at("quartz_cron_expression"), notes, of=name, within=schedule)
        _note_period(job.at("trigger"), name, notes)


def _note_period(trigger: Node, name: str, notes: Notes) -> None:
    """Note the interval of a job that runs every so many hours or days."""
    period = trigger.at("periodic")
    every, unit = period.at("interval").number(), _UNITS.get(period.at("unit").text())
    if every and unit and not is_turned_off(trigger) and not is_aside(name):
        said = f"every {every:g} {period.at('unit').text().lower()}"
        notes.number("pipeline.refresh", every * unit, period.place, unit="s", note=said)
        notes.technique("scheduled", f"runs on a schedule, {said}", period.place)


READER = Reader(
    name="databricks",
    summary="bundles and apps of Databricks: where the pilot runs, the workspace, schedules of jobs",
    wants=lambda path: bool(_YAML.search(path)),
    read=_read,
    worst=Standing.SUPPORT,
)
