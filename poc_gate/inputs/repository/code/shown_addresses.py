"""An address in code -> whether it is only shown: on a card, in an answer, in a page, as an audience, in made-up data."""

from __future__ import annotations

import re

from poc_gate.inputs.repository.files.text_file import TextFile

FOR_PROGRAMS = re.compile(r"(?i)://(?:[\w-]+\.)*(?:api|apis|feeds?|rss|rest|mcp|data)[.-]|/(?:api|v\d+|rss|feeds?|atom|mcp|sse|graphql|rest|odata)(?:[/?.]|$)|\.(?:xml|json|csv|rss|ya?ml|zip|gz|parquet)(?:\?|$)|[?&]\w+=")  # fmt: skip
"""Addresses that answer programs instead of people."""
_WHO = frozenset({"name", "url", "email", "identifier"})
"""Entries that say who made something, or under which licence: nobody is asked there."""
_OF_MEDIA = frozenset({"provider_url", "author_url"})
"""What oEmbed says of a film beside the names of both."""
_CARDS = ({"name", "description"}, *({"title", word} for word in ("description", "summary", "snippet", "content", "excerpt")))  # fmt: skip
"""What stands beside the address of a page that is described."""
_ASKS_BESIDE = frozenset({"method", "headers", "transport", "apiKey", "api_key", "token", "command", "auth", "body", "params", "timeout", "type"})  # fmt: skip
"""What stands beside an address that is asked."""
_ASKS = re.compile(r"\b(?:fetch|axios|requests|httpx|aiohttp|urllib|urlopen|got|feedparser|playwright|puppeteer|newPage|HttpClient|WebClient)\b")  # fmt: skip
_IN_PAGES = re.compile(r"(?i)\.(?:js|css)(?:[?#]|$)|/watch\?v=$")
"""Addresses of what a browser loads for a page, and how those of films begin that people watch."""
_PICKS = re.compile(r"\brandom\.(?:choices?|randint|uniform|sample)\(|\bfak(?:er|e)\.\w+\(")
_MADE_UP = 3
"""Picks by chance from which on a file that asks nobody makes data up."""


def is_about(name: str, value: str, siblings: frozenset[str], file: TextFile) -> bool:
    """Say whether an address only tells about its neighbours: whose licence it is, where a thing of a list is described, what an answer is of."""
    if name in _OF_MEDIA:
        return f"{name.removesuffix('url')}name" in siblings
    if name != "url":
        return False
    if siblings and siblings <= _WHO:
        return True
    if siblings & _ASKS_BESIDE or FOR_PROGRAMS.search(value):
        return False
    return "success" in siblings or (any(card <= siblings for card in _CARDS) and not file.shows(_ASKS))


def is_shown(name: str, value: str, file: TextFile) -> bool:
    """Say whether nobody asks an address: browsers load it, a token names it as its audience, or chance makes pages up from it."""
    if _IN_PAGES.search(value) or _is_an_audience(name, file.text):
        return True
    text = file.text
    return ("random" in text or "fak" in text) and len(_PICKS.findall(text)) >= _MADE_UP and not file.shows(_ASKS)  # fmt: skip


def _is_an_audience(name: str, text: str) -> bool:
    """Say whether the only use of a name is as the audience of a token: `"aud": TOKEN_ADDRESS`."""
    used = re.search(rf"\baud(?:ience)?[\"']?\s*[:=]\s*{re.escape(name)}\b", text) if "aud" in text else None
    return used is not None and text.count(name) == 2  # where it is written, and there
