"""A key or a signed token -> whether it opens nothing: everybody may read it, or its time is over."""

from __future__ import annotations

import base64
import time

from poc_gate.text.lazy_pattern import lazily

_PUBLIC = lazily(r"phc_\w{20,}|pk_(?:live|test)_\w{10,}|pk-lf-[\w-]{10,}|pk\.eyJ[\w.-]{20,}|pub[0-9a-f]{32}")
"""Keys that every visitor of a page can read, as their issuers mean it: PostHog's project key, publishable keys of Stripe
and Clerk, Langfuse's public key, Mapbox's public token, Datadog's client token."""
_ENDS = lazily(rb'"exp"\s*:\s*(\d{9,11})(?!\d)')
"""When a token's time is over, in seconds since 1970."""


def is_public(value: str) -> bool:
    """Say whether a key is one that its issuer means for everybody: by its prefix, or by what its token says.

    Every local Supabase project has the keys issued by `supabase-demo`, and `anon` is the role of a page's visitors.
    """
    if _PUBLIC.fullmatch(value):
        return True
    said = _said_by_token(value)
    return b'"supabase-demo"' in said or b'"anon"' in said


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
