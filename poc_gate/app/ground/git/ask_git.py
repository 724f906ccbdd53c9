"""A repository -> what git says of it, asked under a configuration of our own: the one place that starts git.

Git runs programs that settings name: filters, hooks, monitors, pagers, signers, helpers, whole transports. No list
of such settings stays complete, so none is switched off here. Instead git is given a folder of ours as its
repository: with our configuration, links to the references, and the judged repository's objects beside it. Its
configuration, attributes, hooks, grafts and replacements, the user's and the system's are out of git's sight.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path

from msgspec import Struct

from poc_gate.text.lazy_pattern import lazily

MOST_OUTPUT = 256 << 20
"""Bytes of one answer; what an ordinary repository answers here is a thousandth of it."""
LONGEST_RUN = 60
"""Seconds for one call of git; reading some files of one revision takes far less."""
_LARGEST_POINTER = 1 << 12
"""Bytes of HEAD, or of a `.git` file."""
_LARGEST_CONFIG = 1 << 20
_CHUNK = 1 << 20
_MOST_PLACES = 50_000
"""Files of a repository's folder that are looked at before git is asked."""
_LINKED = ("refs", "packed-refs", "reftable", "logs", "shallow")
"""What is seen of the common folder of all work trees: names of commits, and where the history was cut off."""
_OWN = ("FETCH_HEAD", "ORIG_HEAD")
_CONFIG = """[core]
\trepositoryformatversion = 1
\tbare = false
\tfsmonitor = false
\thooksPath = /dev/null
\tattributesFile = /dev/null
\texcludesFile = /dev/null
\tcommitGraph = false
\tuntrackedCache = false
\twarnAmbiguousRefs = true
[protocol]
\tallow = never
[log]
\tshowSignature = false
[gc]
\tauto = 0
[maintenance]
\tauto = false
"""
_FORMAT_KEYS = r"^extensions\.(objectformat|refstorage)$"
"""How objects and references are stored: without them such a repository cannot be read."""
_FORMAT = lazily(r"[a-z0-9]{1,20}")
_UPSTREAM_KEYS = r"^(branch\..*\.(merge|remote)|remote\..*\.fetch)$"
"""What `@{upstream}` means; plain names."""
_PASSED_ON = ("SYSTEMROOT", "SYSTEMDRIVE", "TMP", "TEMP", "TMPDIR")
"""Of the environment; everything else stays away from git, also what only a future version would heed."""


class GitError(Exception):
    """Git is not there, knows no such thing, or did not answer in time; the text is for a person."""


class GitMissingError(GitError):
    """There is no git on this machine."""


class Repository(Struct, frozen=True):
    """A repository that git can be asked about."""

    root: Path
    """Of the work tree."""
    scratch: Path
    """The folder of ours that git takes for the repository."""
    environment: Mapping[str, str]

    def ask(self, *arguments: str, given: bytes = b"") -> bytes:
        """Return what git prints; raises GitError."""
        return self.ask_both(*arguments, given=given)[0]

    def ask_both(self, *arguments: str, given: bytes = b"") -> tuple[bytes, str]:
        """Return what git prints, and what it remarks; raises GitError."""
        words = (
            _program(self.root),
            "--no-pager",
            "--literal-pathspecs",
            "-C",
            str(self.scratch),
            *arguments,
        )
        return _run(words, self.environment, given)


def repository_of(folder: Path) -> Path | None:
    """Return the root of the work tree that a folder is in, or None."""
    here = folder.resolve()
    return next((parent for parent in (here, *here.parents) if (parent / ".git").exists()), None)


@contextmanager
def opened(folder: Path, *, upstream: bool = False) -> Iterator[Repository]:
    """Yield the repository around a folder; `upstream` lets `@{upstream}` be understood. Raises GitError."""
    root = repository_of(folder)
    if root is None:
        raise GitError("not in a git repository")
    try:
        own = _git_folder(root)
        common = _common_folder(own)
        _refuse_special(own, common)
        with tempfile.TemporaryDirectory(prefix="poc-gate-git-") as made:
            scratch = Path(made).resolve()
            _furnish(root, scratch, own, common)
            environment = _environment(scratch, root, own, common)
            if upstream:
                settings = _settings(common / "config", _UPSTREAM_KEYS, root, scratch)
                environment |= _as_variables(settings)
            yield Repository(root, scratch, environment)
    except OSError as error:
        raise GitError(f"the repository cannot be read: {error.strerror or type(error).__name__}") from None


def _refuse_special(own: Path, common: Path) -> None:
    """Refuse pipes, sockets and devices where git would open a file, and wait for ever. Raises GitError."""
    folders = (common / "objects" / "info", common / "objects" / "pack", common / "refs")
    files = (Path(at) / name for folder in folders for at, _, names in os.walk(folder) for name in names)
    for place in (own / "index", common / "packed-refs", *islice(files, _MOST_PLACES)):
        if place.exists() and not place.is_file() and not place.is_dir():
            raise GitError(f"{place.name} of the repository is not a file")


def _git_folder(root: Path) -> Path:
    """Return the folder that holds HEAD and index: `.git`, or where that file leads in further work trees."""
    place = root / ".git"
    if place.is_dir():
        return place
    kind, _, path = _small(place).partition(":")
    if kind != "gitdir" or not path.strip():
        raise GitError("the file .git does not lead to a repository")
    return root / path.strip()


def _common_folder(own: Path) -> Path:
    shared = own / "commondir"
    return own / _small(shared).strip() if shared.is_file() else own


def _small(path: Path) -> str:
    if not path.is_file():
        raise GitError(f"{path.name} of the repository is not a file")
    with path.open("rb") as file:
        return os.fsdecode(file.read(_LARGEST_POINTER))


def _furnish(root: Path, scratch: Path, own: Path, common: Path) -> None:
    formats = _settings(common / "config", _FORMAT_KEYS, root, scratch)
    kept = [f"\t{key.rpartition('.')[2]} = {value}\n" for key, value in formats if _FORMAT.fullmatch(value)]
    extensions = f"[extensions]\n{''.join(kept)}" if kept else ""
    (scratch / "config").write_text(_CONFIG + extensions, encoding="ascii")
    (scratch / "HEAD").write_bytes(os.fsencode(_small(own / "HEAD")))
    for name in _LINKED:
        _show(common / name, scratch / name)
    for name in _OWN:
        _show(own / name, scratch / name)
    (scratch / "refs").mkdir(exist_ok=True)


def _show(there: Path, here: Path) -> None:
    """Let git find a file or folder in our folder: by a link, or a copy where the system makes no links."""
    if not there.is_file() and not there.is_dir():
        return
    try:
        here.symlink_to(there.resolve())
    except (OSError, NotImplementedError):
        if there.is_dir():
            shutil.copytree(there, here, symlinks=True)
        else:
            shutil.copyfile(there, here)


def _environment(scratch: Path, root: Path, own: Path, common: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name.upper() in _PASSED_ON}
    return {
        **kept,
        "PATH": os.pathsep.join(_folders(root)),
        "HOME": str(scratch),
        "XDG_CONFIG_HOME": str(scratch),
        "LC_ALL": "C",
        "GIT_DIR": str(scratch),
        "GIT_WORK_TREE": str(root),
        "GIT_OBJECT_DIRECTORY": str((common / "objects").resolve()),
        "GIT_INDEX_FILE": str((own / "index").resolve()),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
    }


def _folders(root: Path) -> list[str]:
    """Return the folders of PATH where programs may be looked for: none of the judged repository's, none relative."""
    named = [Path(folder) for folder in os.environ.get("PATH", os.defpath).split(os.pathsep) if folder]
    return [
        str(folder) for folder in named if folder.is_absolute() and not folder.resolve().is_relative_to(root)
    ]


def _program(root: Path) -> str:
    for folder in _folders(root):
        found = shutil.which(str(Path(folder) / "git"))
        if found is not None and not Path(found).resolve().is_relative_to(root):
            return found
    raise GitMissingError("git is not installed")


def _settings(config: Path, pattern: str, root: Path, scratch: Path) -> list[tuple[str, str]]:
    """Return the settings of a configuration file whose names match, as git reads them, without what it includes."""
    if not config.is_file() or config.stat().st_size > _LARGEST_CONFIG:
        return []
    if pattern == _FORMAT_KEYS and b"extensions" not in config.read_bytes().lower():
        return []  # spares most runs a process
    words = ("config", "--null", "--no-includes", "--file", str(config.resolve()), "--get-regexp", pattern)
    kept = _environment(scratch, root, scratch, scratch)
    with suppress(GitError):  # no such setting is an error to git
        rows = os.fsdecode(_run((_program(root), "-C", str(scratch), *words), kept, b"")[0]).split("\0")
        return [(key, value) for key, _, value in (row.partition("\n") for row in rows if row)]
    return []


def _as_variables(settings: list[tuple[str, str]]) -> dict[str, str]:
    found = {"GIT_CONFIG_COUNT": str(len(settings))} if settings else {}
    for number, (key, value) in enumerate(settings):
        found |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return found


def _run(words: tuple[str, ...], environment: Mapping[str, str], given: bytes) -> tuple[bytes, str]:
    """Return what a program prints, bounded in time and size; raises GitError."""
    late = threading.Event()
    with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as remarks:
        asked.write(given)
        asked.seek(0)
        try:
            process = subprocess.Popen(  # noqa: S603 - a fixed program, arguments as a list, no shell
                words, stdin=asked, stdout=subprocess.PIPE, stderr=remarks, env=dict(environment)
            )
        except FileNotFoundError:
            raise GitMissingError("git is not installed") from None

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(LONGEST_RUN, stop)
        timer.daemon = True
        timer.start()
        with process:
            try:
                answer = _read(process)
            except BaseException:
                process.kill()
                raise
            process.wait()
        timer.cancel()
        remarks.seek(0)
        said = remarks.read(_LARGEST_POINTER).decode(errors="replace").strip()
    if late.is_set():
        raise GitError("git did not answer within a minute")
    if process.returncode != 0:
        raise GitError(said.splitlines()[-1] if said else "git failed")
    return answer, said


def _read(process: subprocess.Popen[bytes]) -> bytes:
    assert process.stdout is not None
    parts, size = [], 0
    while part := os.read(process.stdout.fileno(), _CHUNK):
        parts.append(part)
        size += len(part)
        if size > MOST_OUTPUT:
            raise GitError(f"git answers more than {MOST_OUTPUT >> 20} MiB")
    return b"".join(parts)
