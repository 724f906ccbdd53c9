"""Limits: paths, sizes, depth, archives, aliases, entities; nothing in a file is run or fetched."""

from __future__ import annotations

import gzip
import io
import os
import socket
import subprocess
import zipfile
from pathlib import Path

import pytest
from artifact_samples import SAMPLES

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.artifacts.opening import inside_folder
from poc_gate.inputs.artifacts.opening.inside_folder import find_inside, read_bounded
from poc_gate.inputs.artifacts.opening.read_document import MAX_BYTES, read_document
from poc_gate.inputs.artifacts.read_artifact import importers, read_artifact


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("config.json", b"0" * 10_000_000)
    return out.getvalue()


HOSTILE = {
    "zip": (zipped(), "config.json", "zip archive"),
    "gzip": (gzip.compress(b"{}" * 100_000), "contract.yaml", "gzip archive"),
    "alias bomb": (
        b"a0: &a0 [x]\n"
        + b"".join(b"a%d: &a%d [%s]\n" % (n, n, b"*a%d," % (n - 1) * 10) for n in range(1, 12)),
        "a.odcs.yaml",
        "more than 400,000 values",
    ),
    "an alias of itself": (b"kind: DataContract\nid: &a [*a]\n", "a.odcs.yaml", "names no value before it"),
    "an anchor in a record of our own": (
        b"purpose: &a {intended_use: x}\nclassification: {tier: high}\nother: *a\n",
        "record.yaml",
        "anchor &a is not accepted",
    ),
    "tag": (b"kind: DataContract\nid: !!python/object/apply:os.system [echo]\n", "a.odcs.yaml", "tag"),
    "deep JSON": (b'{"a":' * 500 + b"1" + b"}" * 500, "config.json", "nested deeper"),
    "very deep JSON": (b"[" * 2_000_000, "config.json", "nested too deeply"),
    "deep YAML": (b"a: " + b"[" * 200_000, "a.odcs.yaml", "nested deeper|not readable"),
    "a key given twice": (b'{"model_type": "a", "model_type": "b"}', "config.json", "given twice"),
    "another encoding": ("apiVersion: v3.1.0".encode("utf-16"), "a.odcs.yaml", "UTF-8"),
    "nothing": (b"", "a.odcs.yaml", "not recognised|no data"),
    "only spaces": (b"  \n\n", "config.json", "not recognised|no data"),
    "a huge integer": (
        b'{"model_type": "a", "num_hidden_layers": ' + b"9" * 5000 + b"}",
        "config.json",
        "too large",
    ),
    "an unknown kind": (b"hello: world\n", "a.yaml", "not recognised"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_by_name(name: str) -> None:
    content, file, words = HOSTILE[name]
    with pytest.raises(InvalidInputError, match=words) as caught:
        read_artifact(content, file)
    assert all(fault.next_step for fault in caught.value.faults)


def test_a_file_over_the_limit_is_refused_before_it_is_parsed() -> None:
    class Large(bytes):
        def __len__(self) -> int:
            return MAX_BYTES + 1

    with pytest.raises(InvalidInputError, match="at most 268,435,456 are read"):
        read_document(Large(b"{}"), "config.json")


def test_importers_open_no_socket_and_start_no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real files that are full of addresses and commands are read while every way out is closed."""

    def refuse(*_arguments: object, **_options: object) -> None:
        raise AssertionError("an importer tried to leave the file")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(subprocess, "Popen", refuse)
    monkeypatch.setattr(os, "system", refuse)
    for sample in SAMPLES:
        assert read_artifact(sample.content, sample.file).claims


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "outside.yaml").write_text("secret: outside\n")
    inside = tmp_path / "pilot"
    (inside / "sub").mkdir(parents=True)
    (inside / "a.yaml").write_text("a: 1\n")
    (inside / "sub" / "b.yaml").write_text("b: 1\n")
    (inside / "out").symlink_to(tmp_path / "outside.yaml")
    (inside / "in").symlink_to(inside / "a.yaml")
    (inside / "loop").symlink_to(inside / "loop")
    (inside / "up").symlink_to(tmp_path)
    os.mkfifo(inside / "pipe")
    return inside


@pytest.mark.parametrize("path", ["a.yaml", "sub/b.yaml", "sub/../a.yaml", "in", "./a.yaml"])
def test_paths_inside_the_folder_are_read(folder: Path, path: str) -> None:
    assert read_bounded(find_inside(folder, path), path).endswith(b": 1\n")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("../outside.yaml", "leaves"),
        ("sub/../../outside.yaml", "leaves"),
        ("/etc/passwd", "absolute"),
        ("~/x", "absolute"),
        ("out", "leaves"),
        ("up/outside.yaml", "leaves"),
        ("loop", "circle|found"),
        ("missing.yaml", "cannot be found"),
        ("sub", "not a regular file"),
        ("pipe", "not a regular file"),
        ("", "empty"),
        ("a\0b", "empty"),
    ],
)
def test_other_paths_are_refused_by_name(folder: Path, path: str, words: str) -> None:
    with pytest.raises(InvalidInputError, match=words):
        find_inside(folder, path)


def test_of_weight_files_only_the_header_is_read(tmp_path: Path) -> None:
    sample = next(sample for sample in SAMPLES if sample.file == "model.safetensors")
    path = tmp_path / "model.safetensors"
    with path.open("wb") as file:
        file.write(sample.content)
        file.truncate(1 << 34)
    assert read_bounded(path, "model.safetensors") == sample.content


def test_a_large_file_is_refused_by_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inside_folder, "LARGEST_FILE", 10)
    path = tmp_path / "a.json"
    path.write_bytes(b"x" * 11)
    with pytest.raises(InvalidInputError, match="at most 10"):
        read_bounded(path, "a.json")


def test_a_mistyped_kind_gets_the_nearest_name() -> None:
    with pytest.raises(InvalidInputError, match="openslo"):
        read_artifact(b"hello: world\n", "a.yaml", kind="openslow")


def test_ignored_pointers_are_bounded() -> None:
    rows = "".join(f"extra_{number}: 1\n" for number in range(5000)).encode()
    result = read_artifact(b"kind: DataContract\nversion: 1\n" + rows, "a.odcs.yaml")
    assert len(result.ignored) == 2001
    assert result.ignored[-1].startswith("... more than")


def test_every_importer_survives_a_file_that_is_a_bare_list_or_text() -> None:
    for importer in importers():
        for content in (b'["a", 1, null, {"b": 2}]', b'"text"', b"3", b"- - - a\n"):
            try:
                read_artifact(content, "a.yaml", kind=importer.name)
            except InvalidInputError as error:
                assert error.faults
