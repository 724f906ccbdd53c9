"""A text that stands where an answer or a name belongs -> whether it is one; the one list of words that are not.

Templates, forms and people in a hurry leave the same few words behind. Every reader and ledger asks here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from poc_gate.text.lazy_pattern import lazily

_ALIKE = str.maketrans("аеорсхукмтвніѕјԁοαενικτρυχ", "aeopcxykmtbhisjdoaevikтpyx".replace("т", "t"))
"""Letters of Cyrillic and Greek that look like Latin ones."""


def _listed(words: str) -> frozenset[str]:
    return frozenset(" ".join(part.split()).translate(_ALIKE) for part in words.split(","))


_UNDECIDED = _listed("""
    tbd, tba, tbc, t.b.d, t.b.a, t.b.c, todo, fixme, xxx, wip, pending, undecided, unknown, undefined, unspecified, unassigned, unclear,
    placeholder, changeme, lorem, ipsum, idk, dunno, asdf, qwerty, to do, to come, not known, not yet, not yet known,
    not sure, not stated, not specified, not set, not defined, not decided, not assigned, no idea, no answer, fill in,
    fill me in, fill this in, fill out, please fill in, please fill, please specify, please provide, change me,
    replace me, replace this, your answer here, your text here, insert text here, insert name here, your name,
    your name here, your team, name here, more information needed, information needed, coming soon, work in progress,
    under review, under discussion, in progress, see above, see below, lorem ipsum, t b d, t b c, noch offen, offen, unbekannt,
    noch nicht bekannt, wird nachgereicht, à définir, a definir, à déterminer, à compléter, inconnu, por definir, pendiente,
    desconocido, da definire, sconosciuto, nader te bepalen, onbekend, a definir, desconhecido, do ustalenia, nieznany, belirlenecek,
    待定, 未定, 未知, 暂无, 不明, なし, 미정, не определено, неизвестно, уточняется
""")
"""What says that the answer is still to come, without spaces and marks around it, in small letters."""
_NOT_GIVEN = _listed(
    "n/a, na, n.a, n. a, n.a., n\\a, k.a, k.a., s/o, null, nil, nan, not applicable, not available, not given, empty, blank, void"
)
"""What a form holds where nobody wrote anything."""
_NOTHING = _listed("none, no, nothing, not any, no one, noone, no-one, nobody, no body")
"""What names nothing and nobody; in a few places nothing is an answer, which those who ask there know."""
_FILLER = _listed("""
    x, open, test, testing, example, sample, dummy, foo, bar, baz, qux, abc, later, soon, tomorrow, here, insert, string,
    text, value, name, role, someone, something, anything
""")
"""Words that mean something in data, and nothing where a person was asked for an answer."""
_ANYBODY = _listed("""
    someone, somebody, some one, anyone, anybody, everyone, everybody, whoever, who, them, they, us, me, we, you, team,
    the team, owner, the owner, approver, reviewer, manager, person, people, user, admin, false, true, yes, ok,
    first name last name, john doe, jane doe, max mustermann, erika mustermann, mario rossi, juan perez, keiner, niemand, personne, nadie,
    nessuno, ninguem, nikt, nee, nein, нет, никто, vacant, test user, approved, done, same, ditto, idem, same as above, as above, select,
    choose, choose one, select one, please select, please choose
""")
"""What names no particular person and no role."""
_BEGINS = lazily(
    r"(?:tbd|tba|tbc|todo|fixme|xxx+|wip)(?![a-z0-9])"
    r"|(?:still )?to be (?:defined|determined|decided|done|confirmed|announced|assigned|agreed|added|completed|filled|"
    r"clarified|discussed|named|provided|written|specified|set|found|nominated|appointed)\b"
    r"|(?:is |are )?not (?:yet |been )+(?:defined|determined|decided|done|confirmed|assigned|known|agreed|named|set|clear)\b"
    r"|(?:please |kindly )?(?:fill|replace|insert|specify|describe|provide|enter) (?:in |out |this|the|your|here|me)"
    r"|more information (?:is )?needed|lorem ipsum"
)
"""How a text begins that goes on to say what is still missing."""
_NOT_A_NAME = lazily(
    r"(?:unknown|unnamed|someone|somebody|anyone|anybody|whoever|whomever|nobody|no one)\b"
    r"|(?:pending|awaiting|waiting for|subject to) (?:approval|decision|review|assignment|confirmation|nomination|hire|hiring)\b"
    r"|(?:see|as in|cf\.?) (?:the )?(?:ticket|jira|wiki|confluence|above|below|readme|document)\b|to be (?:hired|recruited|elected)\b|n/?a \("
    r"|(?:name|first\.?last|firstname\.lastname|you|your\.?name|user|username|foo|bar|john\.doe|jane\.doe|someone|somebody|nobody|noone|test|"
    r"email|mail|example|no-?reply|todo|tbd|xxx+)@\S+"
)
"""How a text begins that stands where a person or a role belongs and names neither."""
_TEMPLATE = lazily(
    r"<[^<>]*>|\[[^\[\]]*\]|\{\{.*\}\}|\{[^{}]*\}|\$\{[^{}]*\}|%[A-Za-z_]+%|__[^_].*__|<<.*>>", re.DOTALL
)
"""Brackets in which templates hold what is to be put in, where they hold the whole text."""
_BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5\u180e")
"""Letters by their category that show nothing."""
_INVISIBLE = {"Cf", "Cc", "Co", "Cs", "Cn", "Mn", "Me", "Zl", "Zp", "Zs"}
_MARKS = " \t\n.,;:!*_~`'\"|/\\+=#-\u2010\u2011\u2012\u2013\u2014\u2015\u2026\u00b7\u2022\u2212"


def visible(text: str) -> str:
    """Return a text as a reader sees it: compatibility forms made plain, what shows nothing taken out."""
    shown = "".join(
        " " if letter.isspace() else letter
        for letter in unicodedata.normalize("NFKC", text)
        if letter.isspace() or (letter not in _BLANKS and unicodedata.category(letter) not in _INVISIBLE)
    )
    return " ".join(shown.split())


@cache
def is_undecided(text: str) -> bool:
    """Say whether a text only says that an answer is still to come, or says nothing at all."""
    seen = visible(text)
    plain = _plain(seen)
    return (
        not plain
        or not any(letter.isalnum() for letter in plain)
        or seen.rstrip(_MARKS).endswith(("?", "\u061f"))
        or plain in _UNDECIDED
        or _TEMPLATE.fullmatch(seen.strip(_MARKS.replace("_", ""))) is not None
        or _BEGINS.match(plain) is not None
        or _is_one_letter_repeated(plain)
    )


@cache
def is_missing(text: str) -> bool:
    """Say whether a text is no answer: still undecided, or what a form holds that nobody filled in."""
    return is_undecided(text) or _plain(visible(text)) in _NOT_GIVEN


@cache
def is_placeholder(text: str) -> bool:
    """Say whether a text is no answer where nothing is none either: missing, or a word for nothing."""
    return is_missing(text) or _plain(visible(text)) in _NOTHING | _FILLER


def is_nobody(text: str) -> bool:
    """Say whether a text names no person and no role that could own or approve anything."""
    plain = _plain(visible(text))
    plain = plain.removeprefix("@")
    if is_placeholder(text) or is_placeholder(plain) or plain in _ANYBODY or _NOT_A_NAME.match(plain):
        return True
    return len(plain) < (2 if plain.isascii() else 1)


def _plain(seen: str) -> str:
    """Return a visible text in small Latin letters, without what decorates it."""
    plain = seen.casefold().translate(_ALIKE).strip(_MARKS)
    while plain[:1] in "([{<" and plain[-1:] in ")]}>" and len(plain) > 1:
        plain = plain[1:-1].strip(_MARKS)
    return plain


def _is_one_letter_repeated(plain: str) -> bool:
    return len(plain) > 1 and len(set(plain)) == 1
