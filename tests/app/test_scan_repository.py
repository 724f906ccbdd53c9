"""The scan of a pilot's repository: counted once, whole, links not followed, secrets told by place only."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
from pathlib import Path

import pytest

import poc_gate
from poc_gate.app.ground.files import cache_files
from poc_gate.app.secrets import kept_looks, look_at_files
from poc_gate.app.secrets import scan_repository as scan
from poc_gate.app.secrets.reviewed_places import read_reviewed
from poc_gate.errors import InvalidInputError
from poc_gate.model.claim import Notice, Place
from poc_gate.model.measurement import Measurement
from poc_gate.model.quantity import Quantity

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SECRET = "AKIA" + "Q3EGRT7YHUJ2K4ML"
LITERAL = "Xk29qLmP7v" + "Rt4sWz"


def look(folder: Path, known: tuple[Notice, ...] = ()) -> tuple[Measurement, list[Notice], list[Notice]]:
    """Return the measurement, the notices that count, and those that are only shown."""
    scanned = scan.scan_repository(folder, known)
    measured, notices = scanned.measurement, [*scanned.found, *(one.notice for one in scanned.beside)]
    counted = [notice for notice in notices if notice.kind == "secret"]
    assert SECRET not in repr((measured, notices))
    assert LITERAL not in repr((measured, notices))
    return measured, counted, [notice for notice in notices if notice not in counted]


def repository(folder: Path, files: dict[str, str]) -> Path:
    """Write and commit files."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    run = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", "-C", str(folder)]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run([*run, *words], check=True, capture_output=True)
    return folder


def test_a_clean_folder_measures_none(tmp_path: Path):
    (tmp_path / "pilot.yaml").write_text("credential: env:DSN\n")
    (tmp_path / "app.py").write_text("print(1)\n")
    measured, counted, beside = look(tmp_path)
    assert measured.value == Quantity(0.0)
    assert counted == beside == []


def test_a_manifest_alone_says_nothing_on_the_code_that_is_elsewhere(tmp_path: Path):
    (tmp_path / "pilot.yaml").write_text("credential: env:DSN\n")
    measured, _, _ = look(tmp_path)
    assert measured.value is None
    assert "no git repository" in measured.reason


def test_the_whole_repository_is_looked_at_and_not_the_manifests_folder(tmp_path: Path):
    root = repository(tmp_path, {"pilots/x/pilot.yaml": "a: 1\n", "src/app.py": f'API_KEY = "{LITERAL}"\n'})
    measured, counted, _ = look(root / "pilots" / "x")
    assert measured.value == Quantity(1.0)
    assert counted[0].place.file == (root / "src/app.py").as_posix()


def test_a_secret_is_told_by_place_and_never_repeated(tmp_path: Path):
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "system.txt").write_text(f"be kind\nkey {SECRET}\n")
    measured, counted, _ = look(tmp_path)
    assert measured.value == Quantity(1.0)
    assert [(n.place.file, n.place.line) for n in counted] == [
        ((tmp_path / "prompts/system.txt").as_posix(), 2)
    ]


def test_what_reading_the_manifest_showed_counts_once(tmp_path: Path):
    path = tmp_path / "pilot.yaml"
    path.write_text(f"a: {SECRET}\n")
    known = (Notice("secret", "an AWS access key", Place(path.as_posix(), 1, 4)),)
    assert look(tmp_path, known)[0].value == Quantity(1.0)


def test_links_and_tool_folders_are_not_looked_at(tmp_path: Path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "key.txt").write_text(SECRET)
    pilot = repository(tmp_path / "pilot", {"a.py": "x = 1\n", "b.py": "y = 1\n"})
    (pilot / ".git" / "note").write_text(SECRET)
    (pilot / "link.txt").symlink_to(outside / "key.txt")
    (pilot / "folder").symlink_to(outside)
    assert look(pilot)[0].value == Quantity(0.0)


def test_what_git_ignores_is_in_no_clone_unless_it_was_committed(tmp_path: Path):
    root = repository(tmp_path, {".gitignore": ".env\nlogs/\n*.key\n", "app.py": "x = 1\n"})
    (root / ".env").write_text(f"API_KEY={LITERAL}\n")
    (root / "logs").mkdir()
    (root / "logs" / "a.txt").write_text(SECRET)
    assert look(root)[0].value == Quantity(0.0)
    subprocess.run(["git", "-C", str(root), "add", "-f", ".env"], check=True)
    subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", "-C", str(root), "commit", "-qm", "y"],
        check=True,
    )
    assert look(root)[0].value == Quantity(1.0)


@pytest.mark.parametrize("megabytes", [2, 20])
def test_large_files_are_looked_at_to_their_end(tmp_path: Path, megabytes: int):
    line = "a line of harmless words that goes on for a while, and then some more of them\n"
    text = line * (megabytes * 2**20 // len(line)) + f"key {SECRET}\n"
    (tmp_path / "big.txt").write_text(text)
    measured, counted, _ = look(tmp_path)
    assert measured.value == Quantity(1.0)
    assert counted[0].place.line == text.count("\n")


def test_a_file_that_was_not_looked_at_is_named_and_leaves_the_count_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(look_at_files, "LARGEST_FILE", 100)
    (tmp_path / "app.py").write_text("x = 1\n")
    (tmp_path / "dump.sql").write_text("select 1;\n" * 50)
    measured, _, _ = look(tmp_path)
    assert measured.value is None
    assert "dump.sql" in measured.reason
    (tmp_path / "app.py").write_text(SECRET)
    assert look(tmp_path)[0].value == Quantity(1.0)


def test_files_without_text_are_told_apart_and_wide_text_is_read(tmp_path: Path):
    (tmp_path / "weights.bin").write_bytes(b"\0" * 100 + SECRET.encode())
    (tmp_path / "a.txt").write_text("plain words\n")
    (tmp_path / "wide.txt").write_bytes(f"key {SECRET}\n".encode("utf-16"))
    measured, counted, _ = look(tmp_path)
    assert [notice.place.file.rpartition("/")[2] for notice in counted] == ["wide.txt"]
    assert "1 files are not text" in measured.method


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("tests/test_app.py", "in tests"), ("docs/setup.md", "in documentation"), (".env.example", "in an example"),
        ("examples/chat/app.py", "in an example"), ("vendor/lib/a.py", "in code of others"),
        ("android/app/google-services.json", "in a file that every client of Firebase has"),
    ],
)  # fmt: skip
def test_what_does_not_ship_is_shown_and_not_counted(tmp_path: Path, name: str, why: str):
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    text = f'{{"api_key": "{LITERAL}"}}\n' if name.endswith(".json") else f'API_KEY = "{LITERAL}"\n'
    (tmp_path / name).write_text(text)
    (tmp_path / "app.py").write_text("x = 1\n")
    measured, counted, beside = look(tmp_path)
    assert measured.value == Quantity(0.0)
    assert counted == []
    assert [notice.message.rpartition(": ")[2] for notice in beside] == [why]
    assert why in measured.method


def test_defaults_and_remarks_are_shown_and_not_counted(tmp_path: Path):
    (tmp_path / "compose.yaml").write_text("POSTGRES_PASSWORD: postgres\n")
    (tmp_path / "app.py").write_text(f'API_KEY = "{LITERAL}"  # gitleaks:allow\n')
    measured, _, beside = look(tmp_path)
    assert measured.value == Quantity(0.0)
    assert {notice.message.rpartition(": ")[2] for notice in beside} == {
        "a well-known default", "allowed by a remark in the line",
    }  # fmt: skip


EMULATOR = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
"""The key of every Azurite (https://learn.microsoft.com/azure/storage/common/storage-connect-azurite)."""


@pytest.mark.parametrize("name", ["Makefile", "settings.json"])
@pytest.mark.parametrize("key", [EMULATOR, EMULATOR.replace("Eby8", "Xby9")], ids=["emulator", "own"])
def test_the_key_of_every_emulator_is_no_secret(tmp_path: Path, name: str, key: str):
    written = f"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={key};BlobEndpoint=http://127.0.0.1:10000/devstoreaccount1;"
    line = (
        f'{{"AzureWebJobsStorage": "{written}"}}'
        if name.endswith("json")
        else f'run:\n\texport AZURE_STORAGE_CONNECTION_STRING="{written}"\n'
    )
    repository(tmp_path, {"app.py": "print(1)\n", name: line})
    measured, _, _ = look(tmp_path)
    assert measured.value == Quantity(float(key != EMULATOR))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("config.yaml", "connection_string: cache-redis-01:6379\n"),
        ("config.yaml", "hooks:\n  # run the export through `npx svgo@4 --multipass --precision=1` first\n"),
        ("values.yaml", "## secrets:\n##   key: |-\n##     -----BEGIN RSA PRIVATE KEY-----\n##     ...\n##     -----END RSA PRIVATE KEY-----\n##   certificate: MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n"),
        ("report.json", '{"issue": "Possible hardcoded password: \'latest/api/token\'"}\n'),
        ("set.sh", "jq -n '{authentication:{username:$username,password:{plaintext:$password}}}'\n"),
        ("set.sh", "sed -i 's/^# %wheel ALL=(ALL) NOPASSWD: ALL/%wheel ALL=(ALL) NOPASSWD:ALL/' /etc/sudoers\n"),
        ("app.yaml", "APPLICATIONINSIGHTS_CONNECTION_STRING: InstrumentationKey=d2fb45bc-e648-4da2-9345-d278636aede5;IngestionEndpoint=https://centralus-2.in.applicationinsights.azure.com/\n"),
        ("app.manifest", '<assemblyIdentity type="win32" name="Shop" publicKeyToken="1fc8b3b9a1e18e3b"/>\n'),
        ("check.sh", "if ! grep -q SYNC_PASSWORD= docker/.env; then exit 1; fi\n"),
    ],
    ids=["a host with its port", "an option that ends alike", "a form for a key", "a path", "a template", "a right without a password", "a key that is no secret", "the token of a public key", "a name that is looked for"],
)  # fmt: skip
def test_what_only_looks_like_a_secret_counts_nothing(tmp_path: Path, name: str, text: str):
    repository(tmp_path, {"app.py": "print(1)\n", name: text})
    measured, counted, _ = look(tmp_path)
    assert (measured.value, counted) == (Quantity(0.0), [])


def signed(claims: str) -> str:
    """Return a signed token that says what is given."""
    head, body = (
        base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
        for text in ('{"alg":"RS256","kid":"F6"}', claims)
    )
    return f"{head}.{body}.{'Qm9keSBvZiBhIHNpZ25hdHVyZQ' * 2}"


@pytest.mark.parametrize(
    ("claims", "expired"),
    [
        ('{"sub":"claims-reader","exp":1679543830}', True),
        ('{"sub":"claims-reader", "exp" : 4102444800}', False),
        ('{"sub":"claims-reader","iat":1679543830}', False),
    ],
)
@pytest.mark.parametrize("name", ["export.json", "settings.py"])
def test_a_token_whose_time_is_over_is_shown_and_not_counted(
    tmp_path: Path, name: str, claims: str, expired: bool
):
    line = (
        f'{{"code": "{signed(claims)}"}}' if name == "export.json" else f'ACCESS_TOKEN = "{signed(claims)}"\n'
    )
    repository(tmp_path, {"app.py": "print(1)\n", name: line})
    measured, counted, beside = look(tmp_path)
    assert measured.value == Quantity(float(not expired))
    assert len(counted) == (not expired)
    assert [notice.message.partition(": ")[2] for notice in beside] == ["a token that has expired"] * expired


@pytest.mark.parametrize(
    ("written", "counts"),
    [
        ("ci-run-jwt-secret-min-32-chars-long!", False),
        ("dev_pass_Xk29qLmP", False),
        ("claims_pass_dev_2024", False),
        ("claims_pass_9d2f4b", True),
        ("developer_pass_9d2f4b", True),
    ],
)
def test_a_value_that_says_it_is_for_developers_is_shown_and_not_counted(
    tmp_path: Path, written: str, counts: bool
):
    repository(tmp_path, {"app.py": "print(1)\n", "run.yaml": f"DB_PASSWORD: {written}\n"})
    measured, _, beside = look(tmp_path)
    assert measured.value == Quantity(float(counts))
    assert len(beside) == (not counts)


def test_reviewed_places_stand_with_their_reason_and_one_more_counts(tmp_path: Path):
    (tmp_path / "app.py").write_text(f'API_KEY = "{LITERAL}"\n')
    (tmp_path / "reviewed.yaml").write_text(
        "- {file: app.py, places: 1, reason: revoked in March and kept for a replay, by: security engineer, on: 2026-11-01}\n"
    )
    reviewed = read_reviewed(tmp_path, "reviewed.yaml", "2026-11-20")
    scanned = scan.scan_repository(tmp_path, (), reviewed)
    measured = scanned.measurement
    assert measured.value == Quantity(0.0)
    assert "revoked in March" in scanned.beside[0].why
    (tmp_path / "app.py").write_text(f'API_KEY = "{LITERAL}"\nOTHER_TOKEN = "{LITERAL}"\n')
    reviewed = read_reviewed(tmp_path, "reviewed.yaml", "2026-11-20")
    assert scan.scan_repository(tmp_path, (), reviewed).measurement.value == Quantity(1.0)
    old = read_reviewed(tmp_path, "reviewed.yaml", "2028-01-01")
    assert scan.scan_repository(tmp_path, (), old).measurement.value == Quantity(2.0)


@pytest.mark.parametrize(
    "entry",
    ["{file: a}", "{file: a, places: 0, reason: long enough it is, by: a, on: 2026-11-01}", "{file: a, places: 1, reason: no, by: a, on: 2026-11-01}",
     "{file: a, places: 1, reason: long enough it is, by: a, on: soon}"],
)  # fmt: skip
def test_a_review_without_reason_name_or_date_is_refused_with_its_line(tmp_path: Path, entry: str):
    (tmp_path / "r.yaml").write_text(f"reviewed:\n- {entry}\n")
    with pytest.raises(InvalidInputError) as caught:
        read_reviewed(tmp_path, "r.yaml", "2026-11-20")
    assert caught.value.faults[0].line == 2


@pytest.fixture
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("POC_GATE_CACHE_DIR", str(folder))
    monkeypatch.setattr(
        kept_looks, "_SETTLED_NS", -60_000_000_000
    )  # as if the files had been written long ago
    return folder


def many(folder: Path) -> Path:
    """Write more files than are looked at anew each time."""
    files = {f"src/m{i}.py": f"x = {i}\n" for i in range(kept_looks.WORTH_KEEPING)}
    return repository(folder, files | {"src/app.py": f'API_KEY = "{LITERAL}"\n', "logo.png": "\0\1"})


def test_what_was_looked_at_once_is_known_until_it_changes(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
):
    root = many(tmp_path)
    first = look_at_files.look_at_files(root)
    asked: list[str] = []
    look_at = look_at_files._look_at
    monkeypatch.setattr(
        look_at_files,
        "_look_at",
        lambda path, name, *, left: (asked.append(name), look_at(path, name, left=left))[1],
    )
    assert look_at_files.look_at_files(root) == first
    assert asked == []
    assert SECRET not in repr([entry.read_bytes() for entry in cache.iterdir()])
    assert LITERAL.encode() not in b"".join(entry.read_bytes() for entry in cache.iterdir())
    (root / "src" / "m7.py").write_text(f'k = "{SECRET}"\n')
    (root / "src" / "app.py").write_text("clean = 1\n")
    assert [one.name for one in look_at_files.look_at_files(root).telling] == ["src/m7.py"]
    assert sorted(asked) == ["src/app.py", "src/m7.py"]


def test_a_change_that_leaves_size_and_time_of_contents_alike_is_seen(tmp_path: Path, cache: Path):
    root = many(tmp_path)
    path, clean = root / "src" / "m7.py", f'k = "{"x" * len(SECRET)}"\n'
    path.write_text(clean)
    before = path.stat()
    assert [one.name for one in look_at_files.look_at_files(root).telling] == ["src/app.py"]
    path.write_text(f'k = "{SECRET}"\n')
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert [one.name for one in look_at_files.look_at_files(root).telling] == ["src/app.py", "src/m7.py"]


def test_a_name_that_is_no_text_is_looked_at_each_time(tmp_path: Path, cache: Path):
    root = many(tmp_path)
    (root / os.fsdecode(b"na\xefve.py")).write_text("x = 1\n")
    first = look_at_files.look_at_files(root)
    assert list(cache.iterdir())
    assert look_at_files.look_at_files(root) == first


def test_a_file_that_had_just_changed_is_looked_at_again(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(kept_looks, "_SETTLED_NS", 3_600_000_000_000)
    root = many(tmp_path)
    look_at_files.look_at_files(root)
    (entry,) = cache.iterdir()
    stamps = kept_looks.stamps_of(root, ("src/app.py",))
    assert kept_looks.read_kept(entry, stamps) == {}


@pytest.mark.parametrize("spoil", ["truncated", "writable by others", "of another kind"])
def test_an_odd_entry_is_not_used(tmp_path: Path, cache: Path, spoil: str):
    root = many(tmp_path)
    first = look_at_files.look_at_files(root)
    (entry,) = cache.iterdir()
    if spoil == "truncated":
        entry.write_bytes(entry.read_bytes()[:-1])
    elif spoil == "writable by others":
        entry.chmod(0o666)
    else:
        cache_files.write_entry(entry, b"\x93\x01\x02\x03")
    assert kept_looks.read_kept(entry, kept_looks.stamps_of(root, ("src/app.py",))) == {}
    assert look_at_files.look_at_files(root) == first


@pytest.mark.parametrize("inside", [True, False], ids=["from the pilot's folder", "from elsewhere"])
def test_the_finding_says_where_every_counted_secret_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, inside: bool
):
    pilot = tmp_path / "repository" / "pilot"
    shutil.copytree(EXAMPLES / "support-assistant", pilot)
    lines = "".join(f'S{number}_API_KEY = "{LITERAL}{number}x"\n' for number in range(12))
    repository(
        tmp_path / "repository", {"src/app.py": lines, "tests/test_app.py": f'API_KEY = "{LITERAL}"\n'}
    )
    monkeypatch.chdir(pilot if inside else tmp_path)
    result = poc_gate.assess("." if inside else pilot, machine=pilot / "machine.json", on="2026-11-23")
    found = next(one for one in result.findings if one.rule == "F06-no-secrets")
    named = ", ".join(f"../src/app.py:{line}" for line in range(1, 11))
    assert found.message.endswith(f"12, over the limit of 0: {named} and 2 more.")
    assert found.evidence_notes == ("shown, not counted: in tests: 1 (../tests/test_app.py:1)",)
    assert (Path(found.place.file).name, found.place.line) == ("app.py", 1)
    assert LITERAL not in repr(result.findings)
