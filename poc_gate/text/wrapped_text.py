"""Prose -> lines of a width, with every name, path and value whole: whoever copies one gets it as it is."""

from __future__ import annotations

import textwrap


def wrapped(text: str, width: int, *, first: str = "", rest: str = "") -> list[str]:
    """Return the lines of a paragraph; `first` and `rest` stand before the first and the further ones.

    A line breaks at spaces only, never at the hyphen of `payments-warehouse` nor inside a path that is longer than a line.
    """
    return textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_on_hyphens=False,
        break_long_words=False,
    )
