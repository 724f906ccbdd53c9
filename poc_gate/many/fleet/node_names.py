"""`n[001-064],login1` <-> the names of nodes, as Slurm and ClusterShell write them; short, since neither is a small dependency."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product

from poc_gate.errors import UsageError

MOST_NODES = 100_000
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,252}")
_RANGE = re.compile(r"(\d+)(?:-(\d+)(?:/(\d+))?)?")
_STEP = "write names such as n1,n2 or ranges such as 'n[001-064]'"


def expand_names(text: str) -> tuple[str, ...]:
    """Return the names that an expression stands for, each once, in the order written.

    Names are separated by commas or white space; `[1-3,7]` counts, leading zeros are kept, `[0-10/2]` counts in
    twos, several brackets multiply. Raises UsageError for what names no node: a name never begins with a dash
    and holds letters, digits, dots, dashes, underscores and colons only.
    """
    found: dict[str, None] = {}
    for word in _words(text):
        for name in _expanded(word):
            if not _NAME.fullmatch(name):
                raise UsageError(f"{_cut(name)!r} is not a name that a node can have", next_step=_STEP)
            found[name] = None
            if len(found) > MOST_NODES:
                raise UsageError(f"{_cut(text)!r} names more than {MOST_NODES:,} nodes", next_step=_STEP)
    if not found:
        raise UsageError("no node was given", next_step=_STEP)
    return tuple(found)


def is_node_name(name: str) -> bool:
    """Say whether a text can be the name of a node; such a text is also safe as the name of a file."""
    return _NAME.fullmatch(name) is not None


def _words(text: str) -> Iterator[str]:
    depth, word = 0, ""
    for sign in text:
        depth += (sign == "[") - (sign == "]")
        if depth == 0 and (sign == "," or sign.isspace()):
            if word:
                yield word
            word = ""
        else:
            word += sign
    if depth != 0:
        raise UsageError(f"a bracket of {_cut(text)!r} is not closed or not opened", next_step=_STEP)
    if word:
        yield word


def _expanded(word: str) -> Iterator[str]:
    parts = re.split(r"\[([^\[\]]*)\]", word)
    if len(parts) == 1:
        return iter([word])
    counted = [_numbers(inside, word) for inside in parts[1::2]]
    size = 1
    for numbers in counted:
        size *= len(numbers)
        if size > MOST_NODES:
            raise UsageError(f"{_cut(word)!r} names more than {MOST_NODES:,} nodes", next_step=_STEP)
    return (
        "".join([parts[0], *(n + after for n, after in zip(chosen, parts[2::2], strict=True))])
        for chosen in product(*counted)
    )


def _numbers(inside: str, word: str) -> list[str]:
    found: list[str] = []
    for part in inside.split(","):
        match = _RANGE.fullmatch(part.strip())
        if match is None or len(part) > 40:
            raise UsageError(f"{_cut(part)!r} in {_cut(word)!r} is not a range of numbers", next_step=_STEP)
        first, last, step = match.group(1), match.group(2) or match.group(1), int(match.group(3) or 1)
        if int(last) < int(first) or step < 1:
            raise UsageError(f"the range {_cut(part)!r} ends before it begins", next_step=_STEP)
        if (int(last) - int(first)) // step >= MOST_NODES:
            raise UsageError(f"{_cut(word)!r} names more than {MOST_NODES:,} nodes", next_step=_STEP)
        width = len(first) if first.startswith("0") else 0
        found += [f"{number:0{width}d}" for number in range(int(first), int(last) + 1, step)]
    return found


def fold_names(names: Iterable[str], *, brackets_last: bool = False) -> str:
    """Return names as short as they can be written; `expand_names` gives them back, sorted as people count.

    `brackets_last` leaves a name whole where more follows its last number: Slurm reads brackets at the end only.
    """
    runs: list[tuple[str, str, str, str]] = []  # before the number, first, last, after it
    for name in sorted(set(names), key=natural_order):
        match = re.fullmatch(r"(.*?)(\d+)(\D*)", name)
        if match is None or (brackets_last and match.group(3)):
            runs.append((name, "", "", ""))
            continue
        head, number, tail = match.groups()
        if runs and _follows(runs[-1], head, number, tail):
            runs[-1] = (head, runs[-1][1], number, tail)
        else:
            runs.append((head, number, number, tail))
    return ",".join(_joined(runs))


def _follows(run: tuple[str, str, str, str], head: str, number: str, tail: str) -> bool:
    before, first, last, after = run
    if (before, after) != (head, tail) or not last or int(number) != int(last) + 1:
        return False
    return len(first) == len(number) if first.startswith("0") else not number.startswith("0")


def _joined(runs: list[tuple[str, str, str, str]]) -> Iterator[str]:
    """Yield one word for each family of names: `n[1-3,7]`."""
    families: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for head, first, last, tail in runs:
        families.setdefault((head, tail), []).append((first, last))
    for (head, tail), counted in families.items():
        if counted == [("", "")]:
            yield head
        elif len(counted) == 1 and counted[0][0] == counted[0][1]:
            yield f"{head}{counted[0][0]}{tail}"
        else:
            ranges = ",".join(first if first == last else f"{first}-{last}" for first, last in counted)
            yield f"{head}[{ranges}]{tail}"


def natural_order(name: str) -> tuple[tuple[str, int, str], ...]:
    """Return a key by which n2 comes before n10."""
    parts = re.findall(r"(\D*)(\d*)", name)
    return tuple((text, int(digits or -1), digits) for text, digits in parts)


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}..."
