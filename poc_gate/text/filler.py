"""Text that a template, a generator or a hurried author left where an answer belongs -> told from an answer."""

from __future__ import annotations

import re

from poc_gate.text.lazy_pattern import lazily
from poc_gate.text.placeholders import is_undecided

_SHORTEST = 20
"""Letters and digits below which what is left of a text says nothing of limits or risks."""
_COMMENT = lazily(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FILLER = lazily(
    r"(?i)\[?\s*(?:more|further|additional) (?:information|details|info)(?: (?:is|are))? (?:needed|required|to follow|to come|coming soon)"
    r"(?: for [^.\n]{0,60})?\s*\]?[.,!]?"
    r"|users \(both direct and downstream\) should be made aware of the risks, biases and limitations of the model\.?"
    r"|\b(?:lorem ipsum[^\n]*|to be (?:added|done|defined|determined|completed|filled in|provided|announced|documented|written|updated)|coming soon"
    r"|will be (?:added|updated|provided)(?: (?:soon|later|here))?|work in progress|under construction|placeholder(?: text)?"
    r"|insert (?:your )?\w*(?: \w+){0,4} here|(?:your|some) text(?: goes)? here|fill (?:this|me) in|write (?:something|your \w+) here"
    r"|(?:please )?(?:see|refer to) (?:the )?(?:paper|website|readme|documentation|above|below|report)(?: for (?:more )?(?:details|information))?"
    r"|not (?:yet )?(?:available|applicable|specified|documented|known|provided|assessed|evaluated|stated)|none(?: (?:known|specified|identified|so far))?"
    r"|no (?:known )?(?:limitations?|risks?|biases|issues)(?: (?:are )?known| identified| so far)?|unknown|undefined|todo|tbd|tba|wip|fixme|xxx+|n/?a|asdf\w*|foo(?: ?bar)*"
    r"|(?:this (?:section|page|field) (?:is|was) )?(?:intentionally )?left (?:intentionally )?blank|(?:the )?(?:standard|usual|general|same) (?:limitations|risks) apply"
    r"|enter (?:your |the )?text(?: here)?|same as (?:the )?(?:base model|above)|(?:please )?(?:list|provide|add|name|enter) \d+ ?(?:-|–|to) ?\d+ \w+"
    r"|describe (?:the )?[\w ,]{0,80}(?:here)?|provide (?:a )?[\w ,]{0,60}here)\b"
)
_FORM = lazily(r"(?m)^[ \t]*(?:[-*+>|#]+|\d+[.)])\s*|[*_`~|\[\](){}]+|https?://\S+")


def says_something(text: str, *, shortest: int = _SHORTEST) -> bool:
    """Say whether a text states anything: filler, comments, links and marks left away, enough letters remain.

    `shortest` is the number of letters and digits that an answer has at least; names and categories have few.
    A text that ends in a question mark is the question of a template.
    """
    plain = _COMMENT.sub(" ", text)
    if is_undecided(plain):
        return False
    rest = _FILLER.sub(" ", _FORM.sub(" ", _FILLER.sub(" ", plain)))
    letters = [character for character in rest if character.isalnum()]
    return len(letters) >= shortest and len(set(letters)) > min(4, shortest - 1)


_SUCH = r"(?:\w+ ){0,2}?(?:personal|personally|sensitive|private|pii|phi|identif\w+|such|individuals?|humans?|people|persons?|persönlich\w*|personenbezogen\w*)"
"""What is denied: a word for data on people, at most two words in front of it."""
_DENIAL = lazily(
    rf"(?i)^\W*(?:none\b(?! of)|(?:no|nein|non|0|false|n/?a)(?=\W*$|[.,;:!])|no {_SUCH}\b|keine {_SUCH}\b|not? (?:applicable|personal)|n/?a\b|false\b"
    rf"|there (?:is|are) no\b|(?:free of|without) {_SUCH}\b|{_SUCH}(?: data| information)?: (?:none|no|keine)\W*$"
    r"|(?:this|the|our|these) [\w ]{0,40}"
    r"(?:do(?:es)? not|don't|doesn't|holds? no|contains? no|includes? no|has no|have no)\b|(?:do(?:es)? not|without)\b"
    rf"|(?:all|any|the) {_SUCH}\b[\w ,]{{0,60}}\b(?:was|were|is|are|has been|have been)(?: \w+)? (?:removed|deleted|redacted|stripped|anonymi[sz]ed|excluded|masked)\b"
    rf"|(?:all|the|our|this) [\w ,]{{0,60}}\b(?:contains?|holds?|has|have|includes?) no {_SUCH}\b)"
)


def denies(text: str) -> bool:
    """Say whether a text begins by denying what it is asked about, whatever it goes on to say."""
    return bool(_DENIAL.match(text.strip()))
