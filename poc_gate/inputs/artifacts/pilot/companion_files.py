"""A file and the one beside it that completes it: what the second says where the first is silent or says less."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.artifacts.file_reading import ImportResult
from poc_gate.inputs.artifacts.opening.inside_folder import find_inside, read_bounded
from poc_gate.inputs.artifacts.read_artifact import load_importer, read_artifact
from poc_gate.text.existing_path import is_file_there


def read_companion(result: ImportResult, path: str, root: Path, shown: str) -> ImportResult | None:
    """Return what the file beside `path` says, when there is one of the name that the kind looks for.

    Model servers read such a file unasked as well. One that cannot be read says nothing, and is named in a
    notice by whoever lists it.
    """
    beside, place = companion_path(result, path), companion_path(result, shown)
    if beside in ("", path) or not is_file_there(root / beside):
        return None
    try:
        return read_artifact(read_bounded(find_inside(root, beside), place), place, kind=result.kind)
    except InvalidInputError:
        return None


def companion_path(result: ImportResult, path: str) -> str:
    """Return the path of the file beside `path` that completes a result of its kind, or an empty text."""
    named = load_importer(result.kind).companion
    return PurePosixPath(path).with_name(named.file).as_posix() if named else ""


def merge(result: ImportResult, companion: ImportResult) -> tuple[ImportResult, ImportResult]:
    """Return both without the claims that the other one outvotes.

    Where the two differ on the deciding fact, the companion wins with all it states; otherwise it only adds.
    """
    named = load_importer(result.kind).companion
    deciding = {
        str(claim.value) for one in (result, companion) for claim in one.claims if named and claim.fact == named.decides
    }  # fmt: skip
    winner, loser = (companion, result) if len(deciding) > 1 else (result, companion)
    stated = {claim.fact for claim in winner.claims}
    kept = replace(loser, claims=tuple(claim for claim in loser.claims if claim.fact not in stated))
    return (kept, companion) if winner is companion else (result, kept)
