"""A destination as a manifest names it, and a host that is called -> whether the one means the other."""

from __future__ import annotations

import re

_OWN = 2
"""Last labels of a host, which are the owner's: `amazonaws.com`."""


def names_destination(listed: str, host: str) -> bool:
    """Say whether a listed name means a host: it is a part of it, or it leaves the region or the account out.

    `openai` and `api.openai.com` mean `api.openai.com`; `bedrock-runtime.amazonaws.com` means
    `bedrock-runtime.eu-west-1.amazonaws.com`.
    """
    short = _plain(listed)
    return bool(short) and (short in _plain(host) or _leaves_labels_out(listed, host))


def _leaves_labels_out(listed: str, host: str) -> bool:
    """Say whether the labels between the first one and the owner's are all that a listed name lacks of a host."""
    few, many = listed.lower().split("."), host.lower().split(".")
    if not _OWN < len(few) < len(many) or few[0] != many[0] or few[-_OWN:] != many[-_OWN:]:
        return False
    rest = iter(many)
    return all(label in rest for label in few)


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
