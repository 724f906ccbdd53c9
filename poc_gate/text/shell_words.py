"""Command lines as a shell reads them -> words, simple commands, assignments and comments, nothing executed.

Both the reader of server options and the search for secrets look through this view, so that an option in a
shell string counts as one of the argument list does, and one behind `#` does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from poc_gate.text.lazy_pattern import lazily

MOST_WORDS = 5000
MOST_TEXT = 200_000
"""Characters of one command line that are looked at."""
_DEEPEST = 3
"""Shells inside shells that are opened."""
_BREAKS = (";", "|", "&", "(", ")", "\n")
_SHELLS = lazily(r"(?:.*/)?(?:ba|da|k|z|a)?sh")
_RUNS_TEXT = lazily(r"-[a-z]*c")
_ASSIGNED = lazily(r"([A-Za-z_]\w*)\+?=(.*)", re.DOTALL)
_VARIABLE = lazily(r"\$\((\w+)\)|\$\{(\w+)\}|\$(\w+)")


class Script(Struct, frozen=True):
    """What a command line says."""

    commands: tuple[tuple[str, ...], ...]
    """Simple commands, each as its words without quotes; assignments and shell keywords are left away."""
    assigned: dict[str, str]
    """Variables that the text sets, the last value of each."""
    comments: tuple[str, ...]


def read_script(text: str, known: dict[str, str] | None = None, depth: int = 0) -> Script:
    """Return the commands of a shell text; variables that it or `known` sets are filled in."""
    tokens, comments = _tokens(text[:MOST_TEXT])
    assigned: dict[str, str] = dict(known or {})
    commands: list[tuple[str, ...]] = []
    current: list[str] = []
    for token, quoted in [*tokens, ("\n", False)]:
        if not quoted and token in _BREAKS:
            _close(commands, current, assigned, depth)
            current = []
            continue
        match = _ASSIGNED.fullmatch(token) if not any(_is_command(word) for word in current) else None
        if match:
            assigned[match[1]] = filled(match[2], assigned)
        elif not quoted and _VARIABLE.fullmatch(token) and (value := filled(token, assigned)) != token:
            current += value.split()[:MOST_WORDS]  # an unquoted variable is split into words
        elif len(current) < MOST_WORDS:
            current.append(filled(token, assigned))
    own = {name: value for name, value in assigned.items() if known is None or known.get(name) != value}
    return Script(tuple(commands), own, comments)


def _close(commands: list[tuple[str, ...]], words: list[str], assigned: dict[str, str], depth: int) -> None:
    """Keep a simple command, or what the shell that it starts runs."""
    if not words:
        return
    for at, word in enumerate(words[:-1]):
        if depth < _DEEPEST and at and _RUNS_TEXT.fullmatch(word) and _SHELLS.fullmatch(words[at - 1]):
            commands += read_script(words[at + 1], assigned, depth + 1).commands
            return
    commands.append(tuple(words))


def _is_command(word: str) -> bool:
    return word not in (
        "export",
        "env",
        "exec",
        "set",
        "declare",
        "local",
        "then",
        "do",
        "else",
        "if",
        "while",
        "!",
        "{",
    )


def filled(text: str, known: dict[str, str]) -> str:
    """Return a text with the variables whose values are known; others stay as they are written."""
    return _VARIABLE.sub(lambda match: known.get(match[1] or match[2] or match[3], match[0]), text)


def _tokens(text: str) -> tuple[list[tuple[str, bool]], tuple[str, ...]]:
    """Return words (with whether they were quoted), operators and line ends, and the comments apart."""
    tokens: list[tuple[str, bool]] = []
    comments: list[str] = []
    word, quoted, at = "", False, 0

    def end() -> None:
        nonlocal word, quoted
        if word or quoted:
            tokens.append((word, quoted))
        word, quoted = "", False

    while at < len(text) and len(tokens) < 4 * MOST_WORDS:
        letter = text[at]
        if letter == "\\":
            word += "" if text[at + 1 : at + 2] == "\n" else text[at + 1 : at + 2]
            at += 2
            continue
        if letter in "'\"":
            inner, at = _quoted(text, at)
            word, quoted = word + inner, quoted or " " in inner or "\n" in inner or not inner
            continue
        if letter == "#" and not word and not quoted:
            stop = text.find("\n", at)
            stop = len(text) if stop < 0 else stop
            comments.append(text[at + 1 : stop])
            at = stop
            continue
        if letter == "$" and (match := _VARIABLE.match(text, at)):
            word, at = word + match[0], match.end()
            continue
        if letter in _BREAKS:
            end()
            tokens.append((letter, False))
        elif letter.isspace():
            end()
        else:
            word += letter
        at += 1
    end()
    return tokens, tuple(comments)


def _quoted(text: str, at: int) -> tuple[str, int]:
    """Return what stands between the quote at a position and its twin, and where the text goes on."""
    mark, inner, at = text[at], "", at + 1
    while at < len(text) and text[at] != mark:
        if mark == '"' and text[at] == "\\" and text[at + 1 : at + 2] in ('"', "\\", "$", "`", "\n"):
            inner += "" if text[at + 1] == "\n" else text[at + 1]
            at += 2
        else:
            inner += text[at]
            at += 1
    return inner, at + 1


def is_shell_text(text: str) -> bool:
    """Say whether a text can be a command line: several words, with an option or an assignment among them."""
    return bool(re.search(r"\s", text.strip())) and ("-" in text or "=" in text)


_SHORT = {
    "mysql": "-p", "mysqldump": "-p", "mysqladmin": "-p", "mariadb": "-p", "mariadb-dump": "-p", "redis-cli": "-a", "valkey-cli": "-a",
    "sshpass": "-p", "mongosh": "-p", "mongo": "-p", "mongodump": "-p", "ldapsearch": "-w", "docker": "-p", "podman": "-p",
    "az": "-p", "sqlcmd": "-P", "bcp": "-P", "snmpget": "-c", "helm": "-p",
}  # fmt: skip
"""Programs and their short option for a password; a letter alone means something else in each other program."""
PASSWORD_PROGRAMS = tuple(_SHORT)
"""Their names, for a quick look whether a text may hold one."""
_LOGIN_ONLY = frozenset({"docker", "podman", "az", "helm"})
"""Programs whose option means a password only behind the word `login`."""


def short_passwords(words: Sequence[str]) -> Iterator[str]:
    """Yield what stands behind the short option of a program that takes a password there, attached to it or apart."""
    for start, word in enumerate(words):
        program = word.rpartition("/")[2]
        option = _SHORT.get(program)
        if option is None or (program in _LOGIN_ONLY and "login" not in words[start:]):
            continue
        for at in range(start + 1, len(words)):
            if words[at] == option and at + 1 < len(words):
                yield words[at + 1]
            elif (
                words[at].startswith(option)
                and len(words[at]) > len(option)
                and not words[at].startswith("--")
            ):
                yield words[at][len(option) :].removeprefix("=")
