"""Puts what each state becomes in each format into a document, between `<!-- states -->` and `<!-- /states -->`.

usage: python .ci/state_table.py [--check] docs/reports.md
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from poc_gate.report.formats import formats
from poc_gate.report.state_words import state_table

_BLOCK = re.compile(r"<!-- states -->\n.*?<!-- /states -->", re.DOTALL)


def main() -> None:
    """Write the table, or compare it and end with 1 where it is out of date."""
    path = Path(sys.argv[-1])
    text = path.read_text(encoding="utf-8")
    table = state_table([(one.name, one.states) for one in formats() if one.states is not None])
    fresh = _BLOCK.sub(f"<!-- states -->\n{table}<!-- /states -->", text)
    if "--check" not in sys.argv:
        path.write_text(fresh, encoding="utf-8")
    elif fresh != text:
        sys.exit(f"poc-gate: {path} is out of date -> run: bash .ci/documents.sh")


if __name__ == "__main__":
    main()
