"""What every importer keeps: a summary, known facts in known units, places, full accounting, named errors only."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from artifact_samples import SAMPLES, Sample

from poc_gate.app.ground.catalogue import full_catalogue
from poc_gate.app.imports.fitting_claims import misfit
from poc_gate.inputs.artifacts.file_reading import ImportResult
from poc_gate.inputs.artifacts.opening.read_document import read_document
from poc_gate.inputs.artifacts.read_artifact import _GROUPS, find_importer, importers, read_artifact
from poc_gate.model.claim import Provenance

FILES = sorted(
    path
    for path in (Path(__file__).parent / "files").glob("*/*")
    if "json-schema" not in path.name and path.is_file()
)
DOCS = Path(__file__).parents[3] / "docs" / "imports.md"


def result_of(sample: Sample) -> ImportResult:
    return read_artifact(sample.content, sample.file)


def test_every_importer_is_discovered_sorted_and_has_a_sample() -> None:
    names = [importer.name for importer in importers()]
    assert names == sorted(set(names))
    assert set(names) - {"document"} == {sample.importer for sample in SAMPLES}


def test_groups_name_first_only_importers_that_are_in_them() -> None:
    named = {importer.name: importer.group for importer in importers()}
    for group, members in _GROUPS.items():
        if group != "document":
            assert set(members) <= {name for name, its in named.items() if its == group}


@pytest.mark.parametrize("importer", importers(), ids=lambda importer: importer.name)
def test_an_importer_says_what_it_reads_and_is_in_the_docs(importer) -> None:
    assert 20 < len(importer.summary) < 130
    assert "\n" not in importer.summary
    assert f"`{importer.name}`" in DOCS.read_text()


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_a_file_is_recognised_by_one_importer_alone(sample: Sample) -> None:
    document = read_document(sample.content, sample.file)
    assert [importer.name for importer in importers() if importer.sniff(document)] == [sample.importer]
    for hint in ("", sample.importer, next(i.group for i in importers() if i.name == sample.importer)):
        found = find_importer(document, hint)
        assert found is not None
        assert found.name == sample.importer


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_every_claim_fits_the_catalogue_and_has_place_and_digest(sample: Sample) -> None:
    result = result_of(sample)
    assert result.claims
    for claim in (*result.claims, *result.derived):
        spec = full_catalogue().find(claim.fact)
        assert spec is not None, claim.fact
        assert misfit(spec, claim) == ""
        assert claim.provenance is Provenance.IMPORTED
        assert claim.place.file == sample.file
        assert claim.sha256 == result.sha256
    assert result_of(sample) == result


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_published_file_is_read_and_every_top_level_value_is_used_or_listed(path: Path) -> None:
    result = read_artifact(path.read_bytes(), path.name)
    assert result.claims
    named = {claim.place.pointer for claim in (*result.claims, *result.derived)}
    named |= {notice.place.pointer for notice in result.notices} | {
        p.split(": ", 1)[-1] for p in result.ignored
    }
    document = read_document(path.read_bytes(), path.name)
    used_whole = {"/", ""} & named
    for part in document.parts:
        for key, value in part.data.items():
            if value in (None, "", [], {}) or used_whole:
                continue
            pointer = "/" + str(key).replace("~", "~0").replace("/", "~1")
            assert any(one == pointer or one.startswith(pointer + "/") for one in named) or key in (
                "kind",
                "bomFormat",
                "apiVersion",
                "unit",
                "servers",
            ), pointer


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_nothing_but_the_data_decides(sample: Sample) -> None:
    """Another line width, indentation or key order of a JSON file changes places only."""
    if not sample.file.endswith(".json"):
        return
    data = json.loads(sample.content)
    packed = json.dumps(dict(reversed(data.items())), separators=(",", ":")).encode()
    left, right = result_of(sample), read_artifact(packed, sample.file)
    assert sorted((c.fact, c.value) for c in left.claims) == sorted((c.fact, c.value) for c in right.claims)


@pytest.mark.parametrize(
    ("content", "may"),
    [
        (b"release:\n  commit: a\n", True),
        (b"# who\n\n  release:\n    commit: a\n", True),
        (b'{"note": 1, "release": {"commit": "a"}}', True),
        (b"# " + b"x" * 20_000 + b'\n"quota": {}\n', True),
        (b"releases of an access\n", False),
        (b"x" * 20_000 + b"\na:\n  release: 1\n", False),
    ],
)
def test_a_record_is_told_by_a_section_that_begins_a_line(content, may):
    (record,) = (one for one in importers() if one.name == "record")
    assert record.glance is not None
    assert record.glance(content) is may
