"""A change to code that the manifest does not follow -> findings of the merge gate, each with both places."""

from __future__ import annotations

from pathlib import Path

from poc_gate.app.ground.git.ask_git import GitError, opened, repository_of
from poc_gate.app.inspect.drift import Drift, compare_with_repository
from poc_gate.errors import UsageError
from poc_gate.inputs.repository.reading import Certainty
from poc_gate.judge.finding_fingerprint import fingerprint
from poc_gate.model.finding import Finding, State
from poc_gate.model.parts.reason import Reason, ReasonKind
from poc_gate.model.rule import EvidenceClass, Severity

DRIFTED = "X09-matches-repository"
"""Id of these findings; belongs to no pack, is not scored, and no waiver covers it."""


def drift_findings(manifest: Path, repository: Path, base_ref: str) -> tuple[Finding, ...]:
    """Return where the repository says something else than the manifest, as far as the change touches either.

    Without a base everything that differs counts. What was only inferred never does: it may be the reading that errs.

    Raises:
        UsageError: `repository` is no folder, or its files cannot be compared with the base.
        InvalidInputError: The manifest cannot be read.
    """
    found = compare_with_repository(manifest, repository)
    touched = _changed_files(repository, base_ref) if base_ref else None
    home = manifest.resolve()
    return tuple(
        _finding(one)
        for one in found.drifts
        if one.certainty is Certainty.STATED
        and (touched is None or home in touched or (repository / one.found_at.file).resolve() in touched)
    )


def _changed_files(folder: Path, ref: str) -> frozenset[Path]:
    """Return every file that differs between a revision and what is checked out, new ones included."""
    root = repository_of(folder)
    if root is None:
        raise UsageError(
            f"{folder} is in no git repository", next_step="leave --base-ref or --repository out"
        )
    try:
        with opened(folder) as git:
            changed = git.ask("diff", "--name-only", "-z", ref, "--")
            new = git.ask("ls-files", "--others", "--exclude-standard", "-z")
    except GitError as error:
        raise UsageError(
            f"{ref} cannot be compared: {error}", next_step="fetch it, or give another one"
        ) from None
    names = [name for listed in (changed, new) for name in listed.split(b"\0") if name]
    return frozenset((root / name.decode("utf-8", "surrogateescape")).resolve() for name in names)


_SEVERITIES = {"new-destination": Severity.HIGH, "new-source": Severity.HIGH}


def _finding(one: Drift) -> Finding:
    return Finding(
        rule=DRIFTED, pack="", subject=one.subject, state=State.FAIL, severity=_SEVERITIES.get(one.kind, Severity.MEDIUM), dimension="",
        what="The manifest says what the repository says", title=f"The repository says something else about {one.subject}",
        message=f"{one}.", reason=Reason(ReasonKind.NOT_SHOWN, notes=(str(one),)), required=EvidenceClass.DECLARED, held=None,
        place=one.found_at,
        why="What was approved is what the manifest says; code that moved on was not looked at.",
        fix="Change the manifest with the code, so that what changed is judged, or take the change back.",
        fingerprint=fingerprint(DRIFTED, one.subject, one.found),
    )  # fmt: skip
