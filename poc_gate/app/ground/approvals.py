"""Files that a role is said to have approved -> whether their history shows another hand than the author's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from poc_gate.app.ground.ask_git import GitError, Repository, opened
from poc_gate.app.ground.git_history import inside_repository, is_committed

_TRAILER = re.compile(
    r"^\s*(?:reviewed-by|approved-by|acked-by|signed-off-by):[^<\n]*<([^<>\s]+@[^<>\s]+)>\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_AUTHOR = re.compile(r"^author [^<\n]*<([^<>\n]*)> ", re.MULTILINE)
TYPED = "typed"


class _Hand(Struct, frozen=True):
    """What the last commit of a file says of people."""

    author: str
    trailers: frozenset[str]
    is_signed: bool


def approvals_of(root: Path, manifest: Path, files: Iterable[Path]) -> Mapping[Path, str]:
    """Return for each committed file what shows that somebody else approved it.

    `trailer`, `author`, `signature`, or `typed` where nothing does. The author is who last changed the
    manifest; a trailer or commit of the same person shows nothing. A signature is seen, not verified: that
    would start a program. Empty outside a repository.
    """
    found: dict[Path, str] = {}
    try:
        with opened(root) as repository:
            own = _last_hand(repository, manifest)
            for file in files:
                hand = _last_hand(repository, file)
                if hand is not None:
                    found[file] = _shown(hand, own.author if own is not None else hand.author)
    except (GitError, UnicodeDecodeError):
        return found
    return found


def _shown(hand: _Hand, author: str) -> str:
    if not hand.author:
        return TYPED
    if hand.trailers - {author}:
        return "trailer"
    if hand.author != author:
        return "author"
    return "signature" if hand.is_signed else TYPED


def _last_hand(repository: Repository, file: Path) -> _Hand | None:
    """Return what the last commit of a file says; None for files outside and files never committed."""
    whole = file.resolve()
    name = inside_repository(repository, whole)
    raw = repository.ask("log", "-1", "--format=raw", "--", name).decode(errors="replace") if name else ""
    author = _AUTHOR.search(raw)
    if author is None:
        return None
    head, _, message = raw.partition("\n\n")
    trailers = frozenset(mail.casefold() for mail in _TRAILER.findall(message))
    signed, (_, same) = "\ngpgsig" in head, is_committed(repository, {str(name): whole})
    # Whoever changed the file since then has approved nothing in its history.
    return _Hand(author[1].casefold(), trailers, signed) if same else _Hand("", frozenset(), is_signed=False)
