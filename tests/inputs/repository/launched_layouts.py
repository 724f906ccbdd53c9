"""Replicas of pilots whose builds, launch files and settings say where they run, with how much, and how wide their vectors are."""

from __future__ import annotations

from layouts import Layout

_CHAT = "from openai import OpenAI\n\n\ndef answer(question):\n    return OpenAI().chat.completions.create(model='gpt-4o-2024-11-20', messages=[question])\n"
_CHATS = (("chat", "gpt-4o-2024-11-20"),)
_BUILD = "steps:\n  - name: gcr.io/cloud-builders/docker\n    args: ['build', '-t', '$_PLACE/desk:latest', '.']\n  - name: gcr.io/google.com/cloudsdktool/cloud-sdk\n    entrypoint: gcloud\n    args: [%s]\nsubstitutions:\n  _PLACE: europe-west1-docker.pkg.dev/a/b\n  _WHERE: europe-west1\n"
_FLOW = "'run', 'deploy', 'desk',\n      '--image', '$_PLACE/desk:%s',\n      '--region', '$_WHERE', '--memory=2Gi', '--min-instances', '1', '--max-instances', '4', '--timeout', '90'"
_INDEX = "from langchain_chroma import Chroma\nfrom langchain_huggingface import HuggingFaceEmbeddings\n\nstore = Chroma(embedding_function=HuggingFaceEmbeddings(model_name='sentence-transformers/all-MiniLM-L6-v2'))\n\n\ndef find(question):\n    return store.similarity_search(question, k=4)\n"

LAUNCHED_LAYOUTS: dict[str, Layout] = {
    "a-build-of-google-cloud-whose-words-are-a-list": Layout(
        files={"desk/app.py": _CHAT, "cloudbuild.yaml": _BUILD % (_FLOW % "latest")},
        uses=("llm",),
        models=_CHATS,
        facts={
            "target.service": "google-cloud-run",
            "target.region": "europe-west1",
            "target.memory_limit": "2 GiB",
            "target.replicas": "1",
            "target.replicas_max": "4",
            "target.image_pinned": "False",
            "operations.resources_set": "True",
            "operations.request_deadline": "1.5 min",
        },
    ),
    "a-build-whose-image-has-the-tag-of-its-commit": Layout(
        files={"desk/app.py": _CHAT, "cloudbuild.yaml": _BUILD % (_FLOW % "$SHORT_SHA")},
        uses=("llm",),
        models=_CHATS,
        facts={"target.image_pinned": "True"},
    ),
    "a-build-that-tries-a-change-out": Layout(
        files={"desk/app.py": _CHAT, "cloudbuild-pr.yaml": _BUILD % (_FLOW % "$SHORT_SHA")},
        uses=("llm",),
        models=_CHATS,
        never=("google-cloud-run",),
    ),
    "a-tag-of-an-image-that-a-parameter-gives": Layout(
        files={
            "desk/app.py": _CHAT,
            "infra/main.bicep": "param imageTag string = 'latest'\nresource desk 'Microsoft.App/containerApps@2024-03-01' = {\n  properties: {\n    template: {\n      containers: [\n        {\n          name: 'desk'\n          resources: {\n            cpu: json('1.0')\n            memory: '2.0Gi'\n          }\n        }\n      ]\n    }\n  }\n}\n",
        },
        uses=("llm",),
        models=_CHATS,
        facts={"target.image_pinned": "False", "operations.resources_set": "True"},
    ),
    "an-image-that-the-launch-command-of-fly-wrote": Layout(
        files={
            "desk/app.py": _CHAT,
            "Dockerfile": 'FROM node:20-slim AS base\nLABEL fly_launch_runtime="Next.js"\n',
        },
        uses=("llm",),
        models=_CHATS,
        facts={"target.service": "fly-machines"},
    ),
    "graphs-that-only-langgraph-is-told-of": Layout(
        files={
            "desk/app.py": _CHAT,
            "langgraph.json": '{"dependencies": ["."], "graphs": {"desk": "./desk/app.py:answer"}}\n',
        },
        uses=("llm",),
        models=_CHATS,
        facts={"target.service": "langgraph-platform"},
    ),
    "graphs-beside-which-an-image-is-built": Layout(
        files={
            "desk/app.py": _CHAT,
            "langgraph.json": '{"graphs": {"desk": "./desk/app.py:answer"}}\n',
            "Dockerfile": "FROM python:3.12\n",
        },
        uses=("llm",),
        models=_CHATS,
        never=("langgraph-platform",),
    ),
    "a-number-of-passages-in-the-settings-beside-one-that-a-call-is-given": Layout(
        files={
            "desk/settings.py": "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    RETRIEVAL_TOP_K: int = 6\n\n\nsettings = Settings()\n",
            "desk/app.py": _INDEX.replace("k=4", "k=settings.RETRIEVAL_TOP_K").replace(
                "\nstore =", "\nfrom desk.settings import settings\n\nstore ="
            )
            + "\n\ndef has(question):\n    return store.similarity_search(question, k=1)\n\n\n"
            + _CHAT,
        },
        uses=("llm", "retrieval"),
        sources=("chroma",),
        models=(*_CHATS, ("embedding", "sentence-transformers/all-MiniLM-L6-v2")),
        facts={"retrieval.top_k": "6", "retrieval.dims": "384"},
    ),
    "a-service-of-bento-with-resources": Layout(
        files={
            "service.py": "import bentoml\nfrom openai import OpenAI\n\n\n@bentoml.service(resources={'cpu': '2'}, traffic={'timeout': 60})\nclass Desk:\n    @bentoml.api\n    def answer(self, question: str) -> str:\n        return OpenAI().chat.completions.create(model='gpt-4o-2024-11-20', messages=[question])\n"
        },
        uses=("llm",),
        models=_CHATS,
        facts={"operations.resources_set": "True", "operations.request_deadline": "1 min"},
    ),
}
