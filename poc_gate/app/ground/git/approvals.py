"""Files that a role is said to have approved -> whether their history shows another hand than the author's."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from pathlib import Path

from msgspec import Struct

from poc_gate.app.ground.files.read_inputs import read_file
from poc_gate.app.ground.git.ask_git import GitError, Repository, opened
from poc_gate.app.ground.git.git_history import as_committed, inside_repository
from poc_gate.errors import InvalidInputError
from poc_gate.text.lazy_pattern import lazily

_TRAILER = lazily(
    r"^\s*(?:reviewed-by|approved-by|acked-by|signed-off-by):[^<\n]*<([^<>\s]+@[^<>\s]+)>\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_AUTHOR = lazily(r"^author [^<\n]*<([^<>\n]*)> ", re.MULTILINE)
TYPED = "typed"
_LARGEST_SIGNATURE = 1 << 16
_SIGNATURES = (b"-----BEGIN PGP SIGNATURE-----", b"-----BEGIN SSH SIGNATURE-----", b"untrusted comment:")
"""How the armoured signatures of OpenPGP, OpenSSH and minisign begin."""


class _Hand(Struct, frozen=True):
    """What the last commit of a file says of people; without an author where the file was changed since."""

    commit: str
    author: str
    trailers: frozenset[str]
    is_signed: bool


def approvals_of(root: Path, manifest: Path, files: Iterable[Path]) -> Mapping[Path, str]:
    """Return for each committed file what shows that somebody else approved it.

    `trailer`, `author`, `tag`, `signature`, `signed-file`, or `typed` where nothing does. The author is who last
    changed the manifest; a trailer, commit or tag of the same person shows nothing. Signatures are seen, not
    verified: that would start a program and needs keys. Empty outside a repository.
    """
    listed = list(files)
    try:
        with opened(root) as repository:
            hands = _last_hands(repository, [manifest, *listed])
            own = hands.get(manifest)
            tag = cache(partial(_tag, repository))  # files are often of one commit
            return {
                file: _shown(tag, file, hand, own.author if own is not None else hand.author)
                for file in listed
                if (hand := hands.get(file)) is not None
            }
    except (GitError, UnicodeDecodeError):
        return {}


def _shown(tag: Callable[[str, str], str], file: Path, hand: _Hand, author: str) -> str:
    if not hand.author:
        return TYPED
    if hand.trailers - {author}:
        return "trailer"
    if hand.author != author:
        return "author"
    if hand.is_signed:
        return "signature"
    return tag(hand.commit, author) or ("signed-file" if _is_signed_file(file) else TYPED)


def _tag(repository: Repository, commit: str, author: str) -> str:
    """Return `tag` or `signature` where an annotated tag on the commit, or a later one, is of somebody else or signed."""
    form = "%(taggeremail) %(contents:signature)"
    text = repository.ask("for-each-ref", f"--contains={commit}", f"--format=%01{form}", "refs/tags")
    tags = [tag.split(" ", 1) for tag in text.decode(errors="replace").split("\x01") if tag.strip()]
    if any(mail.strip().strip("<>").casefold() not in {"", author} for mail, *_ in tags):
        return "tag"
    return "signature" if any("BEGIN" in "".join(rest) for _, *rest in tags) else ""


def _is_signed_file(file: Path) -> bool:
    """Whether a detached signature lies beside the file; a Sigstore bundle must name its digest."""
    for suffix in (".asc", ".sig", ".minisig", ".sigstore.json", ".sigstore"):
        try:
            content = read_file(file.with_name(file.name + suffix))[:_LARGEST_SIGNATURE]
        except InvalidInputError:
            continue
        if suffix.startswith(".sigstore"):
            return base64.b64encode(hashlib.sha256(read_file(file)).digest()) in content
        return any(content.lstrip().startswith(mark) for mark in _SIGNATURES)
    return False


def _last_hands(repository: Repository, files: list[Path]) -> dict[Path, _Hand]:
    """Return what the last commits of these files say; files outside and files never committed are left out."""
    whole = {file: file.resolve() for file in files}
    inside = {file: name for file, path in whole.items() if (name := inside_repository(repository, path))}
    names = {name: whole[file] for file, name in inside.items() if "\n" not in name}
    if not names:
        return {}
    commits = _last_commits(repository, list(names))
    raw = _commits(repository, sorted(set(commits.values())))
    _, same = as_committed(repository, names)
    return {
        file: _hand(commits[name], raw[commits[name]])
        if name in same
        else _Hand("", "", frozenset(), is_signed=False)
        for file, name in inside.items()
        if commits.get(name) in raw
    }


def _last_commits(repository: Repository, names: list[str]) -> dict[str, str]:
    """Return the last commit that changed each file."""
    text = repository.ask("log", "-z", "--name-only", "--format=%x01%H", "--", *names).decode(
        errors="surrogateescape"
    )
    found: dict[str, str] = {}
    wanted = set(names)
    for block in text.split("\x01")[1:]:
        commit, *changed = (part.strip("\n") for part in block.split("\0"))
        for name in wanted.intersection(changed):
            found.setdefault(name, commit.strip())
    return found


def _commits(repository: Repository, ids: list[str]) -> dict[str, str]:
    """Return the raw text of commits."""
    answer = repository.ask("cat-file", "--batch", given="".join(f"{one}\n" for one in ids).encode())
    found: dict[str, str] = {}
    while answer:
        head, _, answer = answer.partition(b"\n")
        words = head.split()
        if len(words) != 3:
            break
        size = int(words[2])
        found[words[0].decode()], answer = answer[:size].decode(errors="replace"), answer[size + 1 :]
    return found


def _hand(commit: str, raw: str) -> _Hand:
    """Return what a commit says of people."""
    author = _AUTHOR.search(raw)
    head, _, message = raw.partition("\n\n")
    trailers = frozenset(mail.casefold() for mail in _TRAILER.findall(message))
    return _Hand(commit, author[1].casefold() if author else "", trailers, "\ngpgsig" in head)
