"""What stands in the files and is none of what runs: settings nobody reads, stores that an option leaves off, samples beside the image."""

from __future__ import annotations

from layouts import Layout

_CHAT = (
    "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n"
)

LEFT_LAYOUTS = {
    "a-model-in-infrastructure-that-no-code-reads": Layout(
        files={
            "requirements.txt": "langchain-openai==0.3\n",
            ".env.example": "ANTHROPIC_API_KEY=\nOPENAI_API_KEY=\n",
            "app/main.py": (
                "import os\n\nfrom langchain_openai import ChatOpenAI\n\n\ndef answer(name, messages):\n"
                "    llm = ChatOpenAI(model=name, base_url=os.environ['MODEL_PROXY_API_BASE'], api_key=os.environ['MODEL_PROXY_API_KEY'])\n    return llm.invoke(messages)\n"
            ),
            "infra/variables.tf": 'variable "azure_openai_model" {\n  type    = string\n  default = "gpt-3.5-turbo"\n}\n',
            "infra/main.tf": (
                'locals {\n  environment_variables = {\n    "AZURE_OPENAI_MODEL" : var.azure_openai_model,\n    "MODEL_PROXY_API_BASE" : "http://proxy"\n  }\n}\n'
            ),
        },
        uses=("llm",),
        never=("gpt-3.5-turbo", "openai.azure.com", "api.openai.com", "api.anthropic.com"),
    ),
    "a-constant-that-nothing-uses": Layout(
        files={
            "requirements.txt": "openai==1.0\n",
            "app/main.py": _CHAT,
            "app/uploads.py": "from app.main import answer\n\nCHUNK_SIZE = 1024\n\n\ndef upload(file):\n    return answer(file.read())\n",
            "app/routes/files.py": "from app.uploads import upload\n\nkeep = upload\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        never=("retrieval.chunk_size",),
    ),
    "a-graph-that-an-option-leaves-off": Layout(
        files={
            "requirements.txt": "openai==1.0\nneo4j==5.0\n",
            ".env.example": "USE_KNOWLEDGE_GRAPH=false\n",
            "app/graph.py": "from neo4j import GraphDatabase\n\n\ndef driver(address):\n    return GraphDatabase.driver(address)\n",
            "app/main.py": "import os\n\nfrom app.graph import driver\n\nif os.getenv('USE_KNOWLEDGE_GRAPH', 'false') == 'true':\n    known = driver(os.environ['GRAPH'])\n\n"
            + _CHAT,
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        asks=("neo4j is reached only where use_knowledge_graph is turned on",),
    ),
}
