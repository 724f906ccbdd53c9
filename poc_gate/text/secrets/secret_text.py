"""The bytes of a text file -> the lines that hold literal secrets, found in one quick pass and then looked at closely."""

from __future__ import annotations

from collections.abc import Iterator

from poc_gate.text.lazy_pattern import lazily
from poc_gate.text.plain_words import PlainWords
from poc_gate.text.secrets.secret_lines import (
    CODE,
    KEY_WORDS,
    RECORDS,
    SETTINGS,
    TOKENS_ONLY,
    Found,
    find_in_line,
)
from poc_gate.text.secrets.secret_shapes import mark_places

_WORDS = {
    b"pass": False,
    b"pwd": False,
    b"secret": False,
    b"token": True,
    b"key": True,
    b"credential": False,
    b"bearer": False,
    b"authoriz": False,
    b"connection": False,
    b"masterauth": False,
}
"""Words of a secret's name, and whether the name ends with the word: `max_tokens` and `keys` hold none."""
_SIGN = rb"[\\\"'\])}]{0,4}[ \t]{0,20}(?:[=:,>?|]|or\b|[\"'])"
_TAIL = lazily(rb"[a-z_-]{0,14}" + _SIGN + rb"|[a-z_-]{0,14} [^\s]")
_TAIL_AT_END = lazily(_SIGN + rb"| [^\s]")
_KEY_BEFORE = lazily(rf"(?:{KEY_WORDS})[_-]?\Z".encode())
_ELSE = (
    b"-u ",
    b"--user",
    b"basic ",
    b" -p",
    b" -a ",
    b" -w ",
    b"auth(",
    b"auth=(",
    b"auth = (",
    b"getconnection(",
    b"credential(",
    b"password(",
    b"passwd(",
    b"passphrase(",
    b"_key(",
    b"skey(",
    b"tkey(",
    b"apikey(",
    b"secret(",
    b"token(",
    b"@tcp(",
    b"@unix(",
    b"@udp(",
    b"sqlplus ",
    b"pdp ",
)
"""On lowered bytes: what every other line with a secret that is given to a command has in it."""
_FOLLOWED = {word: _TAIL_AT_END if ends else _TAIL for word, ends in _WORDS.items()}
_OF_SETTINGS = {b"value": lazily(rb"[\"']?[ \t]{0,8}:"), b"default": lazily(rb"[ \t]{0,20}=")}
_LOOKED_FOR = PlainWords((*_WORDS, *_ELSE))
_LOOKED_FOR_IN_SETTINGS = PlainWords((*_WORDS, *_ELSE, *_OF_SETTINGS))
_ADDRESS = lazily(rb"(?:[^\s:@/]|//):[^\s@/\"'<>]{3,256}\Z")
"""What comes before the at sign of an address with a password; a cache needs no user before it."""
_PORT_LINE = lazily(rb":(?:\d{2,5}|\*):[^\s:]{1,64}:[^\s:]{1,64}:")
_BLOCK = lazily(r"(?m)^[ \t]*variable\s+\"?[\w.-]{3,80}\"?\s*\{[^{}]{0,600}\Z")
"""The head of a Terraform variable above its default."""
_ALLOWED = lazily(
    r"(?i)(?:gitleaks|betterleaks|trufflehog|kingfisher)[:\s-]*(?:allow|ignore)|pragma:\s*allowlist\s*(?:nextline\s*)?secret"
)
_KEY_BLOCK = "a private key"
_BODY = lazily(
    rb"BEGIN (?:[A-Z0-9 ]{0,30} )?PRIVATE KEY(?: BLOCK)?-----(?:(?!-----END)[\s\S]){0,400}?(?:[A-Za-z0-9+/=]{24}|Proc-Type)"
)
_KEY_REACH = 900
"""Bytes from the line's beginning within which a key has begun after its head."""
_LONGEST = 1 << 20
"""Bytes of a line of which only the first part is looked at; bundles and dumps have such lines."""

_DOCTEST = lazily(r"[ \t#]*(?:>>>|\.\.\.) ")
"""A line of a session that a docstring shows, which is run as a test."""
_SENTENCE = lazily(r"[a-z]{2}[.!?:,;] [A-Za-z]")
_ONE_TEXT = lazily(r"\s*\"[^\"\\]{1,60}\"\s*:\s*\"(?:[^\"\\]|\\.)*\",?\s*")
"""A member of a JSON object that is alone on its line: beside others, a password is its own."""
_WORDS_OF_PROSE, _SENTENCES, _LINES = 40, 3, 2


_SEALED = lazily(rb"(?m)^kind:[ \t]*[\"']?SealedSecret\b")
"""A file whose values only the controller of a cluster can decrypt; it is made to be kept beside the code."""


def find_in_bytes(content: bytes, form: str) -> Iterator[tuple[int, Found, bool]]:
    """Yield line number, secret, and whether the line itself says that a scanner shall pass it over."""
    number, counted = 1, 0
    records, form = form == RECORDS, SETTINGS if form == RECORDS else form
    form = TOKENS_ONLY if form == SETTINGS and _SEALED.search(content) else form
    for start, marked in _candidates(content, form).items():
        number += content.count(b"\n", counted, start)
        counted = start
        end = content.find(b"\n", start)
        line = _decoded(content[start : (end if end >= 0 else len(content))][:_LONGEST])
        before = content.rfind(b"\n", 0, max(0, start - 1)) + 1
        previous = _decoded(content[before:start][:_LONGEST]) if start else ""
        if form == SETTINGS and line.lstrip().startswith("default"):
            head = _BLOCK.search(_decoded(content[max(0, start - 800) : start]))
            previous = head[0].lstrip().split("\n")[0] if head else previous
        aside = _DOCTEST.match(line) if form == CODE else records and (_is_prose(line) or _is_passage(line))
        wanted = TOKENS_ONLY if aside else form
        for found in find_in_line(line, wanted, previous, marked=marked):
            if found.kind.startswith(_KEY_BLOCK) and not _BODY.search(content, start, start + _KEY_REACH):
                continue  # the head of a key alone, as a form shows it
            yield number, found, bool(_ALLOWED.search(line))


def _is_prose(line: str) -> bool:
    """Say whether a line of a data set holds sentences: a manual that a model learns from explains how a key is given."""
    return line.count(" ") >= _WORDS_OF_PROSE and sum(1 for _ in _SENTENCE.finditer(line)) >= _SENTENCES


def _is_passage(line: str) -> bool:
    """Say whether a line of a data set is one text of several lines, as manuals keep the settings that they show."""
    return line.count("\\n") >= _LINES and bool(_ONE_TEXT.fullmatch(line))


def _decoded(line: bytes) -> str:
    return line.decode("utf-8", errors="replace").rstrip("\r\n")


def _places(content: bytes, word: bytes) -> Iterator[int]:
    at = content.find(word)
    while at >= 0:
        yield at
        at = content.find(word, at + len(word))


def _addresses(content: bytes) -> Iterator[int]:
    """Yield the at signs with a password before them and a host behind them."""
    for at in _places(content, b"@"):
        before = content[max(0, at - 260) : at]
        if b":" in before and _ADDRESS.search(before):
            yield at


def _named_places(small: bytes, *, settings: bool) -> Iterator[int]:
    """Yield where a word of a secret's name ends as one does, with something behind it that a value can follow."""
    looked_for = _LOOKED_FOR_IN_SETTINGS if settings else _LOOKED_FOR
    for word, at in looked_for.places_in(small):
        tail = _FOLLOWED.get(word) or (_OF_SETTINGS.get(word) if settings else None)
        if (tail is None or tail.match(small, at + len(word))) and (
            word != b"key"
            or _KEY_BEFORE.search(small[max(0, at - 16) : at])
            or (settings and small[at - 1 : at] == b'"')
        ):
            yield at


def _candidates(content: bytes, form: str) -> dict[int, bool]:
    """Return where the lines begin that are worth a close look, in order, and whether one has a mark of a token."""
    marks = mark_places(content)
    offsets = list(_addresses(content))
    if form != TOKENS_ONLY:
        small = content.lower()
        offsets += _named_places(small, settings=form == SETTINGS)
        if form == SETTINGS:
            offsets += [match.start() for match in _PORT_LINE.finditer(small)]
    marked = set(_line_starts(content, marks))
    return {start: start in marked for start in _line_starts(content, [*marks, *offsets])}


def _line_starts(content: bytes, offsets: list[int]) -> Iterator[int]:
    """Yield where the lines begin that hold these places, in order, each once; a long line is searched once."""
    end = -1
    for at in sorted(offsets):
        if at > end:
            yield content.rfind(b"\n", max(end, 0), at) + 1
            end = content.find(b"\n", at)
            if end < 0:
                return
