"""Fill the table of passages: 2,000 made-up clauses with their embeddings."""

from __future__ import annotations

import json
import os
import random

import psycopg
from app.embedding import embed

WORDS = [
    "policy",
    "claim",
    "water",
    "fire",
    "theft",
    "cover",
    "limit",
    "excess",
    "notice",
    "period",
    "roof",
    "pipe",
    "storm",
    "repair",
    "payment",
    "insured",
]


def main() -> None:
    """Create and fill the table."""
    dice = random.Random(3)
    with psycopg.connect(os.environ["DATABASE_URL"]) as link:
        link.execute("create extension if not exists vector")
        link.execute("drop table if exists passages")
        link.execute(
            "create table passages (id serial primary key, text text not null, embedding vector(64) not null)"
        )
        for number in range(2000):
            text = f"Clause {number}: " + " ".join(dice.choices(WORDS, k=24))
            link.execute(
                "insert into passages (text, embedding) values (%s, %s::vector)",
                (text, json.dumps(embed(text))),
            )


if __name__ == "__main__":
    main()
