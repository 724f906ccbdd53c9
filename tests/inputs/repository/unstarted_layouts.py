"""Programs that nothing starts, tools that no agent is given, and models that a file holds for nobody."""

from __future__ import annotations

from layouts import Layout

_SCORES = "import joblib\nfrom fastapi import FastAPI\n\napp = FastAPI()\nmodel = joblib.load('model.joblib')\n\n\n@app.post('/score')\ndef score(row: dict):\n    return model.predict([row])\n"
_ASKS = "import google.generativeai as genai\n\n\ndef main():\n    model = genai.GenerativeModel(model_name='gemini-2.5-flash')\n    print(model.generate_content('tag these'))\n\n\nif __name__ == '__main__':\n    main()\n"
_LEARNED = "fastapi==0.115.0\nscikit-learn==1.5.0\njoblib==1.4.0\nfastmcp==2.12.5\n"
_TOOL = "from strands import tool\n"
_GIVEN = "from strands import Agent\n\nfrom shop.hours import find_door, find_hours, find_prices\n\nagent = Agent(model='us.amazon.nova-lite-v1:0', tools=[find_hours, find_prices, find_door])\n"


def _tools(*names: str) -> str:
    return _TOOL + "".join(
        f"\n\n@tool\ndef {name}(shop: str) -> str:\n    '''Return it.'''\n    return shop\n" for name in names
    )


UNSTARTED_LAYOUTS = {
    "a-program-that-nothing-starts-and-whose-package-nobody-lists": Layout(
        files={
            "requirements.txt": _LEARNED,
            "shop/main.py": _SCORES,
            "shop/pipelines/tag_notes.py": _ASKS,
        },
        uses=("classic-ml",),
        asks=("gemini-2.5-flash is asked by", "no dependency file lists google-generativeai"),
        never=("generativelanguage.googleapis.com", "model.name"),
    ),
    "a-program-that-the-readme-starts": Layout(
        files={
            "README.md": "# Scores\n\nThen run `python -m shop.pipelines.tag_notes`.\n",
            "requirements.txt": _LEARNED,
            "shop/main.py": _SCORES,
            "shop/pipelines/tag_notes.py": _ASKS,
        },
        uses=("llm", "classic-ml"),
        models=(("chat", "gemini-2.5-flash"),),
    ),
    "a-program-whose-package-is-listed": Layout(
        files={
            "requirements.txt": f"{_LEARNED}google-generativeai==0.8.0\n",
            "shop/main.py": _SCORES,
            "shop/pipelines/tag_notes.py": _ASKS,
        },
        uses=("llm", "classic-ml"),
        models=(("chat", "gemini-2.5-flash"),),
    ),
    "a-program-whose-package-another-brings-along": Layout(
        files={
            "requirements.txt": f"{_LEARNED}langchain-google-genai==2.0.0\n",
            "shop/main.py": _SCORES,
            "shop/pipelines/tag_notes.py": _ASKS,
        },
        uses=("llm", "classic-ml"),
        models=(("chat", "gemini-2.5-flash"),),
    ),
    "a-default-that-a-call-in-a-newer-python-replaces": Layout(
        files={
            "requirements.txt": "openai==1.55.0\nqdrant-client==1.12.0\n",
            "app/main.py": "from openai import OpenAI\n\nclient = OpenAI()\n\n\ndef answer(q):\n    return client.chat.completions.create(model='gpt-4o-2024-08-06', messages=[q])\n",
            "app/shelf.py": "from qdrant_client import QdrantClient\n\nclient = QdrantClient(url=address)\n\n\nclass Shelf:\n    def find(self, vector, limit: int = 12):\n        return client.query_points('shop', query=vector, limit=limit)\n",
            "app/look_up.py": "from app.shelf import Shelf\n\ntype Found = list[str]\n\n\ndef look_up(question) -> Found:\n    try:\n        return Shelf().find(embed(question), limit=4)\n    except KeyError, ValueError:\n        return []\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        facts={"retrieval.top_k": "4"},
    ),
    "a-tool-that-no-agent-is-given": Layout(
        files={
            "requirements.txt": "strands-agents==1.0.0\n",
            "shop/main.py": _GIVEN,
            "shop/__init__.py": "from shop.hours import *\n",
            "shop/hours.py": _tools("find_hours", "find_prices", "find_door", "find_details"),
        },
        uses=("llm", "agent"),
        tools={"find_hours": "reads", "find_prices": "reads", "find_door": "reads"},
        asks=("find_details", "no agent's list of tools names it"),
    ),
    "a-tool-of-a-module-that-an-agent-is-given-whole": Layout(
        files={
            "requirements.txt": "strands-agents==1.0.0\n",
            "shop/main.py": _GIVEN.replace("agent =", "from shop import more\n\nagent =").replace(
                "find_door]", "find_door, more]"
            ),
            "shop/hours.py": _tools("find_hours", "find_prices", "find_door"),
            "shop/more.py": _tools("find_details"),
        },
        uses=("llm", "agent"),
        tools={"find_hours": "reads", "find_prices": "reads", "find_door": "reads", "find_details": "reads"},
    ),
}
