"""A key or a signed token -> whether it opens nothing: everybody may read it, or its time is over."""

from __future__ import annotations

import base64
import time

from poc_gate.text.lazy_pattern import lazily

_PUBLIC = lazily(
    r"phc_\w{20,}|pk_(?:live|test)_\w{10,}|pk-lf-[\w-]{10,}|pk\.eyJ[\w.-]{20,}|pub[0-9a-f]{32}|InstrumentationKey=[0-9a-f-]{36}"
)
"""Keys that every visitor of a page can read, as their issuers mean it: PostHog's project key, publishable keys of Stripe
and Clerk, Langfuse's public key, Mapbox's public token, Datadog's client token, the key by which Application Insights knows whose telemetry it gets
(https://learn.microsoft.com/azure/azure-monitor/app/connection-strings: it is no secret)."""
_OF_EMULATORS = lazily(
    r"Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw|C2y6yDjf5/R\+ob0N8A7Cgv30VRDJIWEHLM\+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw"
)
"""Keys that Microsoft publishes for Azurite and for the emulator of Cosmos DB, each the same on every machine."""
_ENDS = lazily(rb'"exp"\s*:\s*(\d{9,11})(?!\d)')
"""When a token's time is over, in seconds since 1970."""


def is_public(value: str) -> bool:
    """Say whether a key is one that its issuer means for everybody: by its prefix, or by what its token says.

    Every local Supabase project has the keys issued by `supabase-demo`, and `anon` is the role of a page's visitors;
    1234567890 is whom the example of jwt.io is about. Every emulator of Azure's storage and of Cosmos DB has one key.
    """
    if _PUBLIC.fullmatch(value) or _OF_EMULATORS.search(value):
        return True
    said = _said_by_token(value)
    return any(mark in said for mark in (b'"supabase-demo"', b'"anon"', b'"1234567890"'))


def has_expired(value: str) -> bool:
    """Say whether a signed token says of itself that its time is over (RFC 7519, `exp`)."""
    ends = _ENDS.search(_said_by_token(value))
    return ends is not None and int(ends[1]) < time.time()


def _said_by_token(value: str) -> bytes:
    """Return the claims of a signed token (JWT), unread; nothing where a text is none."""
    head, _, rest = value.partition(".")
    if not head.startswith("eyJ") or not rest.startswith("eyJ"):
        return b""
    body = rest.partition(".")[0]
    try:
        return base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    except ValueError:
        return b""
