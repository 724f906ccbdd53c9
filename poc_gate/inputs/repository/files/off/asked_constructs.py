"""Constructs of a cloud that are off -> the lines of code that ask what they alone make: an agent, a knowledge base."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from poc_gate.inputs.repository.files.off.off import Off
from poc_gate.inputs.repository.files.text_file import line_at

_MADE_AND_ASKED = (
    (
        re.compile(r"\bnew (?:\w+\.)?(?:CfnAgent|(?<=bedrock\.)Agent)\("),
        re.compile(r"\bnew Invoke(?:Inline)?AgentCommand\(|\.invoke_(?:inline_)?agent\("),
    ),
    (
        re.compile(r"\bnew (?:\w+\.)?(?:Cfn|Vector)?KnowledgeBase\("),
        re.compile(
            r"\bnew Retrieve(?:AndGenerate(?:Stream)?)?Command\(|\.retrieve_and_generate(?:_stream)?\("
        ),
    ),
)
"""How a construct makes something in Bedrock, and how code asks it."""
_OF_BEDROCK = re.compile(r"bedrock-agent-runtime")
"""What takes the client in: other services have commands of these names."""


def asked_of_what_is_off(off: str, on: str, why: str, asking: Sequence[tuple[str, str]]) -> Iterator[Off]:
    """Yield the lines that ask what a construct makes which is off, where none that is on makes another: whether they answer is open.

    Args:
        off: The text of the construct that is off.
        on: The text of all constructs that are on.
        why: What keeps it off, in words.
        asking: The code beside the constructs, with its paths.
    """
    for made, asked in _MADE_AND_ASKED:
        if made.search(off) and not made.search(on):
            for path, text in asking:
                for match in asked.finditer(text) if _OF_BEDROCK.search(text) else ():
                    line = line_at(text, match.start())
                    yield Off(path, line, line, why, asked=True)
