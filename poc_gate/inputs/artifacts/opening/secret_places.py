"""Parsed data -> the places of literal secrets in it; the secrets themselves stay here and go nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field

from poc_gate.inputs.artifacts.opening.document import Document
from poc_gate.model.claim import Path
from poc_gate.text.lazy_pattern import lazily
from poc_gate.text.secrets.literal_secrets import find_secret
from poc_gate.text.secrets.userinfo import REFERENCE, bare_userinfo
from poc_gate.text.shell_words import PASSWORD_PROGRAMS, is_shell_text, read_script, short_passwords

MAX_VALUES = 500_000
"""Values looked at per file, so that a huge file costs seconds, not minutes."""
BLOT = "[secret]"
_RANDOM = "what looks like a random key"
"""A kind that digests and ids of artifacts meet as well; it is not blotted."""

_TOKENS = lazily(
    r"(?<![A-Za-z0-9])(?:hf_[A-Za-z0-9]{16,}|sk-[A-Za-z0-9_-]{16,}|gh[opsur]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}"
    r"|AKIA[0-9A-Z]{12,}|ASIA[0-9A-Z]{12,}|AIza[\w-]{30,}|xox[abeoprs]-[\w-]{10,}|dapi[0-9a-f]{30,}"
    r"|nvapi-[\w-]{20,}|eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]*|-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|SharedAccessKey=[^;\s]{8,}|AccountKey=[^;\s]{8,})|[?&]sig=[\w%+/=-]{16,}"
)
"""Published shapes of access tokens: Hugging Face, OpenAI, GitHub, GitLab, AWS, Google, Slack, and others. Each stands
at the start of a word: `risk-weighted-availability` and `disk-pressure-for-minutes` are names."""
_USERINFO = lazily(r"[A-Za-z][A-Za-z0-9+.-]*://[^/\s:@]*:(?P<secret>[^@/\s]+)@")
_PASSWORD_PAIR = lazily(
    r"(?i)(?:\b|_)(?:password|passwd|pwd|api[_-]?key|secret)\s*=\s*[\"']?(?P<secret>[^\s;&,'\"]{4,})"
)
_BEARER = lazily(r"(?i)\bauthorization\s*[:=]\s*(?:bearer|basic|token)\s+(?P<secret>[\w.~+/=-]{8,})")
_NAMES = lazily(
    r"(?i)(?:(?:^|[_.\-\s]|(?-i:[a-z0-9](?=[A-Z])))token$|(?:^|[_.\-\s]|[a-z](?=[A-Z]))(?:password|passwd|pwd|passphrase|secret|api[_-]?key|access[_-]?key"
    r"|secret[_-]?key|private[_-]?key|client[_-]?secret|auth[_-]?token|credentials?|connection[_-]?string|dsn)$)"
)
_NAME_WHOLE = lazily(r"(?i)(?:password|passwd|pwd|secret|token|apikey|api_key|accesskey|privatekey|dsn)$")
_SPECIAL_TOKEN = lazily(
    r"(?i)(?:bos|eos|pad|unk|sep|cls|mask|image|video|audio|start|end|stop|prefix|suffix|vision|boi|eoi|mm|"
    r"special|cache|per|next|prev|continuation)_?token$"
)

_IS_PATH = lazily(
    r"(?:~|\.{0,2})/(?:[\w.@-]{1,100}/){0,12}[\w.@-]{1,100}\.(?:json|pem|key|crt|cer|p12|pfx|jks|ya?ml|txt|env|conf|ini)"
    r"|/(?:var|etc|run|mnt|opt|home|root|secrets?|vault|app|srv|tmp|usr|workspace|data)(?:/[\w.@-]{1,100}){1,12}/?"
)
"""The place of a mounted file, as `GOOGLE_APPLICATION_CREDENTIALS` names it."""

_MARKS = (
    "hf_", "sk-", "gho_", "ghp_", "ghs_", "ghu_", "ghr_", "github_pat_", "glpat-", "akia", "asia", "aiza", "xox", "dapi",
    "nvapi-", "eyj", "private key", "_live_", "sig=", "://", "authorization",
)  # fmt: skip
_IS_PAIR = lazily(r"(?:-D)?(?P<name>[A-Za-z_][\w.-]{0,100})=(?P<value>\S{4,512})")
_IN_COMMENT = lazily(
    r"(?P<name>[A-Za-z][\w.-]{0,100})[\"']?\s{0,4}[:=]\s{0,4}[\"']?(?P<value>[^\s\"',;]{4,512})"
)
_SHELL_MARKS = ("pass", "pwd", "secret", "token", "key", "cred", "auth", "-u", "@", *PASSWORD_PROGRAMS)
_PAIR_MARKS = ("pass", "pwd", "secret", "token", "key")
"""What every shape above has in it, written small: looking for these first spares nearly all texts the regular
expressions, which would take ten seconds for a manifest of 30 MB."""


class SecretScan(Struct):
    """The secrets of one file: asked for by `holds` and `blot`, listed by place only."""

    places: list[tuple[int, Path, str]] = field(default_factory=list)
    """Document, path and the name under which each secret stands."""
    _known: set[str] = field(default_factory=set)

    def holds(self, text: str) -> bool:
        """Say whether a text holds a secret, one found in the file or one of a published shape."""
        return (
            bool(secret_in(text)) or any(known in text for known in self._known) or blot_shapes(text) != text
        )

    def names(self, fact: str) -> bool:
        """Say whether a secret was made part of a name, where it is written small and with hyphens."""
        return any(re.sub(r"[^a-z0-9]+", "-", known.lower()).strip("-") in fact for known in self._known)

    def blot(self, text: str) -> str:
        """Return a text without secrets."""
        for known in sorted(self._known, key=len, reverse=True):
            text = text.replace(known, BLOT)
        return blot_shapes(text)

    def add(self, part: int, path: Path, name: str, secret: str) -> None:
        """Remember one secret by place; very short ones are not blotted, they are words as well."""
        self.places.append((part, path, blot_shapes(name)))
        if len(secret) >= 6:
            self._known.add(secret)


def _may_hold(text: str) -> bool:
    small = text.lower()
    for mark in _MARKS:
        if mark in small:
            return True
    return ("=" in small or ":" in small) and any(mark in small for mark in _PAIR_MARKS)


def secret_in(text: str) -> str:
    """Return the secret that a text holds by its shape alone, or an empty text."""
    if not _may_hold(text):
        return ""
    found = _TOKENS.search(text)
    if found:
        return found[0]
    for pattern in (_USERINFO, _PASSWORD_PAIR, _BEARER):
        match = pattern.search(text)
        if match and not REFERENCE.search(match["secret"]):
            return match["secret"]
    return ""


def blot_shapes(text: str) -> str:
    """Return a text with everything of a secret's shape blotted out."""
    for _ in range(20):
        secret = secret_in(text)
        if not secret:
            # What the shared shapes still see goes as a whole; its exact extent is not known here.
            return BLOT if _shared_shape(text) else text
        text = text.replace(secret, BLOT)
    return BLOT


def scan_secrets(document: Document) -> SecretScan:
    """Return the literal secrets of a parsed document: by the name they stand under, or by their shape."""
    scan = SecretScan()
    for part, path, name, value in _named_values(document):
        if scan.places and scan.places[-1][:2] == (part, path):
            continue
        secret = literal_secret(name, value)
        if secret:
            scan.add(part, path, name, secret)
    return scan


def literal_secret(name: str, value: str) -> str:
    """Return the secret that a text holds by its shape, by the name it stands under, or without a scheme; else empty."""
    secret = (secret_in(value) or (value if _shared_shape(value) else "")) if _may_hold(value) else ""
    return secret or (value if _named_secret(name, value) else "") or bare_userinfo(name, value)


def _shared_shape(value: str) -> bool:
    return _may_hold(value) and find_secret(value[:100_000]) not in ("", _RANDOM)


def _named_secret(name: str, value: str) -> bool:
    if not (_NAMES.search(name) or _NAME_WHOLE.fullmatch(name)) or _SPECIAL_TOKEN.search(name):
        return False
    plain = value.strip()
    if len(plain) < 4 or REFERENCE.search(plain) or " " in plain or _IS_PATH.fullmatch(plain):
        return False
    # A word under `token`, `apiKey` or `credential` is more often a name than a secret; digits or length tell them apart.
    strict = name.lower().endswith(("token", "credential", "credentials", "secret", "key"))
    return not strict or len(plain) >= 20 or (len(plain) >= 8 and any(c.isdigit() for c in plain))


def _named_values(document: Document) -> Iterator[tuple[int, Path, str, str]]:
    """Yield each text with the name it stands under: its key, or the `name` beside a `value`."""
    seen = 0
    for index, part in enumerate(document.parts):
        stack: list[tuple[Path, str, object]] = [((), "", part.data)]
        while stack and seen < MAX_VALUES:
            path, name, value = stack.pop()
            seen += 1
            if isinstance(value, str):
                yield from ((index, path, *pair) for pair in _split_argument(name, value))
            elif isinstance(value, list):
                stack += [((*path, at), _list_name(value, at, name), child) for at, child in enumerate(value)]
            elif isinstance(value, dict):
                # A secret can stand as a key as well, and a key is part of every pointer below it.
                yield from ((index, (*path, key), "", str(key)) for key in value if len(str(key)) > 12)
                stack += [((*path, key), _entry_name(value, key), child) for key, child in value.items()]


def _list_name(values: list[object], at: int, name: str) -> str:
    """Return the name of a list element: `--api-key` in front of it, or the list's own name."""
    before = values[at - 1] if at else None
    return before.lstrip("-") if isinstance(before, str) and before.startswith("--") else name


def _entry_name(mapping: dict[str, object], key: object) -> str:
    """Return a key, or what stands under `name` or `property` when the key is `value`."""
    named = mapping.get("name") or mapping.get("property") if key in {"value", "Value"} else None
    return named if isinstance(named, str) else str(key)


def _split_argument(name: str, value: str) -> Iterator[tuple[str, str]]:
    """Yield what a text says by name: itself, or each option and variable of a command line, comments included."""
    if value.startswith("--") and "=" in value and len(value.split()) == 1:
        argument, _, rest = value.partition("=")
        yield argument.lstrip("-"), rest
        return
    if pair := _IS_PAIR.fullmatch(value):
        yield pair["name"], pair["value"]
    if len(value) > 16 and is_shell_text(value) and any(mark in value.lower() for mark in _SHELL_MARKS):
        yield from _of_script(value)
    yield name, value


def _of_script(text: str) -> Iterator[tuple[str, str]]:
    script = read_script(text)
    yield from ((name, value) for name, value in script.assigned.items() if name.isupper())
    for before, words in zip(((), *script.commands), script.commands, strict=False):
        yield from (("password", value) for value in short_passwords(words))
        if "--password-stdin" in words and before[:1] in (("echo",), ("printf",)):
            yield "password", before[-1]
        for at, word in enumerate(words):
            option, sign, value = word.partition("=")
            if sign and option.startswith("-"):
                yield option.lstrip("-"), value
            elif word.startswith("-") and at + 1 < len(words):
                account = word in ("-u", "--user", "--proxy-user") and ":" in words[at + 1]
                yield (
                    ("password", words[at + 1].partition(":")[2])
                    if account
                    else (word.lstrip("-"), words[at + 1])
                )
            if word.startswith("-u") and ":" in word and words[0].rpartition("/")[2] in ("curl", "wget"):
                yield "password", word.partition(":")[2]
            elif "@" in word:
                yield "address", word
            elif sign and _IS_PAIR.fullmatch(word):
                yield option, value
    for comment in script.comments:
        if any(mark in comment.lower() for mark in _SHELL_MARKS):
            yield from of_comment(comment)


def of_comment(text: str) -> Iterator[tuple[str, str]]:
    """Yield what a comment says by name: as a command line, and as `name: value` or `name = value`."""
    text = text.lstrip("# ")
    yield "", text.strip()
    yield from _of_script(text) if is_shell_text(text) else ()
    yield from ((match["name"], match["value"]) for match in _IN_COMMENT.finditer(text))
