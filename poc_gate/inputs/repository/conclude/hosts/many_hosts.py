"""Ten destinations and more -> those of models and sources, and one question: most of the others are options of a product.

Over 151 public repositories that nobody had tuned the readers on, the others were asked by default in 7 of 23 cases where a repository
named ten destinations or more, and in most cases where it named fewer.
"""

from __future__ import annotations

import re

from poc_gate.inputs.repository.reading import FoundHost
from poc_gate.model.claim import Notice
from poc_gate.text.some_of import some_of

_MANY = 10
_SURE = re.compile(r" (?:is|are) (?:asked|reached) there$| fetches .* there$")
"""Why a destination of a model or a source is one."""
_FEED = "a feed is reached there"
"""Why a destination is one of which a program reads a list: they do not make a product with options."""
_SHOWN = 8
_STEP = "list those that production asks: `security.egress`"


def ask_which_of_many(hosts: tuple[FoundHost, ...]) -> tuple[tuple[FoundHost, ...], tuple[Notice, ...]]:
    """Return the destinations of models and sources, and a question about the others, where there are many of them."""
    others = [one for one in hosts if not _SURE.search(one.why)]
    if sum(one.why != _FEED for one in hosts) < _MANY or not others:
        return hosts, ()
    listed = some_of([f"{one.host} ({one.place})" for one in others], _SHOWN)
    what = f"{len(hosts)} destinations are named, as in a product with options: which of these does production ask? {listed}"
    question = Notice("question", what, others[0].place, _STEP, hosts=tuple(one.host for one in others))
    return tuple(one for one in hosts if one not in others), (question,)
