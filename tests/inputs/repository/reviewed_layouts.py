"""Repositories in the small: ordinary ones in which a rule that holds elsewhere would say something false."""

from __future__ import annotations

from layouts import Layout

_CHAT = "from openai import OpenAI\n\nclient = OpenAI()\n\n\ndef answer(question):\n    return client.chat.completions.create(model='gpt-4.1-mini', messages=[{'role': 'user', 'content': question}])\n"
_AZURE = _CHAT.replace("OpenAI", "AzureOpenAI").replace("gpt-4.1-mini", "gpt-4o")
_SEARCH = "from langchain_openai import ChatOpenAI, OpenAIEmbeddings\nfrom langchain_qdrant import QdrantVectorStore\nfrom app.settings import settings\n\nstore = QdrantVectorStore(client=None, collection_name='leaves', embedding=OpenAIEmbeddings(model='text-embedding-3-large'{given}))\nllm = ChatOpenAI(model='gpt-4.1')\n\n\ndef answer(question):\n    return llm.invoke(str(store.similarity_search(question)) + question)\n"
_IN_PROCESS = "from transformers import AutoModelForCausalLM, AutoTokenizer\n\nNAME = 'meta-llama/Llama-3.1-8B-Instruct'\nmodel = AutoModelForCausalLM.from_pretrained(NAME{given})\ntokens = AutoTokenizer.from_pretrained(NAME)\n\n\ndef answer(question):\n    return model.generate(**tokens(question))\n"
_DEPLOYMENT = "resource {label} 'Microsoft.CognitiveServices/accounts/deployments@2023-05-01' = {{\n  name: '{name}'\n  properties: {{\n    model: {{\n      format: 'OpenAI'\n      name: '{name}'\n      version: '{version}'\n    }}\n    versionUpgradeOption: '{option}'\n  }}\n}}\n"
_GRAPH = "from langchain_openai import ChatOpenAI\nfrom langgraph.graph import StateGraph\n\nllm = ChatOpenAI(model='gpt-4.1')\ngraph = StateGraph(dict).compile()\n"
_SERVER = "from fastapi import FastAPI\n\nfrom app.graph import graph\n\napp = FastAPI()\n\n\n@app.post('/chat')\nasync def chat(question: str):\n    return await graph.ainvoke({'question': question})\n"

REVIEWED_LAYOUTS: dict[str, Layout] = {
    "a-width-that-settings-give-a-model": Layout(
        files={"requirements.txt": "langchain-openai==0.3\nlangchain-qdrant==0.2\n", "app/main.py": _SEARCH.format(given=", dimensions=settings.width")},
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        never=("retrieval.dims",),
    ),
    "a-width-that-is-the-models-own": Layout(
        files={"requirements.txt": "langchain-openai==0.3\nlangchain-qdrant==0.2\n", "app/main.py": _SEARCH.format(given="")},
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        facts={"retrieval.dims": "3,072"},
    ),
    "vectors-are-cut-off": Layout(
        files={
            "requirements.txt": "sentence-transformers==4.1\nqdrant-client==1.9\nopenai==1.90\n",
            "app/main.py": "from openai import OpenAI\nfrom qdrant_client import QdrantClient\nfrom sentence_transformers import SentenceTransformer\n\nembedder = SentenceTransformer('nomic-ai/nomic-embed-text-v1.5', truncate_dim=256)\nstore = QdrantClient('http://qdrant:6333')\n\n\ndef answer(question):\n    found = store.query_points('leaves', query=embedder.encode(question))\n    return OpenAI().chat.completions.create(model='gpt-4.1', messages=[{'role': 'user', 'content': str(found)}])\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        never=("768",),
    ),
    "an-index-of-chroma-is-given-a-function-by-place": Layout(
        files={
            "requirements.txt": "chromadb==1.0\nopenai==1.90\n",
            "app/vectors.py": "from chromadb.utils import embedding_functions\n\nembed = embedding_functions.OpenAIEmbeddingFunction(model_name='text-embedding-3-small')\n",
            "app/main.py": _CHAT + "\n\nimport chromadb\n\nfrom app.vectors import embed\n\nleaves = chromadb.HttpClient('chroma').get_collection('leaves', embed)\n\n\ndef near(question):\n    return leaves.query(query_texts=[question], n_results=4)\n",
        },
        uses=("llm", "retrieval"),
        sources=("chroma",),
        models=(("embedding", "text-embedding-3-small"),),
        never=("all-MiniLM-L6-v2",),
    ),
    "weights-at-one-revision": Layout(
        files={"requirements.txt": "transformers==4.53\n", "app/main.py": _IN_PROCESS.format(given=", revision='0e9e39f249a16976918f6564b8830bc894c89659'")},
        uses=("llm",),
        hosts=("huggingface.co",),
        never=("model.alias_floating",),
    ),
    "weights-at-whatever-revision-is-newest": Layout(
        files={"requirements.txt": "transformers==4.53\n", "app/main.py": _IN_PROCESS.format(given="")},
        uses=("llm",),
        facts={"model.alias_floating": "True"},
        hosts=("huggingface.co",),
    ),
    "weights-in-the-image": Layout(
        files={
            "requirements.txt": "transformers==4.53\n",
            "Dockerfile": "FROM python:3.12\nCOPY weights /root/.cache/huggingface\nENV HF_HUB_OFFLINE=1\nCMD python app/main.py\n",
            "app/main.py": _IN_PROCESS.format(given=""),
        },
        uses=("llm",),
        never=("model.alias_floating", "huggingface.co"),
    ),
    "an-engine-is-given-a-revision": Layout(
        files={
            "requirements.txt": "openai==1.90\n",
            "compose.yaml": "services:\n  llm:\n    image: vllm/vllm-openai:v0.9\n    command: --model meta-llama/Llama-3.1-8B-Instruct --revision 0e9e39f249a16976918f6564b8830bc894c89659\n  desk:\n    build: .\n",
            "app/main.py": _CHAT.replace("OpenAI()", "OpenAI(base_url='http://llm:8000/v1')").replace("gpt-4.1-mini", "meta-llama/Llama-3.1-8B-Instruct"),
        },
        uses=("llm",),
        facts={"model.engine": "vllm"},
        never=("model.alias_floating",),
    ),
    "weights-in-folders-of-ones-own": Layout(
        files={
            "requirements.txt": "transformers==4.53\n",
            "app/main.py": "from transformers import AutoModelForCausalLM, AutoTokenizer\n\nmodel = AutoModelForCausalLM.from_pretrained('results/llama-3-8b-leaves')\ntokens = AutoTokenizer.from_pretrained('checkpoints/llama-3-8b-leaves')\n\n\ndef answer(question):\n    return model.generate(**tokens(question))\n",
        },
        uses=("llm",),
        never=("huggingface.co",),
    ),
    "a-model-by-its-digest": Layout(
        files={
            "requirements.txt": "replicate==1.0\n",
            "app/main.py": "import replicate\n\n\ndef answer(question):\n    return replicate.run('meta/llama-2-70b-chat:02e509c789964a7ea8736978a43525956ef40397be9033abf9fd2badfe68c9e3', input={'prompt': question})\n",
        },
        uses=("llm",),
        facts={"model.alias_floating": "False"},
    ),
    "the-model-that-embeds-keeps-its-version": Layout(
        files={
            "requirements.txt": "openai==1.90\n",
            "app/main.py": _AZURE,
            "infra/main.bicep": _DEPLOYMENT.format(label="chat", name="gpt-4o", version="2024-08-06", option="OnceNewDefaultVersionAvailable")
            + _DEPLOYMENT.format(label="vectors", name="text-embedding-3-large", version="1", option="NoAutoUpgrade"),
        },
        uses=("llm",),
        models=(("chat", "gpt-4o"),),
        facts={"model.alias_floating": "True"},
        never_asks=("model.alias_floating",),
    ),
    "one-of-two-databases-is-encrypted": Layout(
        files={
            "requirements.txt": "openai==1.90\n",
            "app/main.py": _CHAT,
            "infra/main.tf": 'resource "aws_db_instance" "desk" {\n  engine = "postgres"\n  storage_encrypted = true\n}\n\nresource "aws_db_instance" "leaves" {\n  engine = "postgres"\n}\n',
        },
        uses=("llm",),
        sources=("postgresql",),
        asks=("aws_db_instance without it",),
        never=("security.encrypted_at_rest",),
    ),
    "a-queue-is-encrypted-and-the-database-is-not": Layout(
        files={
            "requirements.txt": "openai==1.90\n",
            "app/main.py": _CHAT,
            "template.yaml": "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Cards:\n    Type: AWS::DynamoDB::Table\n    Properties:\n      SSESpecification:\n        SSEEnabled: true\n  Leaves:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      Engine: postgres\n      StorageEncrypted: false\n",
        },
        uses=("llm",),
        sources=("dynamodb", "postgresql"),
        asks=("AWS::RDS::DBInstance without it",),
        never=("security.encrypted_at_rest",),
    ),
    "every-database-is-encrypted": Layout(
        files={
            "requirements.txt": "openai==1.90\n",
            "app/main.py": _CHAT,
            "infra/main.tf": 'resource "aws_db_instance" "desk" {\n  engine = "postgres"\n  storage_encrypted = true\n}\n\nresource "aws_db_instance" "leaves" {\n  engine = "postgres"\n  storage_encrypted = var.encrypted\n}\n',
        },
        uses=("llm",),
        sources=("postgresql",),
        facts={"security.encrypted_at_rest": "True"},
    ),
    "a-readme-speaks-of-the-template-of-others": Layout(
        files={
            "requirements.txt": "openai==1.90\n",
            "README.md": "# Desk\n\nAnswers questions with a language model.\n\nThe page has its own repository: [![Deploy](https://vercel.com/button)](https://vercel.com/new/clone?repository-url=https%3A%2F%2Fgithub.com%2Fmaple%2Fpages)\n",
            "app/main.py": _CHAT,
        },
        uses=("llm",),
        never=("target.service",),
    ),
    "a-readme-has-the-button-of-the-project": Layout(
        files={
            "requirements.txt": "openai==1.90\n",
            "README.md": "# Desk\n\nAnswers questions with a language model.\n\n[![Deploy](https://vercel.com/button)](https://vercel.com/new/clone?repository-url=https%3A%2F%2Fgithub.com%2Fmaple%2Fa-readme-has-the-button-of-the-project&env=KEY)\n",
            "app/main.py": _CHAT,
        },
        uses=("llm",),
        facts={"target.service": "vercel-functions"},
    ),
    "graphs-that-a-server-of-the-pilots-own-runs": Layout(
        files={
            "requirements.txt": "langgraph==0.5\nlangchain-openai==0.3\nfastapi==0.115\n",
            "langgraph.json": '{"dependencies": ["."], "graphs": {"desk": "./app/graph.py:graph"}}',
            "app/graph.py": _GRAPH,
            "app/main.py": _SERVER,
        },
        uses=("llm",),
        never=("langgraph-platform",),
    ),
    "graphs-whose-platform-takes-a-server-along": Layout(
        files={
            "requirements.txt": "langgraph==0.5\nlangchain-openai==0.3\nfastapi==0.115\n",
            "langgraph.json": '{"dependencies": ["."], "graphs": {"desk": "./app/graph.py:graph"}, "http": {"app": "./app/main.py:app"}}',
            "app/graph.py": _GRAPH,
            "app/main.py": _SERVER,
        },
        uses=("llm",),
        facts={"target.service": "langgraph-platform"},
    ),
    "a-function-that-only-takes-files-in": Layout(
        files={
            "requirements.txt": "openai==1.90\n",
            "app/main.py": _CHAT,
            "infra/main.bicep": "resource worker 'Microsoft.Web/sites@2023-12-01' = {\n  name: 'ingest-${token}'\n  kind: 'functionapp,linux'\n}\n",
        },
        uses=("llm",),
        never=("target.service",),
    ),
    "a-command-that-deploys-schedules-alone": Layout(
        files={
            "requirements.txt": "openai==1.90\n",
            "app/main.py": _CHAT,
            ".github/workflows/ship.yml": "on: push\njobs:\n  ship:\n    runs-on: ubuntu-latest\n    steps:\n      - run: gcloud app deploy --quiet cron.yaml\n",
        },
        uses=("llm",),
        never=("target.service",),
    ),
}  # fmt: skip
