"""An assessment -> a bundle that can be judged again elsewhere, and back: the answers must agree byte for byte."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from poc_gate.app.bundle.bundle_case import PACKS, BundledCase, bundle_case, rebuild_case
from poc_gate.app.bundle.bundle_file import AGAIN, MOST_BYTES, pack_bundle, unpack_bundle
from poc_gate.app.ground.files.read_inputs import read_file
from poc_gate.app.ground.files.write_file import write_file
from poc_gate.errors import Fault, InvalidInputError, UsageError
from poc_gate.version import __version__

if TYPE_CHECKING:
    from poc_gate.app.assess.reading.case import Case, CaseRequest
    from poc_gate.model.verdict import Result

_WITHHELD = b"# withheld: this line holds a literal secret"
_CASE, _RESULT, _MANIFEST = "case.json", "result.json", "pilot.yaml"


class Verification(Struct, frozen=True):
    """What judging a bundle again showed."""

    agrees: bool
    verdict: str
    tool_version: str
    differences: tuple[str, ...]
    notes: tuple[str, ...]
    signer: str = ""
    """Who signed it and with which key, in words; empty where no signature was asked for."""


class Signed(Struct, frozen=True):
    """Whose signature a bundle must bear."""

    allowed: Path
    """An allowed signers file of ssh-keygen, or one public key."""
    who: str = ""
    """One of those listed; empty = any of them."""
    signature: Path | None = None
    """None = beside the bundle."""


def write_bundle(path: Path, request: CaseRequest, case: Case, result: Result, *, key: str = "") -> None:
    """Write the bundle of an assessment, and its signature beside it where a key is named.

    Raises UsageError when it would carry a literal secret, and when no signature comes about; nothing is written then.
    """
    content = build_bundle(request, case, result, read_file(Path(case.manifest)))
    if not key:
        write_file(path, content)
        return
    from poc_gate.app.bundle.signature import sign

    proof = sign(content, key)
    write_file(path, content)
    write_file(signature_of(path), proof)


def signature_of(path: Path) -> Path:
    """Return where the signature of a bundle is kept."""
    return path.with_name(path.name + ".sig")


def build_bundle(request: CaseRequest, case: Case, result: Result, manifest: bytes) -> bytes:
    """Return the bundle's bytes: facts, evidence, packs and result, no other file's text.

    Lines of the manifest with a literal secret are withheld. Evidence is bundled as parsed data, since
    rules judge it again; when a secret stands in an evidence file the bundle is refused.
    """
    from poc_gate.report.result.result_file import write_result
    from poc_gate.text.documents.canonical_json import canonical_json

    secrets = [notice.place for notice in case.notices if notice.kind == "secret"]
    secrets += [notice.place for notice in case.reading.notices if notice.kind == "secret"]
    _refuse_secret_evidence(case, {place.file for place in secrets})
    lines = {place.line for place in secrets if place.file == case.manifest}
    members = {
        _CASE: canonical_json(_plain(bundle_case(case))),
        _RESULT: write_result(result),
        _MANIFEST: _withhold(manifest, lines),
    }
    for folder, files in _pack_folders(request).items():
        members |= {f"{PACKS}{folder.strip('/')}/{name}": content for name, content in files.items()}
    head = {
        "tool_version": __version__,
        "withheld_lines": sorted(lines),
        # What could matter to a number; no name of host, user or folder.
        "environment": {
            "python": platform.python_version(),
            "implementation": platform.python_implementation(),
            "system": platform.system(),
            "architecture": platform.machine(),
        },
    }
    return pack_bundle(members, head)


def _plain(value: object) -> object:
    import msgspec

    return msgspec.to_builtins(value)


def _refuse_secret_evidence(case: Case, files: set[str]) -> None:
    root = Path(case.manifest).parent
    held = [e.file for e in case.evidence if e.file in files or (root / e.file).as_posix() in files]
    if held:
        raise UsageError(
            f"{held[0]} holds a literal secret and would be in the bundle",
            next_step="remove the secret, rotate it at its issuer, and assess again",
        )


def _withhold(manifest: bytes, lines: set[int]) -> bytes:
    rows = manifest.split(b"\n")
    for number in lines:
        if 1 <= number <= len(rows):
            rows[number - 1] = _WITHHELD
    return b"\n".join(rows)


def _pack_folders(request: CaseRequest) -> dict[str, dict[str, bytes]]:
    """Return the packs that took part, as the case loaded them."""
    from poc_gate.app.ground.packs.rule_packs import find_pack
    from poc_gate.base.shipped_files import shipped_packs
    from poc_gate.judge.packs.pack_digest import pack_digest

    folders = {f"rules/{name}": dict(files) for name, files in shipped_packs().items()}
    held = {pack_digest(files) for files in folders.values()}
    for name in request.packs:
        source = find_pack(name)
        if pack_digest(source.files) not in held:
            folders[source.name] = dict(source.files)
    return folders


def verify_bundle(path: Path, signed: Signed | None = None) -> Verification:
    """Judge a bundle again from its facts, evidence and packs, and compare with the result inside.

    Raises InvalidInputError when it does not bear the signature asked for, which is looked at first, and when it
    does not hold together: a digest differs, a member does not parse, or the facts are not what its manifest says.
    """
    from poc_gate.report.differences.comparison import compare_results
    from poc_gate.report.result.result_file import read_result, write_result

    file, content = path.as_posix(), read_file(path)
    signer = _signer(path, content, signed)
    index, members = unpack_bundle(content, file)
    result = read_result(members.get(_RESULT, b""), f"{file}!{_RESULT}")
    bundled = _read_case(members.get(_CASE, b""), f"{file}!{_CASE}")
    withheld = _check_manifest(bundled, members.get(_MANIFEST, b""), file, index.get("withheld_lines"))
    _check_packs(members, file, same_version=index.get("tool_version") == __version__)
    if result.tool_version != index.get("tool_version"):
        what = f"{_RESULT} says that another version made it than the index does"
        raise InvalidInputError((Fault(file, 0, 0, what, AGAIN),))
    again = structs.replace(_judge_again(bundled, members, result), tool_version=result.tool_version)
    notes = (
        ["the manifest's text was withheld in part; its facts were not compared with it"] if withheld else []
    )
    if index.get("tool_version") != __version__:
        notes.append(f"bundled by poc-gate {index.get('tool_version')}, judged again by {__version__}")
    if signed is None and signature_of(path).is_file():
        notes.append(f"{signature_of(path)} was not checked: say with --key whose signature it must be")
    comparison = compare_results(result, again)
    differences = tuple(
        f"{kind}: {change.name}: {change.before} -> {change.after}"
        for kind, changes in comparison.kinds.items()
        for change in changes
    )
    agrees = write_result(again) == write_result(result)
    if not agrees and not differences:
        differences = ("the result's text differs, though verdict, findings and facts agree",)
    return Verification(
        agrees, result.verdict.word.value, str(index.get("tool_version")), differences, tuple(notes), signer
    )


def _signer(path: Path, content: bytes, signed: Signed | None) -> str:
    if signed is None:
        return ""
    from poc_gate.app.bundle.signature import check_signature

    found = check_signature(content, signed.signature or signature_of(path), signed.allowed, signed.who)
    return f"{found.principal or signed.allowed.as_posix()} ({found.key})"


def _read_case(content: bytes, file: str) -> BundledCase:
    from poc_gate.report.result.plain_values import read_plain
    from poc_gate.text.documents.strict_json import parse_json

    read = parse_json(content, file, most_bytes=MOST_BYTES, next_step=AGAIN, half_pairs=True)
    return read_plain(BundledCase, read, AGAIN)


def _check_packs(members: dict[str, bytes], file: str, *, same_version: bool) -> None:
    """Refuse a pack that bears the name of a shipped one and is another: its rules would decide."""
    from poc_gate.base.shipped_files import shipped_packs
    from poc_gate.judge.packs.pack_digest import pack_digest

    faults = []
    for name, files in shipped_packs().items() if same_version else ():
        folder = f"{PACKS}rules/{name}/"
        inside = {
            path.removeprefix(folder): text for path, text in members.items() if path.startswith(folder)
        }
        if pack_digest(inside) != pack_digest(files):
            what = f"its pack {name} is not the one that poc-gate {__version__} ships"
            faults.append(Fault(f"{file}!{folder}", 0, 0, what, AGAIN))
    if faults:
        raise InvalidInputError(faults)


def _check_manifest(bundled: BundledCase, manifest: bytes, file: str, listed: object) -> bool:
    """Hold the facts against the manifest beside them; return whether its text was withheld in part."""
    from poc_gate.app.ground.files.read_inputs import sha256_of
    from poc_gate.inputs.manifest.reading.read_manifest import read_manifest

    if sha256_of(manifest) != bundled.manifest_sha256:
        rows = manifest.split(b"\n")
        withheld = [number for number, row in enumerate(rows, 1) if row == _WITHHELD]
        if withheld and withheld == listed:
            return True
        raise InvalidInputError((Fault(file, 0, 0, f"{_MANIFEST} is not the manifest that was judged", ""),))
    facts = {fact.name: fact for fact in bundled.facts}
    claims = read_manifest(manifest, bundled.manifest).claims
    faults = [
        Fault(
            f"{file}!{_MANIFEST}",
            c.place.line,
            c.place.column,
            f"{c.fact} is not the fact that was judged",
            "",
        )
        for c in claims
        if (fact := facts.get(c.fact)) and fact.place == c.place and fact.value != c.value
    ]
    if faults:
        raise InvalidInputError(faults)
    return False


def _judge_again(bundled: BundledCase, members: dict[str, bytes], held: Result) -> Result:
    from poc_gate.app.assess.assess import sum_up
    from poc_gate.app.assess.judge_case import judge_case

    case = rebuild_case(bundled, members)
    return sum_up(case, judge_case(case), machines=held.machines is not None)
