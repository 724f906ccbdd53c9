"""Replicas of pilots that name their model in ways of their own, and of programs beside them whose models answer nobody."""

from __future__ import annotations

from layouts import Layout

_ASKS = "from openai import OpenAI\n\n\ndef answer(question):\n    return OpenAI().chat.completions.create(model='gpt-4.1-mini-2025-04-14', messages=[question])\n"

MODELLED_LAYOUTS: dict[str, Layout] = {
    "ollama-is-asked-by-the-bare-name-of-a-family": Layout(
        files={
            "ask.py": "from langchain_community.llms.ollama import Ollama\n\n\ndef answer(question):\n    return Ollama(model='mistral').invoke(question)\n\n\nprint(answer(input()))\n"
        },
        uses=("llm",),
        models=(("chat", "mistral"),),
        facts={"model.name": "mistral", "model.hosting": "self", "model.engine": "ollama", "model.alias_floating": "True"},
    ),
    "a-script-asks-ollama-by-a-bare-name": Layout(
        files={
            "package.json": '{"name": "g", "dependencies": {"ai": "4.1.0", "ollama-ai-provider": "1.2.0"}}',
            "src/ask.ts": "import { generateText } from 'ai'\nimport { ollama } from 'ollama-ai-provider'\nexport const ask = (prompt: string) => generateText({ model: ollama('mistral'), prompt })\n",
        },
        uses=("llm",),
        models=(("chat", "mistral"),),
        facts={"model.name": "mistral", "model.hosting": "self", "model.engine": "ollama"},
    ),
    "a-size-behind-a-colon-is-a-name-of-ollama": Layout(
        files={
            "ask.py": "from openai import OpenAI\n\nMODEL = 'granite3.2:8b'\nclient = OpenAI(base_url='http://localhost:11434/v1', api_key='none')\n\n\ndef answer(question):\n    return client.chat.completions.create(model=MODEL, messages=[question])\n"
        },
        uses=("llm",),
        models=(("chat", "granite3.2:8b"),),
        facts={"model.hosting": "self", "model.engine": "ollama"},
    ),
    "what-looks-at-pictures-does-not-answer": Layout(
        files={
            "app/scan.py": "from openai import OpenAI\n\nclient = OpenAI(base_url='https://integrate.api.nvidia.com/v1')\n\n\ndef read(page):\n    return client.chat.completions.create(model='meta/llama-3.2-11b-vision-instruct', messages=[page])\n",
            "app/main.py": "from openai import OpenAI\nfrom app.scan import read\n\nclient = OpenAI(base_url='https://integrate.api.nvidia.com/v1')\n\n\ndef answer(question, page):\n    return client.chat.completions.create(model='nvidia/llama-3.3-nemotron-super-49b-v1', messages=[read(page), question])\n",
        },
        uses=("llm",),
        models=(
            ("chat", "nvidia/llama-3.3-nemotron-super-49b-v1"),
            ("vision", "meta/llama-3.2-11b-vision-instruct"),
        ),
        facts={"model.name": "nvidia/llama-3.3-nemotron-super-49b-v1", "model.hosting": "hosted"},
    ),
    "a-model-that-speaks-is-none-that-chats": Layout(
        files={
            "app/voice.py": "import os\n\nSONIC_MODEL_ID = os.environ.get('SONIC_MODEL_ID', 'amazon.nova-2-sonic-v1:0')\n\n\ndef listen(stream):\n    return stream.open(SONIC_MODEL_ID)\n",
            "app/main.py": "import boto3\nfrom app.voice import listen\n\n\ndef answer(stream):\n    return boto3.client('bedrock-runtime').converse(modelId='amazon.nova-pro-v1:0', messages=listen(stream))\n",
        },
        uses=("llm",),
        models=(("chat", "amazon.nova-pro-v1:0"), ("speech", "amazon.nova-2-sonic-v1:0")),
    ),
    "programs-that-make-data-and-prompts-answer-nobody": Layout(
        files={
            "app/main.py": _ASKS,
            "data/datasets/garden/prepare.py": "from transformers import AutoModelForSequenceClassification\n\nsorts = AutoModelForSequenceClassification.from_pretrained('club/question-or-not-bert')\n",
            "steps/synthetic_data.py": "from litellm import completion\n\n\ndef question(chunk):\n    return completion(model='gpt-3.5-turbo-0125', messages=[chunk])\n",
            "scripts/generate_system_prompts.py": "VARIANTS = [{'output': 'a.txt', 'model': 'granite-3.3-8b-instruct'}]\n",
            "configs/generate_dataset.yaml": "parameters:\n  summarization_agent_model_id: claude-3-haiku-20240307\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4.1-mini-2025-04-14"),),
        facts={"model.name": "gpt-4.1-mini-2025-04-14"},
        never=("question-or-not", "gpt-3.5-turbo", "granite-3.3", "claude-3-haiku"),
    ),
    "values-of-one-variant-do-not-hide-what-all-machines-run": Layout(
        files={
            "docker_compose/cpu/compose.yaml": "services:\n  tgi:\n    image: ghcr.io/huggingface/text-generation-inference:2.4.0\n    command: --model-id ${LLM_MODEL_ID}\n",
            "docker_compose/cpu/set_env.sh": "export LLM_MODEL_ID='Intel/neural-chat-7b-v3-3'\n",
            "docker_compose/gpu/compose.yaml": "services:\n  tgi:\n    image: ghcr.io/huggingface/text-generation-inference:2.4.0-rocm\n    command: --model-id ${LLM_MODEL_ID}\n",
            "docker_compose/hpu/compose.yaml": "services:\n  tgi:\n    image: ghcr.io/huggingface/tgi-gaudi:2.3.1\n    command: --model-id ${LLM_MODEL_ID}\n",
            "kubernetes/helm/gaudi-values.yaml": "tgi:\n  image:\n    repository: ghcr.io/huggingface/tgi-gaudi\n    tag: '2.3.1'\n",
        },
        uses=("llm",),
        facts={"model.engine": "tgi", "model.hosting": "self"},
    ),
    "streamlit-hands-out-its-secrets": Layout(
        files={
            "requirements.txt": "streamlit\nlangchain\nopenai\n",
            "ui/ask.py": "import streamlit as st\nfrom langchain.chat_models import AzureChatOpenAI\n\nDEPLOYMENT = st.secrets['CHAT_DEPLOYMENT']\nMODEL = st.secrets['CHAT_MODEL']\n\n\ndef answer(question):\n    return AzureChatOpenAI(deployment_name=DEPLOYMENT, model_name=MODEL).predict(question)\n",
            "ui/.streamlit/secrets.toml.example": 'OPENAI_API_KEY = ""\nCHAT_MODEL = "gpt-4-32k"\nCHAT_DEPLOYMENT = "gpt-4-32k"\n',
        },
        uses=("llm",),
        models=(("chat", "gpt-4-32k"),),
        facts={"model.hosting": "hosted"},
        hosts=("*.openai.azure.com",),
    ),
    "a-client-of-the-sdk-is-made-in-a-file-of-its-own": Layout(
        files={
            "package.json": '{"name": "f", "dependencies": {"ai": "4.1.0", "@ai-sdk/amazon-bedrock": "1.1.0"}}',
            "lib/bedrock.ts": "import { createAmazonBedrock } from '@ai-sdk/amazon-bedrock'\nexport const bedrock = createAmazonBedrock({ region: process.env.AWS_REGION! })\n",
            "app/api/sort/route.ts": "import { generateObject } from 'ai'\nimport { bedrock } from '@/lib/bedrock'\nexport async function POST(request: Request) {\n  const text = await request.text()\n  return Response.json(await generateObject({ model: bedrock('anthropic.claude-3-5-sonnet-20241022-v2:0'), prompt: text, schema }))\n}\n",
        },
        uses=("llm",),
        models=(("chat", "anthropic.claude-3-5-sonnet-20241022-v2:0"),),
        facts={"model.hosting": "hosted", "model.version": "20241022"},
        hosts=("bedrock-runtime.*.amazonaws.com",),
    ),
    "the-gateway-serves-a-model-under-its-maker": Layout(
        files={
            "package.json": '{"name": "c", "dependencies": {"ai": "6.0.0", "next": "15.0.0"}}',
            "lib/models.ts": "export const DEFAULT_CHAT_MODEL = 'moonshotai/kimi-k2.5'\n",
            "lib/provider.ts": "import { gateway } from 'ai'\nexport const modelOf = (id: string) => gateway.languageModel(id)\n",
            "app/api/chat/route.ts": "import { streamText } from 'ai'\nimport { DEFAULT_CHAT_MODEL } from '@/lib/models'\nimport { modelOf } from '@/lib/provider'\nexport async function POST(request: Request) {\n  const { messages } = await request.json()\n  return streamText({ model: modelOf(DEFAULT_CHAT_MODEL), messages }).toTextStreamResponse()\n}\n",
        },
        uses=("llm",),
        models=(("chat", "moonshotai/kimi-k2.5"),),
        facts={"model.hosting": "hosted"},
    ),
    "a-function-of-its-own-asks-by-plain-http": Layout(
        files={
            "ask.csproj": '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup></Project>',
            "Ask.cs": 'using System.Net.Http;\npublic static class Ask {\n  public static async Task<string> Run(string question) => await AskForCompletion("gpt-3.5-turbo-instruct", question, 64);\n  static async Task<string> AskForCompletion(string model, string prompt, int most) {\n    var client = new HttpClient();\n    var said = await client.PostAsync("https://api.openai.com/v1/completions", Body(model, prompt, most));\n    return await said.Content.ReadAsStringAsync();\n  }\n}\n',
        },
        uses=("llm",),
        models=(("chat", "gpt-3.5-turbo-instruct"),),
        facts={"model.hosting": "hosted"},
        hosts=("api.openai.com",),
    ),
    "an-agent-of-cortex-is-specified-in-json": Layout(
        files={
            "create_agent.json": '{"name": "clerk", "instructions": {"response": "Be brief."}, "models": {"orchestration": "claude-4-sonnet"}, "tools": [{"tool_spec": {"type": "cortex_analyst_text_to_sql", "name": "ask_sales"}}, {"tool_spec": {"type": "cortex_search", "name": "find_calls"}}], "tool_resources": {"find_calls": {"name": "D.S.CALLS", "max_results": 7}}}',
            "agent-run.yaml": "openapi: 3.0.0\ninfo: {title: run}\npaths:\n  /run:\n    post:\n      requestBody:\n        content:\n          application/json:\n            example: {max_results: 3, top_k: 3}\n",
        },
        uses=("llm", "retrieval", "agent"),
        sources=("snowflake",),
        models=(("chat", "claude-4-sonnet"),),
        facts={"model.hosting": "hosted", "retrieval.top_k": "7"},
        tools={"ask_sales": "reads", "find_calls": "reads"},
    ),
    "an-agent-of-cortex-is-made-in-sql": Layout(
        files={
            "setup.sql": 'CREATE OR REPLACE AGENT sales.clerk\n  FROM SPECIFICATION\n  $$\n  models:\n    orchestration: claude-4-sonnet\n  tools:\n    - tool_spec:\n        type: "cortex_search"\n        name: "find_calls"\n  tool_resources:\n    find_calls:\n      name: "D.S.CALLS"\n      max_results: "6"\n  $$;\n'
        },
        uses=("llm", "retrieval", "agent"),
        sources=("snowflake",),
        models=(("chat", "claude-4-sonnet"),),
        facts={"retrieval.top_k": "6"},
        tools={"find_calls": "reads"},
    ),
    "an-agent-of-cortex-that-chooses-its-model-names-none": Layout(
        files={
            "agent.yaml": "models:\n  orchestration: auto\ninstructions:\n  response: brief\ntools:\n  - tool_spec:\n      type: cortex_search\n      name: find_calls\n"
        },
        uses=("llm", "retrieval", "agent"),
        sources=("snowflake",),
        tools={"find_calls": "reads"},
        never=("auto",),
    ),
    "a-database-embeds-beside-a-script-that-does": Layout(
        files={
            "sql/01-find.sql": "declare @e vector(1536) = AI_GENERATE_EMBEDDINGS(@question USE MODEL Embeddings);\nselect top(10) title from articles order by vector_distance('cosine', @e, embedding);\n",
            "python/hybrid.py": "from sentence_transformers import SentenceTransformer\n\nmodel = SentenceTransformer('multi-qa-MiniLM-L6-cos-v1')\n\n\ndef find(cursor, question):\n    return cursor.execute('select top(5) title from other order by vector_distance', model.encode(question))\n",
        },
        uses=("retrieval",),
        models=(("embedding", "multi-qa-MiniLM-L6-cos-v1"),),
        facts={"model.kind": "embedding"},
        never=("self",),
    ),
    "the-default-of-a-size-is-not-the-default": Layout(
        files={
            "agent/config.py": "import os\n\nANTHROPIC_MODEL = os.environ.get('ANTHROPIC_MODEL', 'claude-opus-4-5-20251101')\nANTHROPIC_DEFAULT_HAIKU_MODEL = os.environ.get('ANTHROPIC_DEFAULT_HAIKU_MODEL', 'claude-haiku-4-5-20251001')\n",
            "agent/main.py": "from anthropic import Anthropic\nfrom agent.config import ANTHROPIC_DEFAULT_HAIKU_MODEL, ANTHROPIC_MODEL\n\n\ndef run(task):\n    return Anthropic().messages.create(model=ANTHROPIC_MODEL, messages=[task])\n\n\ndef fetch(page):\n    return Anthropic().messages.create(model=ANTHROPIC_DEFAULT_HAIKU_MODEL, messages=[page])\n",
        },
        uses=("llm",),
        facts={"model.name": "claude-opus-4-5-20251101", "model.version": "20251101"},
    ),
    "what-describes-pictures-in-documents-does-not-answer": Layout(
        files={
            "app/files.py": "from markitdown import MarkItDown\nfrom openai import OpenAI\n\n\ndef read(path):\n    return MarkItDown(llm_client=OpenAI(), llm_model='gpt-4o').convert(path).text_content\n",
            "app/main.py": "from app.files import read\nfrom openai import OpenAI\n\n\ndef answer(request):\n    return OpenAI().chat.completions.create(model=request.model, messages=[read(request.path)])\n",
        },
        uses=("llm",),
        models=(("vision", "gpt-4o"),),
        never=("model.name",),
    ),
    "a-name-that-groq-alone-has-is-asked-there": Layout(
        files={
            "app.py": "import os\n\nfrom groq import Groq\n\nclient = Groq()\n\n\ndef answer(question):\n    return client.chat.completions.create(model='llama-3.3-70b-versatile', messages=[question])\n\n\ndef look(picture):\n    import ollama\n\n    return ollama.chat(model='moondream', messages=[picture])\n"
        },
        uses=("llm",),
        models=(("chat", "llama-3.3-70b-versatile"), ("vision", "moondream")),
        facts={"model.name": "llama-3.3-70b-versatile", "model.hosting": "hosted"},
    ),
    "a-deployment-is-called-as-people-like-beside-its-model": Layout(
        files={
            ".env.sample": "AZURE_OPENAI_CHAT_MODEL=gpt-35-turbo-16k\nAZURE_OPENAI_CHAT_DEPLOYMENT=gpt-35-turbo-16k-0613\nAZURE_OPENAI_EVALUATION_MODEL=gpt-4-32k\nAZURE_OPENAI_EVALUATION_DEPLOYMENT=gpt-4-32k-0314\n",
            "app/chat.py": "import os\n\nfrom langchain_openai import AzureChatOpenAI\n\nllm = AzureChatOpenAI(azure_deployment=os.environ['AZURE_OPENAI_CHAT_DEPLOYMENT'], model=os.environ['AZURE_OPENAI_CHAT_MODEL'])\nprint(llm.invoke(input()))\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-35-turbo-16k"), ("judge", "gpt-4-32k")),
        never=("gpt-4-32k-0314",),
    ),
    "settings-name-another-model-than-one-call": Layout(
        files={
            "constants.py": "OPENAI_MODEL = 'gpt-4.1'\n",
            "first_steps.py": "from openai import OpenAI\n\n\ndef answer(question):\n    return OpenAI().chat.completions.create(model='gpt-3.5-turbo', messages=[question])\n\n\nprint(answer(input()))\n",
            "utils/ask.py": "import litellm\nfrom constants import OPENAI_MODEL\n\n\nNAMES = {'large': OPENAI_MODEL}\n\n\ndef answer(question, size):\n    return litellm.completion(model=NAMES[size], messages=[question])\n",
        },
        uses=("llm",),
        facts={"model.hosting": "hosted"},
        asks=("2 models of chats are named: which of them does production ask? gpt-3.5-turbo (", ", gpt-4.1 ("),
        never=("model.name",),
    ),
    "how-a-model-is-trained-says-nothing-of-serving": Layout(
        files={
            "configs/pretrain.yaml": "model:\n  hidden_size: 512\noptimizer:\n  name: adamw\ndistributed:\n  tp_size: 2\n",
            "train.py": "from transformers import Trainer\n\nTrainer(model=build(), args=arguments()).train()\n",
        },
        uses=("classic-ml", "training"),
        never=("model.tensor_parallel",),
    ),
}  # fmt: skip
