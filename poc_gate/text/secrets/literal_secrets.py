"""Text -> which kind of secret stands in it literally; the secret itself is never returned.

Every pattern begins at a token's start and runs over each character once, so that a hostile text cannot
make the search slow. References (`env:NAME`, `${NAME}`, `<password>`, `***`) are not secrets.
"""

from __future__ import annotations

import math
from collections import Counter

from poc_gate.text.lazy_pattern import lazily

_START = r"(?<![A-Za-z0-9_/+.-])"

_SHAPES = (
    ("an AWS access key", r"(?:AKIA|ASIA)[0-9A-Z]{16}(?![0-9A-Z])"),
    ("a GitHub token", r"(?:gh[opsur]_[A-Za-z0-9]{30,}|github_pat_\w{22,})"),
    ("a GitLab token", r"glpat-[\w-]{20,}"),
    ("a Slack token", r"xox[abeoprs]-[\w-]{10,}"),
    ("a model provider's key", r"(?:sk-[\w-]{20,}|nvapi-[\w-]{20,}|hf_[A-Za-z0-9]{20,})"),
    ("a Google key", r"AIza[\w-]{35}"),
    ("a payment provider's key", r"[rs]k_live_[0-9A-Za-z]{16,}"),
    ("a signed token (JWT)", r"eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]*"),
)
"""Published shapes of access tokens."""

_TOKEN = lazily("|".join(f"(?P<s{i}>{_START}{shape})" for i, (_, shape) in enumerate(_SHAPES)))
_KEY_BLOCK = lazily(r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----")
_URL = lazily(r"(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]*://[^\s:@/]*:([^\s@/]+)@")
_PAIR = lazily(
    r"(?i)(?<![A-Za-z0-9])(?:password|passwd|pwd|passphrase|secret|token|api[_-]?key|access[_-]?key|accountkey"
    r"|sharedaccesskey|client[_-]?secret)(?:=|:(?=\S)|\": ?\")([^\s;&,'\"]{4,})"
)
_SPACED_PAIR = lazily(
    r"(?i)(?<![A-Za-z0-9])(?:[\w.-]{0,24}[_.-])?(?:password|passwd|pwd|passphrase|secret|token|api[_-]?key|access[_-]?key)"
    r"[\"']?\s{0,8}[:=]\s{0,8}[\"']?([^\s\"'#,;]{8,200})"
)
"""Blanks around the sign, as INI, TOML and YAML write it; the value must mix letters and digits to count."""
_PAIR_WORDS = ("pass", "pwd", "secret", "token", "key")
"""One of these stands in every pair; looking for them first spares most texts the slow search."""
_REFERENCE = lazily(
    r"(?i)[$<%*\[{]|(?:env|file|cmd|vault|arn|secret|ref\+?):|x{3,}|\.\.\.|changeme"
    r"|(?:none|null|nil|undefined|true|false|string|required|optional)(?![\w-])"
    r"|(?:your|insert|replace|enter)[-_ ]|[a-z_]\w*(?:\.\w+)+[(\[]|getenv\("
)
"""What stands for a secret without being one: references, placeholders, calls, and the empty values of programs."""
_ENTRY = lazily(r"[a-z]{2,20}(?:-{1,3}[a-z]{2,20}){2,8}")
"""Three small words or more with hyphens between them, without a digit."""
_VARIABLE = lazily(r"\$\{[^{}\n]{0,200}\}")
"""A reference to a variable with its default, which is no literal secret under the variable's name."""
_LISTED = lazily(r"arn:[^\s\"',]{0,2000}|@Microsoft\.KeyVault\([^)\n]{0,500}\)")
"""Names of entries in a secrets manager, which say `secret:` and hold none."""
_LONG_WORD = lazily(r"(?<![A-Za-z0-9+/=_.:-])[A-Za-z0-9+_=-]{32,200}(?![A-Za-z0-9+/=_.:-])")
_HEX = lazily(r"(?i)[0-9a-f-]+")
_RUN = lazily(r"[A-Z]?[a-z]{4,}|[A-Z]{5,}")
_OF_WORDS = 0.7
"""Share of a name's letters that are in runs as words have them: 1 of 1,000 random keys of 32 characters has so many."""
_RANDOM_BITS = 4.0
"""Shannon entropy per character; words and ids stay below, base64 of random bytes of that length above."""


def find_secret(text: str) -> str:
    """Return what kind of secret stands in a text, in words, or an empty text."""
    text = _LISTED.sub("arn", _VARIABLE.sub("${}", text))
    token = _TOKEN.search(text)
    if token and token.lastgroup:
        return _SHAPES[int(token.lastgroup[1:])][0]
    if _KEY_BLOCK.search(text):
        return "a private key"
    if "://" in text and any(not _REFERENCE.match(match[1]) for match in _URL.finditer(text)):
        return "a password in an address"
    if _names_a_secret(text):
        return "a password or key"
    if any(_looks_random(match[0]) for match in _LONG_WORD.finditer(text)):
        return "what looks like a random key"
    return ""


def _names_a_secret(text: str) -> bool:
    small = text.casefold()  # folded as the expressions fold: they take a long s for an s
    if not any(word in small for word in _PAIR_WORDS):
        return False
    close = (match[1] for match in _PAIR.finditer(text) if not _is_an_entry(match[0], match[1]))
    spaced = (match[1] for match in _SPACED_PAIR.finditer(text) if _is_mixed(match[1]))
    return any(not _REFERENCE.match(value) for value in (*close, *spaced))


def _is_an_entry(pair: str, value: str) -> bool:
    """Tell the name of an entry in a store of secrets from a secret: `"secret": "shop-database-password"`."""
    return pair[:6].casefold() == "secret" and _ENTRY.fullmatch(value) is not None


def _is_mixed(value: str) -> bool:
    """Tell a key from a word, a number or a quantity: letters and digits, and no unit behind a number."""
    return any(map(str.isalpha, value)) and any(map(str.isdigit, value)) and not value[0].isdigit()


def _looks_random(word: str) -> bool:
    """Tell a key from a long name: three kinds of characters, high entropy, and no plain digest."""
    if (
        _HEX.fullmatch(word)
        or sum(map(str.isdigit, word)) < 3
        or word == word.lower()
        or word == word.upper()
    ):
        return False
    if sum(len(run[0]) for run in _RUN.finditer(word)) >= _OF_WORDS * sum(map(str.isalpha, word)):
        return False
    counts = Counter(word).values()
    entropy = -sum(n / len(word) * math.log2(n / len(word)) for n in counts)
    return entropy >= _RANDOM_BITS
