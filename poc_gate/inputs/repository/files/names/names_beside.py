"""Variables of Terraform and routes of a web application -> those that no other file speaks of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence

from poc_gate.inputs.repository.files.names.uses_of_names import texts_beside
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.files.walk import WalkedFile

_LARGEST = 512 << 10
_READ = re.compile(r"\bvar\.(\w+)")
_BLOCK = re.compile(r"(?ms)^(?:resource|module|data)\s[^\n]*\{\n(.*?)^\}")
_OUTPUT = re.compile(r"(?ms)^output\s[^\n]*\{\n(.*?)^\}")
_HANDED_ON = re.compile(r"(?m)^[ \t]*value\s*=\s*(?:var\.\w+|\"\$\{var\.\w+\}\")\s*(?:#.*)?$")
"""An output that is a variable by itself, which a script may ask for; one in a longer text is only shown."""
_COUNT = re.compile(r"(?m)^[ \t]*count\s*=\s*([^\n#]+)")
_SWITCH = re.compile(r"(?:var|local)\.\w+(?:\s*\?\s*1\s*:\s*0)?")
"""A switch by itself: what one of several values is compared with may be worked out."""
_OF_MODULES = re.compile(r"(?:^|/)modules?/")
"""Folders of modules: whoever calls one may turn on what is off in it."""


def unread_variables(
    files: Sequence[WalkedFile], declared: Collection[tuple[str, str]], is_off: Callable[[str], bool]
) -> frozenset[tuple[str, str]]:
    """Return those of some variables of Terraform, each with its folder, that no file of their folder reads.

    A block of which nothing is made unless a switch that is off is turned on reads none, nor does a text that is shown
    when all is deployed.
    """

    def made(block: re.Match[str]) -> str:
        count = _COUNT.search(block[1])
        plain = _SWITCH.fullmatch(count[1].strip()) if count is not None else None
        return "" if plain is not None and is_off(plain[0]) else block[0]

    folders = {folder for folder, _ in declared}
    read: dict[str, set[str]] = defaultdict(set)
    for file in files:
        folder = file.path.rpartition("/")[0]
        if folder not in folders or not file.path.endswith((".tf", ".tf.json")):
            continue
        try:
            text = TextFile(file.path, file.full, largest=_LARGEST).text
            if not _OF_MODULES.search(file.path):
                text = _OUTPUT.sub(_handed_on, _BLOCK.sub(made, text))
            read[folder] |= set(_READ.findall(text))
        except OSError:
            return frozenset()  # what cannot be read may read any of them
    return frozenset((folder, name) for folder, name in declared if read[folder] and name not in read[folder])


def _handed_on(output: re.Match[str]) -> str:
    """Return the part of an output that hands a variable on."""
    return "\n".join(match[0] for match in _HANDED_ON.finditer(output[1]))


_ROUTE = re.compile(r"(?:^|/)(?:app/(api/[\w./-]+)/route|pages/(api/[\w./-]+?)(?:/index)?)\.[cm]?[jt]sx?$")
"""Files by which Next.js answers at an address, none of whose parts is filled in."""
_FROM_OUTSIDE = re.compile(
    r"(?i)(?:^|/)(?:v\d+|public|external|webhooks?|hooks?|callbacks?|events?|cron|jobs?|inngest|trigger|mcp|slack|discord|telegram|whatsapp|twilio|text|sms|voice|email|stripe|github|openai|completions?)(?:/|$)"
)
"""Addresses that other programs ask, and no page of the pilot."""
_PUT_TOGETHER = re.compile(r"[\"'`](/api/(?:[\w-]+/)*)(?:\$\{|[\"']\s*\+)")
"""The beginning of an address whose rest is filled in."""
_TRIES = re.compile(r"(?i)(?:^|/)(?:test|try|debug)[-_.][^/]*$")
"""Files with which somebody tries an address out by hand."""
_FEWEST = 2
"""Routes that ask a model, from which on it is a question which of them answers."""
_USES_CHAT = re.compile(r"\buseChat\(")


def unasked_routes(files: Sequence[WalkedFile], paths: Collection[str]) -> frozenset[str]:
    """Return those of some routes of Next.js that no page and no other file speaks of, where one beside them is asked."""
    routes = {path: f"/{match[1] or match[2]}" for path in paths if (match := _ROUTE.search(path))}
    if len(set(routes.values())) < _FEWEST:
        return frozenset()
    texts = [(path, text) for path, text in texts_beside(files, routes.values(), code_alone=False) if path not in routes and not _TRIES.search(path)]  # fmt: skip
    texts += [(file.path, TextFile(file.path, file.full, largest=_LARGEST).text) for file in files if file.path.lower().endswith("readme.md")]  # fmt: skip
    begun = {start for _, text in texts for start in _PUT_TOGETHER.findall(text)}
    usual = {"/api/chat"} if any(_USES_CHAT.search(text) for _, text in texts) else set()

    def is_asked(address: str) -> bool:
        named = re.compile(rf"{re.escape(address)}(?![\w/-])")
        return address in usual or any(named.search(text) for _, text in texts)

    asked = {path for path, address in routes.items() if is_asked(address)}
    left = {path for path, address in routes.items() if path not in asked and not _FROM_OUTSIDE.search(address) and not address.startswith(tuple(begun))}  # fmt: skip
    return frozenset(left) if asked else frozenset()
