"""Workflows of continuous integration -> evaluations that gate changes, and schedules that train or ingest."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.foreign_yaml import Node, read_documents
from poc_gate.inputs.repository.files.standing import Standing, is_workflow
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.interface import Reader
from poc_gate.inputs.repository.noting.notes import INFERRED, Notes
from poc_gate.inputs.repository.schedules.intervals import note_schedule
from poc_gate.inputs.repository.tables.deployment.services import service_of_command

_EVALUATES = re.compile(
    r"(?i)promptfoo\s+eval|deepeval\s+test|ragas|inspect\s+eval|lm[_-]eval|braintrust\s+eval|langsmith\s+eval|mlflow\s+evaluate|evals?/[\w/-]*\w*eval\w*\.py"
    r"|python3?\s+(?:-m\s+)?[\w./-]*evaluat\w*|pytest\s+[^\n]*\bevals?\b|(?:npm|pnpm|yarn)\s+(?:run\s+)?evals?\b|make\s+evals?(?:uate)?\b|phoenix\s+evals|agentevals|promptflow\s+run"
)
"""Commands that run an evaluation; a step that only installs what evaluations need is none."""
_TRIES = re.compile(r"(?i)\bpytest\b.*\b(?:evals?|evaluations?|benchmarks?)/(?:unit[-_]?)?tests?\b")
"""What tests the code of an evaluation, and measures no answer."""
_INSTALLS = re.compile(r"(?i)^\s*(?:uv\s+)?pip3?\s+install|^\s*poetry\s+install|^\s*npm\s+ci")
_PIPELINE = re.compile(
    r"(?i)train|ingest|index|embed|refresh(?![-_ ]*(?:site|docs?|counters?|readme|lock|badges?|tokens?|deps|dependenc))|etl|retrain|reindex|score(?!card)|predict|batch|feature|crawl|scrape"
)
_CHANGES = ("pull_request", "pull_request_target", "push", "merge_group")


def _read(file: TextFile, notes: Notes) -> None:
    for document in read_documents(file)[:1]:
        triggers = _triggers(document)
        commands = [node for path, node in document.walk() if path and path[-1] in {"run", "script"}]
        for node in (*commands, *(node for path, node in document.walk() if path and path[-1] == "uses")):
            if deployed := service_of_command(node.text()):
                notes.fact(
                    "target.service",
                    deployed[0],
                    node.place,
                    weight=2,
                    sure=INFERRED,
                    note="deployed by a workflow",
                )
        gate = next((node for node in commands if _evaluates(node.text())), None)
        if (
            gate is not None
            and "skill" not in file.name
            and (changes := _changes(document, triggers))
            and not _may_fail(document, gate)
        ):
            why = f"an evaluation runs on {', '.join(sorted(changes))}"
            notes.flag("operations.quality_gate", gate.place, sure=INFERRED, note=why)
        if _PIPELINE.search(file.name) or _PIPELINE.search(document.at("name").text()):
            for item in (document.at("on", "schedule") or document.at("true", "schedule")).items():
                note_schedule(item.at("cron"), notes, of=document.at("name").text())


def _changes(document: Node, triggers: set[str]) -> set[str]:
    """Return which changes start a workflow; tags alone are put on what is merged already."""
    node = document.at("on") or document.at("true")
    pushed = node.at("push").entries()
    only_tags = "tags" in pushed and not {"branches", "paths"} & set(pushed)
    return (triggers & set(_CHANGES)) - ({"push"} if only_tags else set())


def _triggers(document: Node) -> set[str]:
    """Return what starts a workflow; YAML 1.1 reads the key `on` as true."""
    node = document.at("on") or document.at("true")
    return (
        set(node.entries())
        | {item.text() for item in node.items()}
        | ({node.text()} if node.text() else set())
    )


def _evaluates(command: str) -> bool:
    return any(_EVALUATES.search(line) and not _INSTALLS.search(line) and not _TRIES.search(line) for line in command.split("\n"))  # fmt: skip


def _may_fail(document: Node, gate: Node) -> bool:
    """Say whether the step that evaluates may fail without stopping anything."""
    for job in document.at("jobs").entries().values():
        for step in job.at("steps").items():
            if step.at("run") is gate:
                return step.at("continue-on-error").value is True or job.at("continue-on-error").value is True
    return "|| true" in gate.text()


READER = Reader(
    name="workflow",
    summary="workflows of continuous integration: evaluations that gate changes, schedules",
    wants=lambda path: is_workflow(path) and path.endswith((".yml", ".yaml")),
    read=_read,
    worst=Standing.SUPPORT,
)
