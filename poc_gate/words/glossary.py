"""The words of the reports in plain English: the page prints them, and `docs/glossary.md` is checked against them."""

from __future__ import annotations

TERMS = (
    (
        "GO",
        "Every must-have of the stage is met. It holds for the audience, up to the load and until the day that are stated with it.",
    ),
    (
        "CONDITIONAL",
        "It can run, but something is accepted for now, planned beyond its bounds, or short of the numbers that a GO needs.",
    ),
    (
        "INSUFFICIENT EVIDENCE",
        "Too many must-haves are unanswered or unproven to decide. This is not a refusal: it says what to answer.",
    ),
    ("NO-GO", "At least one must-have fails on what is known."),
    (
        "must-have",
        "A rule whose severity is blocker or high at this stage. Each one counts once, whatever the number of its findings.",
    ),
    ("fails", "What is known breaks the rule."),
    ("unanswered", "Nobody has said, measured or filed what the rule needs."),
    ("unproven", "It was answered, but the rule asks for a file or a measurement, and there is none."),
    ("answered (checked)", "Share of what applies, by weight, that could be judged either way."),
    ("proven", "Share of what applies, by weight, that passed on a file or a measurement."),
    ("on trust", "Stated in the manifest, on the team's word, with nothing that shows it."),
    (
        "stage",
        "How far the pilot wants to go: pilot, limited rollout, production. Later stages ask for more.",
    ),
    ("bound", "Up to which load, for which audience and until which day a GO or CONDITIONAL holds."),
    (
        "limit, wall",
        "The load at which something gives way: a promise breaks, or a part of the path is used up.",
    ),
    ("tightest", "The part of the path that is used up first as load grows."),
    (
        "at least, at most",
        "A figure that is certain although a part of it is unknown: no part of a cost is negative.",
    ),
    ("enough if", "The value that something a person can set must reach for the finding to pass."),
    ("waiver", "An open finding that a named role accepted, with a reason and an end date."),
    ("provenance", "Where a value comes from: assumed, declared, imported from a file, evidenced, measured."),
    ("median, p95, p99", "Half, 95 of 100, and 99 of 100 requests are at least this fast."),
    ("replica", "One running copy of the model server, with its accelerators."),
    ("KV cache", "Device memory that holds the context of every running request."),
    (
        "roofline",
        "What a machine can compute at each number of operations per byte it reads; generating text is usually limited by memory.",
    ),
)
"""Word and what it means."""


def glossary_table() -> str:
    """Return the glossary as a Markdown table."""
    rows = [("word", "what it means"), ("---", "---"), *TERMS]
    return "\n".join(f"| {word} | {meaning} |" for word, meaning in rows) + "\n"
