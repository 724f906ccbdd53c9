"""What a manifest asks to be read beside it: imports, evidence, and the rules it says do not apply."""

from __future__ import annotations

from poc_gate.inputs.manifest.reading.statements import Statement, Statements
from poc_gate.inputs.manifest.schema.field_types import File
from poc_gate.model.claim import Place
from poc_gate.model.request import EvidenceRequest, ImportRequest, NotApplicableEntry


def read_imports(statements: Statements) -> tuple[ImportRequest, ...]:
    """Return one request per file that the manifest names, in the schema's order."""
    found: list[ImportRequest] = []
    options = _options(statements)
    for statement in statements:
        if statement.leaf.path == "imports" and isinstance(statement.value, tuple):
            found += [
                ImportRequest("", path, "", statement.place, options.get(path, ""), fact="imports")
                for path in statement.value
            ]
        elif statement.leaf.type is File and statement.leaf.imports and not _says_none(statement):
            found.append(_import(statement, statements))
    return tuple(found)


def _options(statements: Statements) -> dict[str, str]:
    """Return file -> option, of the entries of `import_options`, each written `file; option`."""
    listed = next((one.value for one in statements if one.leaf.path == "import_options"), ())
    pairs = (entry.partition(";") for entry in listed) if isinstance(listed, tuple) else ()
    return {path.strip(): option.strip() for path, _, option in pairs}


def _says_none(statement: Statement) -> bool:
    """Whether a source is said to have no contract, which names no file."""
    return statement.leaf.name == "contract" and str(statement.value).casefold() == "none"


def _import(statement: Statement, statements: Statements) -> ImportRequest:
    prefix = statement.name.rpartition(".")[0]
    beside = {"contract": "contract_server", "report": "report_option"}.get(statement.leaf.name, "")
    option = statements.text(f"{prefix}.{beside}") if beside else ""
    path = str(statement.value)
    return ImportRequest(statement.leaf.imports, path, prefix, statement.place, option, fact=statement.name)


def read_evidence(statements: Statements) -> tuple[EvidenceRequest, ...]:
    """Return one request per entry of the list `evidence`."""
    return tuple(
        EvidenceRequest(
            rule=statements.text(f"{item}.rule"),
            file=statements.text(f"{item}.file"),
            place=statements.places.get(item, Place("")),
            sha256=statements.text(f"{item}.sha256"),
            observed_at=statements.text(f"{item}.observed_at"),
            approver=statements.text(f"{item}.approver"),
            hardware_fingerprint=statements.text(f"{item}.hardware_fingerprint"),
        )
        for item in _entries(statements, "evidence")
    )


def read_not_applicable(statements: Statements) -> tuple[NotApplicableEntry, ...]:
    """Return one entry per item of the list `not_applicable`."""
    return tuple(
        NotApplicableEntry(
            rule=statements.text(f"{item}.rule"),
            reason=statements.text(f"{item}.reason"),
            approver=statements.text(f"{item}.approver"),
            place=statements.places.get(item, Place("")),
        )
        for item in _entries(statements, "not_applicable")
    )


def _entries(statements: Statements, name: str) -> list[str]:
    return [f"{name}[{item}]" for item in statements.items.get(name, ())]
