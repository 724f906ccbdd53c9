"""Replicas: what a name, a folder or one arm of a choice says, and the code around it contradicts."""

from __future__ import annotations

from layouts import Layout

_AGENT = (
    "from google.adk.agents import LlmAgent\n\nfrom app.models import resilient\n\n"
    "MODEL = 'gemini-2.5-flash'\nroot_agent = LlmAgent(name='desk', model=resilient(MODEL), tools=[find_books])\n"
)
_OWN = (
    "from google.adk.models import Gemini\n\n\ndef resilient(name, tries=3):\n    return Gemini(model=name)\n"
)
_TERRAFORM = {
    "infra/variables.tf": 'variable "with_services" {\n  type    = bool\n  default = false\n}\n',
    "infra/main.tf": 'module "services" {\n  source = "./modules/services"\n  count  = var.with_services ? 1 : 0\n}\n',
    "infra/modules/services/main.tf": 'resource "google_redis_instance" "kept" {\n  name = "kept"\n}\n',
    "app/main.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n",
    "requirements.txt": "openai==1.0\n",
}
_CHART = (
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: desk\ndata:\n"
    '  {{- if eq .Values.mode "small" }}\n  EMBEDDING_DIMENSION: {{ .Values.small.width | quote }}\n'
    '  {{- else if eq .Values.mode "large" }}\n  EMBEDDING_DIMENSION: "768"\n  {{- end }}\n'
)
_SEARCHES = "from langchain_qdrant import QdrantVectorStore\nfrom langchain_openai import ChatOpenAI, OpenAIEmbeddings\n\nstore = QdrantVectorStore.from_existing_collection(embedding=OpenAIEmbeddings(model='text-embedding-3-small'), collection_name='a')\nChatOpenAI(model='gpt-4o-2024-08-06').invoke(store.similarity_search('x'))\n"

OVERHEARD_LAYOUTS = {
    "a-model-that-a-function-of-the-programs-own-makes": Layout(
        files={
            "requirements.txt": "google-adk==1.0\n",
            "app/models.py": _OWN,
            "app/agent.py": _AGENT.replace("resilient(MODEL)", "resilient('gemini-2.5-pro')").replace("MODEL = 'gemini-2.5-flash'\n", ""),
        },
        uses=("llm", "agent"),
        models=(("chat", "gemini-2.5-pro"),),
        facts={"model.name": "gemini-2.5-pro"},
    ),
    "a-model-on-each-side-of-a-choice": Layout(
        files={
            "requirements.txt": "google-adk==1.0\n",
            "app/models.py": _OWN,
            "app/agent.py": _AGENT.replace("resilient(MODEL)", "resilient('gemini-2.5-flash') if HOSTED else resilient('gemini-2.5-pro')"),
        },
        uses=("llm", "agent"),
        asks=("gemini-2.5-pro",),
    ),
    "a-loop-that-starts-its-agents-again": Layout(
        files={
            "requirements.txt": "google-adk==1.0\n",
            "app/models.py": _OWN,
            "app/agent.py": _AGENT.replace("LlmAgent\n", "LlmAgent, LoopAgent\n", 1) + "race = LoopAgent(name='race', max_iterations=200, sub_agents=[root_agent])\n",
        },
        uses=("llm", "agent"),
        never=("agent.max_steps",),
    ),
    "an-agent-that-has-an-evaluation": Layout(
        files={
            "requirements.txt": "google-adk==1.0\n",
            "app/models.py": _OWN,
            "agents/desk/agent.py": _AGENT,
            "agents/desk_with_eval/agent.py": _AGENT.replace("-flash", "-pro"),
        },
        uses=("llm", "agent"),
        asks=("gemini-2.5-pro",),
    ),
    "hits-of-a-search-of-the-web-and-vectors-of-a-guardrail": Layout(
        files={
            "requirements.txt": "langchain-openai==0.2\nlangchain-qdrant==0.2\n",
            "app/main.py": _SEARCHES,
            "config/application.yaml": "news:\n  tavily:\n    max-results: 7\nsemantic-guardrail:\n  embedding-dimensions: 512\n",
            "app/guardrail/settings.py": "EMBEDDING_DIMENSIONS = 384\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        never=("retrieval.top_k", "512", "384"),
    ),
    "a-width-in-one-arm-of-a-chart": Layout(
        files={
            "requirements.txt": "langchain-openai==0.2\nlangchain-qdrant==0.2\n",
            "app/main.py": _SEARCHES,
            "charts/desk/Chart.yaml": "name: desk\n",
            "charts/desk/values.yaml": "mode: small\n",
            "charts/desk/templates/config.yaml": _CHART,
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        never=("768",),
    ),
    "a-module-behind-a-switch-that-is-off": Layout(files=_TERRAFORM, uses=("llm",)),
    "a-module-that-a-build-switches-on": Layout(
        files={
            **_TERRAFORM,
            "cloudbuild.yaml": 'steps:\n  - name: hashicorp/terraform\n    args:\n      - -c\n      - |\n        terraform apply -auto-approve -var "with_services=true"\n',
        },
        uses=("llm",),
        sources=("redis",),
    ),
    "a-module-that-a-file-of-variables-switches-on": Layout(
        files={
            **_TERRAFORM,
            "deploy.sh": 'cat > x.auto.tfvars.json <<JSON\n{\n  "with_services": true\n}\nJSON\nterraform apply -auto-approve\n',
        },
        uses=("llm",),
        sources=("redis",),
    ),
    "a-tool-that-runs-whatever-statement-it-is-given": Layout(
        files={
            "requirements.txt": "langchain-openai==0.3\nlanggraph==0.4\n",
            "app/agent.py": (
                "from langchain_core.tools import tool\nfrom langchain_openai import ChatOpenAI\nfrom langgraph.prebuilt import create_react_agent\n\n\n"
                "@tool\ndef query_stock(query: str) -> str:\n    'Ask the stock.'\n    cursor = open_stock().cursor()\n    cursor.execute(query)\n    return str(cursor.fetchall())\n\n\n"
                "@tool\ndef query_prices(item: str) -> str:\n    'Ask the prices.'\n    query = 'select price from prices where item = ?'\n    cursor = open_stock().cursor()\n    cursor.execute(query, (item,))\n    return str(cursor.fetchall())\n\n\n"
                "agent = create_react_agent(ChatOpenAI(model='gpt-4o-2024-08-06'), tools=[query_stock, query_prices])\n"
            ),
        },
        uses=("llm", "agent"),
        tools={"query_stock": "irreversible", "query_prices": "reads"},
    ),
    "a-tool-whose-file-lets-only-questions-through": Layout(
        files={
            "requirements.txt": "langchain-openai==0.3\nlanggraph==0.4\n",
            "app/agent.py": (
                "from langchain_core.tools import tool\nfrom langchain_openai import ChatOpenAI\nfrom langgraph.prebuilt import create_react_agent\n\n\n"
                "@tool\ndef query_stock(query: str) -> str:\n    'Ask the stock.'\n    if any(word in query.upper() for word in ['DROP', 'DELETE', 'UPDATE']):\n        return 'no'\n    cursor = open_stock().cursor()\n    cursor.execute(query)\n    return str(cursor.fetchall())\n\n\n"
                "agent = create_react_agent(ChatOpenAI(model='gpt-4o-2024-08-06'), tools=[query_stock])\n"
            ),
        },
        uses=("llm", "agent"),
        tools={"query_stock": "reads"},
    ),
}  # fmt: skip
