"""Text that may hold a secret -> the same text without it; every sink of this room goes through here."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

from poc_gate.text.inert_text import inert
from poc_gate.text.secrets.literal_secrets import find_secret

_BLOT = "[secret]"
_USERINFO = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*://)[^\s/@]+@")
_PAIR = re.compile(
    r"(?i)\b(?P<name>password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key(?:[_-]?id)?|authorization|signature"
    r"|x-amz-[a-z-]+|sig)(?P<sign>\s*[=:]\s*)(?P<rest>(?:bearer|basic)\s+)?(?P<value>'[^']*'|\"[^\"]*\"|[^\s&;,'\"]+)"
)
_LONGEST = 100_000
"""Characters of a server's words that are looked at."""
_SHORTEST = 4
"""Characters; a shorter secret would blot out half of every text, and is refused when it is resolved."""


class Scrubber:
    """Knows every secret of this run in the spellings in which it can surface."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        """Start with secrets that are known from the beginning."""
        self._spellings: set[str] = set()
        for secret in secrets:
            self.learn(secret)

    def learn(self, secret: str) -> None:
        """Keep a secret out of every text from now on."""
        for part in {secret, *secret.split()}:
            if len(part) >= _SHORTEST:
                encoded = base64.b64encode(part.encode()).decode()
                self._spellings |= {
                    part,
                    quote(part, safe=""),
                    quote_plus(part),
                    encoded,
                    encoded.rstrip("="),
                }
                self._spellings |= {repr(part)[1:-1], part.encode().hex()}

    def known(self, text: str) -> str:
        """Return a text without the secrets of this run and without passwords in addresses."""
        for spelling in sorted(self._spellings, key=len, reverse=True):
            text = text.replace(spelling, _BLOT)
        return _USERINFO.sub(rf"\g<scheme>{_BLOT}@", text)

    def scrub(self, text: str) -> str:
        """Return a text without secrets: those known, those in addresses, and those named as such."""
        text = self.known(text)
        text = _PAIR.sub(rf"\g<name>\g<sign>{_BLOT}", text)
        return " ".join(_BLOT if find_secret(word) else word for word in text.split(" "))

    def message(self, text: str, *, longest: int = 300) -> str:
        """Return an error's text scrubbed, on one line that steers no terminal, cut to a length that fits a report."""
        line = inert(" ".join(self.scrub(text[:_LONGEST]).split()))
        return line if len(line) <= longest else line[: longest - 3] + "..."
