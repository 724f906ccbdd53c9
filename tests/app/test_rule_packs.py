"""Packs by folder, name and installed package; pinned digests; the cache of checked packs."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from poc_gate.app.ground.catalogue import full_catalogue
from poc_gate.app.ground.files import cache_files
from poc_gate.app.ground.packs import pack_cache
from poc_gate.app.ground.packs.rule_packs import find_pack, load_rule_packs, packs_under, read_pack_folder
from poc_gate.app.packs.scaffold_rule import scaffold_rule
from poc_gate.base.shipped_files import shipped_packs
from poc_gate.errors import InvalidInputError, InvalidPackError, UsageError
from poc_gate.judge.packs.load_packs import load_packs
from poc_gate.judge.packs.pack_digest import pack_digest


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "house"
    scaffold_rule("X01-short", folder, dimension="access-latency", per_source=True, today="2026-11-22")
    return folder


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("POC_GATE_CACHE_DIR", str(folder))
    monkeypatch.setattr(
        pack_cache, "_LOADED", {}
    )  # a process keeps what it loaded; each test is a process of its own
    return folder


def test_a_folder_is_loaded_beside_the_shipped_packs(pack: Path) -> None:
    packs = load_rule_packs([str(pack)])
    assert {"core", "house"} <= {held.id for held in packs.packs}
    assert packs.find("X01-short") is not None
    assert packs.find("X01") is packs.find("X01-short")


def test_a_shipped_pack_named_again_is_not_loaded_twice() -> None:
    assert [held.id for held in load_rule_packs(["rag"]).packs] == [
        held.id for held in load_rule_packs().packs
    ]


def test_a_pinned_pack_must_be_the_one(pack: Path) -> None:
    digest = pack_digest(read_pack_folder(pack).files)
    assert load_rule_packs([f"{pack}@sha256:{digest}"]).find("X01-short") is not None
    (pack / "X01-short.yaml").write_text((pack / "X01-short.yaml").read_text() + "# changed\n")
    with pytest.raises(InvalidPackError, match="not the one that was pinned"):
        load_rule_packs([f"{pack}@sha256:{digest}"])


def test_a_name_of_nothing_is_told() -> None:
    with pytest.raises(UsageError, match="unknown rule pack 'nowhere'"):
        find_pack("nowhere")


def test_links_and_large_files_are_refused(pack: Path) -> None:
    (pack / "X02-link.yaml").symlink_to("/etc/hostname")
    (pack / "X03-large.yaml").write_bytes(b"#" * (1 << 18))
    with pytest.raises(InvalidPackError) as caught:
        read_pack_folder(pack)
    assert len(caught.value.faults) == 2


def test_a_folder_of_packs_gives_each_of_them(pack: Path) -> None:
    shutil.copytree(pack, pack.parent / "other")
    assert [Path(source.name).name for source in packs_under(str(pack.parent))] == ["house", "other"]
    with pytest.raises(UsageError, match="contains no rule pack"):
        packs_under(str(_empty(pack)))


def _empty(pack: Path) -> Path:
    folder = pack.parent / "other" / "empty"
    folder.mkdir()
    return folder


def installed(pack: Path, tmp_path: Path, entry: str = "house_rules:packs") -> Path:
    """Write a distribution that declares the pack; return the folder to put on the path."""
    site = tmp_path / "site"
    package = site / "house_rules"
    shutil.copytree(pack, package / "packs")
    (package / "__init__.py").write_text("raise SystemExit('the code of a pack was run')\n")
    info = site / "house_rules-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: house-rules\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[poc_gate.packs]\nhouse = {entry}\n")
    files = [f"house_rules/packs/{path.name},,\n" for path in sorted((package / "packs").iterdir())]
    (info / "RECORD").write_text("".join(files))
    return site


def test_an_installed_pack_is_found_without_importing_its_code(pack: Path, tmp_path: Path) -> None:
    site = installed(pack, tmp_path)
    script = "from poc_gate.app.ground.packs.rule_packs import find_pack\nimport sys\nprint(sorted(find_pack('house').files))\n"
    script += "assert 'house_rules' not in sys.modules\n"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(site)!r})\n{script}"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "['X01-short.yaml', 'pack.yaml']"


@pytest.mark.parametrize(
    ("entry", "spoil", "said"),
    [
        ("house_rules:..", "", "not a folder of that package"),
        ("house_rules:...", "", "not a folder of that package"),
        ("/etc:passwd", "", "metadata of an installed package is broken"),
        ("house_rules:other", "", "lists no rules there"),
        ("house_rules:packs", "link", "is not a regular file"),
        ("house_rules:packs", "gone", "is not a regular file"),
        ("house_rules:packs", "large", "is over 131,072 bytes"),
        ("house_rules:packs", "record", "metadata of an installed package is broken"),
        ("house_rules:packs", "entries", "metadata of an installed package is broken"),
    ],
)
def test_a_hostile_distribution_is_refused_in_words(
    pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: str, spoil: str, said: str
) -> None:
    """What its metadata names is data as well: no path out of it, no device, no file that is not there."""
    site = installed(pack, tmp_path, entry)
    rule, info = site / "house_rules" / "packs" / "X01-short.yaml", site / "house_rules-1.0.dist-info"
    if spoil in {"link", "gone"}:
        rule.unlink()
    if spoil == "link":
        rule.symlink_to("/dev/zero")
    if spoil == "large":
        rule.write_bytes(b"#" * 200_000)
    if spoil == "record":
        (info / "RECORD").write_bytes(b"\xff\xfe\x00")
    if spoil == "entries":
        (info / "entry_points.txt").write_text("[poc_gate.packs]\nhouse\n")
    monkeypatch.syspath_prepend(str(site))
    with pytest.raises(InvalidInputError) as caught:
        find_pack("house")
    assert said in caught.value.faults[0].what


def test_the_cache_gives_the_same_packs(cache: Path, pack: Path) -> None:
    first = load_rule_packs([str(pack)])
    shipped, added = cache.iterdir()
    assert {entry.stat().st_mode & 0o077 for entry in (shipped, added)} == {0}
    second = load_rule_packs([str(pack)])
    assert second.packs == first.packs


def test_a_pack_that_is_read_beside_those_that_ship_is_the_same_as_read_with_them(
    cache: Path, pack: Path
) -> None:
    apart = load_rule_packs([str(pack)])
    source = read_pack_folder(pack)
    folders = {f"rules/{name}": files for name, files in shipped_packs().items()}
    together = load_packs({**folders, source.name: source.files}, full_catalogue())
    pack_cache._LOADED.clear()
    again = load_rule_packs([str(pack)])
    assert len(list(cache.iterdir())) == 2
    assert apart.packs == together.packs == again.packs
    for rule in together.rules.values():
        assert again.compiled(again.rules[rule.id]).rule == rule


def test_a_changed_pack_is_read_again(cache: Path, pack: Path) -> None:
    load_rule_packs([str(pack)])
    text = (pack / "X01-short.yaml").read_text()
    (pack / "X01-short.yaml").write_text(text.replace("500 ms", "400 ms"))
    limits = load_rule_packs([str(pack)]).rules["X01-short"].limits
    assert limits["allowed"].value.value == pytest.approx(0.4)
    assert len(list(cache.iterdir())) == 3, "those that ship, the pack before and the pack after"


@pytest.mark.parametrize("spoil", ["truncated", "flipped", "writable by others", "other packs"])
def test_an_odd_entry_is_not_used(cache: Path, pack: Path, spoil: str) -> None:
    folders = {"house": read_pack_folder(pack).files}
    wanted = pack_cache.load_packs_cached(folders, full_catalogue()).packs
    (entry,) = cache.iterdir()
    content = entry.read_bytes()
    if spoil == "truncated":
        entry.write_bytes(content[:-1])
    elif spoil == "flipped":
        entry.write_bytes(content.replace(b"500 ms", b"900 ms").replace(b"Say where", b"Say Where"))
    elif spoil == "writable by others":
        entry.chmod(0o666)
    else:
        entry.write_bytes(_entry_of(pack, cache))
    assert pack_cache._read(entry, {"house": pack_digest(folders["house"])}) is None
    assert pack_cache.load_packs_cached(folders, full_catalogue()).packs == wanted


def _entry_of(pack: Path, cache: Path) -> bytes:
    """Return a whole entry that holds other rules."""
    other = pack.parent / "weak"
    shutil.copytree(pack, other)
    text = (other / "X01-short.yaml").read_text()
    (other / "X01-short.yaml").write_text(text.replace("500 ms", "550 ms"))
    before = set(cache.iterdir())
    pack_cache.load_packs_cached({"house": read_pack_folder(other).files}, full_catalogue())
    (entry,) = set(cache.iterdir()) - before
    content = entry.read_bytes()
    entry.unlink()
    return content


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setenv("POC_GATE_CACHE_DIR", str(blocked / "cache"))
    assert load_rule_packs().rules


def test_no_cache_on_ci_or_when_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POC_GATE_CACHE_DIR", raising=False)
    monkeypatch.setenv("CI", "true")
    assert cache_files.cache_folder() is None
    monkeypatch.setenv("POC_GATE_CACHE_DIR", "")
    monkeypatch.delenv("CI")
    assert cache_files.cache_folder() is None
