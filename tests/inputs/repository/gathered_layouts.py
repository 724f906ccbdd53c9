"""Replicas: collections of notebooks and of lessons, each of which shows a pilot of its own."""

from __future__ import annotations

import json

from layouts import Layout


def _notebook(*cells: str) -> str:
    shown = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": one}
        for one in cells
    ]
    return json.dumps({"cells": shown, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def _shows(subject: str, *, model: str = "gpt-4o-2024-08-06", limit: int = 500) -> str:
    return _notebook(
        "from langchain_core.tools import tool\nfrom langchain_openai import ChatOpenAI\nfrom langgraph.prebuilt import create_react_agent",
        f"@tool\ndef find_{subject}(text: str) -> str:\n    'Find {subject}.'\n    return text",
        f"llm = ChatOpenAI(model='{model}', max_tokens={limit})\nagent = create_react_agent(llm, tools=[find_{subject}])\nagent.invoke({{}})",
    )


def _lesson(subject: str) -> str:
    return (
        "from langchain_core.tools import tool\nfrom langchain_openai import ChatOpenAI\nfrom langgraph.prebuilt import create_react_agent\n\n\n"
        f"@tool\ndef find_{subject}(text: str) -> str:\n    'Find {subject}.'\n    return text\n\n\n"
        f"agent = create_react_agent(ChatOpenAI(model='gpt-4o-2024-08-06'), tools=[find_{subject}])\nagent.invoke({{}})\n"
    )


_SUBJECTS = ("books", "trains", "rivers", "stars", "songs", "stamps")

GATHERED_LAYOUTS = {
    "notebooks-that-show-a-pilot-each": Layout(
        files={
            "README.md": "# Recipes\n\nNotebooks on agents.\n",
            "requirements.txt": "langchain-openai==0.3\nlanggraph==0.4\n",
            **{f"examples/{one}.ipynb": _shows(one) for one in _SUBJECTS[:5]},
            "examples/stamps.ipynb": _shows("stamps", model="gpt-4.1-2025-04-14", limit=9000),
        },
        uses=("llm", "agent"),
        facts={"model.name": "gpt-4o-2024-08-06"},
        asks=("6 notebooks or lessons show a pilot each, and what only a few of them have is not listed: ",),
        never=("9000", "find_", "gpt-4.1"),
    ),
    "lessons-of-a-course": Layout(
        files={
            "README.md": "# Course\n\nLessons on agents.\n",
            "requirements.txt": "langchain-openai==0.3\nlanggraph==0.4\n",
            **{
                f"python/module-{at}/lesson_{at}_agent.py": _lesson(one)
                for at, one in enumerate(_SUBJECTS, 1)
            },
        },
        uses=("llm", "agent"),
        facts={"model.name": "gpt-4o-2024-08-06"},
        asks=("6 notebooks or lessons show a pilot each, and what only a few of them have is not listed: ",),
        never=("find_",),
    ),
    "modules-of-one-program": Layout(
        files={
            "requirements.txt": "langchain-openai==0.3\nlanggraph==0.4\n",
            **{f"shop/modules/{one}/agent.py": _lesson(one) for one in _SUBJECTS},
        },
        uses=("llm", "agent"),
        tools={"find_books": "reads"},
    ),
    "notebooks-that-are-the-steps-of-one-pilot": Layout(
        files={
            "README.md": "# Books\n\nAn agent that finds books.\n",
            "requirements.txt": "langchain-openai==0.3\nlanggraph==0.4\n",
            "1_agent.ipynb": _shows("books"),
            "2_more.ipynb": _shows("songs"),
        },
        uses=("llm", "agent"),
        tools={"find_books": "reads", "find_songs": "reads"},
    ),
}
