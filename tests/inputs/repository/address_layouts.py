"""Replicas of pilots whose models are asked at another address than their provider's, and of addresses that nobody asks."""

from __future__ import annotations

from layouts import Layout

ADDRESS_LAYOUTS: dict[str, Layout] = {
    "a-client-in-go-that-is-given-its-address-afterwards": Layout(
        files={
            "go.mod": "module example/bot\n\ngo 1.23\n\nrequire (\n\tgithub.com/mymmrac/telego v1.0.2\n\tgithub.com/sashabaranov/go-openai v1.38.1\n)\n",
            "main.go": 'package main\n\nimport (\n\ttg "github.com/mymmrac/telego"\n\n\t"github.com/sashabaranov/go-openai"\n)\n\nfunc main() {\n\tbot, _ := tg.NewBot(settings.Token)\n\tclientCfg := openai.DefaultConfig(settings.Key)\n\tclientCfg.BaseURL = settings.Address\n\tclient := openai.NewClientWithConfig(clientCfg)\n\tclient.CreateChatCompletion(ctx, openai.ChatCompletionRequest{Model: settings.Model})\n\t_ = bot\n}\n',
        },
        uses=("llm",),
        hosts=("api.telegram.org",),
        never=("api.openai.com", "model.hosting"),
    ),
    "a-client-in-go-that-is-told-its-address": Layout(
        files={
            "main.go": 'package main\n\nimport (\n\t"github.com/openai/openai-go"\n\t"github.com/openai/openai-go/option"\n)\n\nfunc main() {\n\tclient := openai.NewClient(option.WithBaseURL(address), option.WithAPIKey(key))\n\tclient.Chat.Completions.New(ctx, openai.ChatCompletionNewParams{})\n}\n',
        },
        uses=("llm",),
        never=("api.openai.com",),
    ),
    "models-behind-an-address-that-options-hold": Layout(
        files={
            "package.json": '{"dependencies": {"@langchain/openai": "0.6.0"}}\n',
            "index.js": 'import { ChatOpenAI, OpenAIEmbeddings } from "@langchain/openai";\n\nconst chat = new ChatOpenAI({\n  model: process.env.CHAT || "hf.co/qwen/qwen2.5-coder-3b-instruct-gguf:q4_k_m",\n  configuration: {\n    baseURL: process.env.MODELS || "http://localhost:12434/engines/llama.cpp/v1/",\n  },\n});\nconst vectors = new OpenAIEmbeddings({\n  model: "ai/embeddinggemma:latest",\n  configuration: { baseURL: process.env.MODELS || "http://localhost:12434/engines/llama.cpp/v1/" },\n});\nawait chat.invoke("x");\n',
        },
        uses=("llm", "retrieval"),
        facts={"model.hosting": "self"},
        never=("api.openai.com", "model.engine"),
    ),
    "a-gateway-that-stands-before-a-provider": Layout(
        files={
            "package.json": '{"dependencies": {"ai": "5.0.0", "@ai-sdk/togetherai": "1.0.0"}}\n',
            ".env.example": "TOGETHER_API_KEY=\n",
            "lib/answer.ts": "import { generateText } from 'ai';\nimport { createTogetherAI } from '@ai-sdk/togetherai';\n\nconst togetherai = createTogetherAI({\n  apiKey: process.env.TOGETHER_API_KEY ?? '',\n  baseURL: 'https://together.helicone.ai/v1',\n});\n\nexport const answer = (text: string) => generateText({ model: togetherai('Qwen/Qwen3-Coder-Next-FP8'), prompt: text });\n",
        },
        uses=("llm",),
        hosts=("together.helicone.ai",),
        facts={"model.hosting": "hosted"},
        never=("api.together.xyz",),
    ),
    "a-key-that-only-opens-another-server": Layout(
        files={
            "requirements.txt": "langchain-openai==0.3\nlangchain-deepseek==0.1\n",
            "docker-compose.yml": "services:\n  api:\n    build: .\n    environment:\n      OPENAI_API_TOKEN: ${OPENAI_API_TOKEN}\n      OPENAI_API_ENDPOINT: ${OPENAI_API_ENDPOINT}\n",
            "app.py": "import os\nfrom langchain_deepseek import ChatDeepSeek\nfrom langchain_openai import ChatOpenAI\n\nendpoint = os.environ['OPENAI_API_ENDPOINT']\nllm = ChatOpenAI(model=os.environ['MODEL'], api_key=os.environ['OPENAI_API_TOKEN'], base_url=endpoint)\nsecond = ChatDeepSeek(base_url='https://opencode.ai/zen/go/v1', model=os.environ['SECOND'])\nprint(llm.invoke('x'), second.invoke('x'))\n",
        },
        uses=("llm",),
        hosts=("opencode.ai",),
        never=("api.openai.com", "api.deepseek.com"),
    ),
    "a-client-whose-other-address-may-be-left-out": Layout(
        files={
            "requirements.txt": "langchain-anthropic==0.3\n",
            "app.py": "import os\nfrom langchain_anthropic import ChatAnthropic\n\nllm = ChatAnthropic(model='claude-3-5-haiku-latest', base_url=os.getenv('ANTHROPIC_BASE_URL'))\nprint(llm.invoke('x'))\n",
        },
        uses=("llm",),
        hosts=("api.anthropic.com",),
        facts={"model.hosting": "hosted"},
    ),
    "an-address-beside-the-name-of-its-model": Layout(
        files={
            "compose.yaml": "services:\n  agent:\n    build: .\n    environment:\n      - NVIDIA_API_KEY=${NVIDIA_API_KEY}\n      - NIM_LLM_BASE_URL=${NIM_LLM_BASE_URL:-https://integrate.api.nvidia.com/v1}\n      - NIM_LLM_MODEL_NAME=${NIM_LLM_MODEL_NAME:-nvidia/nemotron-3-nano-30b-a3b}\n",
            "compose-nim.yaml": "services:\n  nim:\n    image: nvcr.io/nim/nvidia/nemotron-3-nano:latest\n",
            "agent.py": "import os\nfrom openai import OpenAI\n\nclient = OpenAI(base_url=os.environ['NIM_LLM_BASE_URL'])\nclient.chat.completions.create(model=os.environ['NIM_LLM_MODEL_NAME'], messages=[])\n",
        },
        uses=("llm",),
        models=(("chat", "nvidia/nemotron-3-nano-30b-a3b"),),
        hosts=("integrate.api.nvidia.com",),
        facts={"model.hosting": "hosted"},
    ),
    "a-chart-that-asks-an-engine-of-its-own": Layout(
        files={
            "deploy/helm/loans/Chart.yaml": "name: loans\n",
            "deploy/helm/loans/values.yaml": 'secrets:\n  LLM_BASE_URL: "http://vllm:8000/v1"\n  LLM_MODEL: "gpt-4o-mini"\n',
            "app/config.py": "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    LLM_BASE_URL: str = 'https://api.openai.com/v1'\n    LLM_MODEL: str = 'gpt-4o-mini'\n",
            "app/main.py": "from langchain_openai import ChatOpenAI\nfrom app.config import settings\n\nllm = ChatOpenAI(model=settings.LLM_MODEL, base_url=settings.LLM_BASE_URL)\nprint(llm.invoke('x'))\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-mini"),),
        facts={"model.hosting": "self"},
    ),
    "an-address-of-the-environment-that-is-loaded": Layout(
        files={
            "docker-compose.yml": "services:\n  bot:\n    build: .\n    env_file:\n      - .env\n",
            ".env.example": 'LLM_BASE_URL="http://localhost:11434"\nLLM_MODEL="llama3"\nEMBEDDER_BASE_URL="http://localhost:11434"\nEMBEDDER_MODEL="nomic-embed-text:latest"\n',
            "src/config.py": "import os\n\n\nclass Config:\n    EMBEDDER_BASE_URL = os.getenv('EMBEDDER_BASE_URL')\n    EMBEDDER_MODEL = os.getenv('EMBEDDER_MODEL', 'text-embedding-3-small')\n    LLM_BASE_URL = os.getenv('LLM_BASE_URL', '')\n    LLM_MODEL = os.getenv('LLM_MODEL', 'llama3')\n",
            "src/chat.py": "from langchain_ollama import ChatOllama\nfrom langchain_openai import ChatOpenAI, OpenAIEmbeddings\nfrom src.config import Config\n\n\ndef model():\n    if 'openai' in Config.LLM_BASE_URL:\n        return ChatOpenAI(model=Config.LLM_MODEL)\n    return ChatOllama(model=Config.LLM_MODEL, base_url=Config.LLM_BASE_URL)\n\n\nembedder = OpenAIEmbeddings(model=Config.EMBEDDER_MODEL, base_url=Config.EMBEDDER_BASE_URL)\nprint(model().invoke('x'), embedder.embed_query('x'))\n",
        },
        uses=("llm", "retrieval"),
        models=(("chat", "llama3"), ("embedding", "nomic-embed-text:latest")),
        facts={"model.hosting": "self"},
        never=("text-embedding-3-small",),
    ),
    "models-that-docker-runs": Layout(
        files={
            "compose.yaml": "services:\n  expert:\n    build: .\n    models:\n      chat-model:\n        endpoint_var: MODELS_URL\n        model_var: MODELS_CHAT\n      vectors: {}\nmodels:\n  chat-model:\n    model: hf.co/Qwen/Qwen2.5-Coder-3B-Instruct-GGUF:Q4_K_M\n  vectors:\n    model: ai/embeddinggemma:latest\n",
            "app.py": "import os\nfrom openai import OpenAI\n\nclient = OpenAI(base_url=os.environ['MODELS_URL'], api_key='none')\nclient.chat.completions.create(model=os.environ['MODELS_CHAT'], messages=[])\nclient.embeddings.create(model=os.environ['VECTORS_MODEL'], input='x')\n",
        },
        uses=("llm", "retrieval"),
        models=(
            ("chat", "hf.co/Qwen/Qwen2.5-Coder-3B-Instruct-GGUF:Q4_K_M"),
            ("embedding", "ai/embeddinggemma:latest"),
        ),
        facts={"model.hosting": "self"},
        never=("api.openai.com",),
    ),
    "a-client-of-azure-with-a-key-called-openais": Layout(
        files={
            "requirements.txt": "openai==1.60\nchainlit==2.0\n",
            "compose.yaml": "services:\n  chat:\n    build: .\n    environment:\n      OPENAI_API_KEY: ${OPENAI_API_KEY}\n      AZURE_OPENAI_ENDPOINT: https://someones.openai.azure.com/\n",
            "app.py": "import os\nfrom openai import AsyncAzureOpenAI\n\nclient = AsyncAzureOpenAI(api_key=os.getenv('OPENAI_API_KEY'), azure_endpoint=os.getenv('AZURE_OPENAI_ENDPOINT'))\n\n\ndef settings():\n    return {'model': 'gpt-35-turbo', 'stream': True}\n\n\nasync def answer(messages):\n    return await client.chat.completions.create(messages=messages, **settings())\n",
        },
        uses=("llm",),
        models=(("chat", "gpt-35-turbo"),),
        hosts=("*.openai.azure.com",),
        facts={"model.hosting": "hosted"},
        never=("api.openai.com",),
    ),
    "a-maker-whose-other-address-may-be-left-out": Layout(
        files={
            "package.json": '{"dependencies": {"ai": "5.0.0", "@ai-sdk/openai": "2.0.0"}}\n',
            ".env.example": "OPENAI_API_KEY=\n",
            "lib/answer.ts": "import { createOpenAI } from '@ai-sdk/openai';\nimport { generateText } from 'ai';\n\ntype Choice = { model: string; apiKey?: string; baseURL?: string };\n\nexport function answer({ model, apiKey, baseURL }: Choice, prompt: string) {\n  return generateText({ model: createOpenAI({ apiKey, baseURL })(model), prompt });\n}\n",
            "lib/patch.ts": "import { createOpenAI } from '@ai-sdk/openai';\nimport { generateText } from 'ai';\n\nconst openai = createOpenAI({ apiKey: process.env.PATCH_KEY, baseURL: 'https://api.morphllm.com/v1' });\n\nexport const patch = (prompt: string) => generateText({ model: openai('morph-v3-large'), prompt });\n",
        },
        uses=("llm",),
        hosts=("api.openai.com", "api.morphllm.com"),
    ),
    "a-maker-that-is-always-given-another-address": Layout(
        files={
            "package.json": '{"dependencies": {"ai": "5.0.0", "@ai-sdk/openai": "2.0.0"}}\n',
            ".env.example": "OPENAI_API_KEY=\n",
            "lib/patch.ts": "import { createOpenAI } from '@ai-sdk/openai';\nimport { generateText } from 'ai';\n\nconst openai = createOpenAI({ apiKey: process.env.OPENAI_API_KEY, baseURL: 'https://api.morphllm.com/v1' });\n\nexport const patch = (prompt: string) => generateText({ model: openai('morph-v3-large'), prompt });\n",
        },
        uses=("llm",),
        hosts=("api.morphllm.com",),
        never=("api.openai.com",),
    ),
    "two-clients-of-which-one-may-ask-its-maker": Layout(
        files={
            "requirements.txt": "langchain-openai==0.3\nlangchain-anthropic==0.3\n",
            ".env.example": "OPENAI_API_KEY=\n",
            "client.py": "import os\nfrom langchain_anthropic import ChatAnthropic\nfrom langchain_openai import ChatOpenAI\n\n\ndef client(provider, model):\n    if provider == 'Anthropic':\n        return ChatAnthropic(model=model)\n    if provider == 'OpenAI':\n        return ChatOpenAI(model=model, base_url=os.getenv('OPENAI_API_BASE'))\n    return ChatOpenAI(model=model, base_url=os.getenv('MOONSHOT_BASE_URL') or 'https://api.moonshot.ai/v1')\n\n\nprint(client('OpenAI', 'gpt-5.5').invoke('x'))\n",
        },
        uses=("llm",),
        asks=(
            "3 providers of models can be asked: which of them does production ask? api.moonshot.ai (client.py:11",
            "api.openai.com (",
            "api.anthropic.com (",
        ),
    ),
    "a-client-in-go-that-is-given-an-address-if-there-is-one": Layout(
        files={
            "go.mod": "module example/helper\n\ngo 1.23\n\nrequire github.com/sashabaranov/go-openai v1.38.1\n",
            "main.go": 'package main\n\nimport "github.com/sashabaranov/go-openai"\n\nfunc main() {\n\tset := openai.DefaultConfig(config.Key())\n\taddress := config.Address()\n\tif address != "" {\n\t\tset.BaseURL = address\n\t}\n\tclient := openai.NewClientWithConfig(set)\n\tclient.CreateChatCompletion(ctx, openai.ChatCompletionRequest{Model: model})\n}\n',
        },
        uses=("llm",),
        hosts=("api.openai.com",),
    ),
    "two-clients-of-which-one-is-given-its-options-in-parts": Layout(
        files={
            "requirements.txt": "langchain-openai==0.3\n",
            ".env.example": "OPENAI_API_KEY=\nLLM_API_KEY=\n",
            "chat.py": "from langchain_openai import ChatOpenAI\n\n\ndef client(**options):\n    return ChatOpenAI(model='gpt-4-turbo', **options)\n\n\nprint(client().invoke('x'))\n",
            "notes.py": "import os\nfrom langchain_openai import ChatOpenAI\n\nllm = ChatOpenAI(model='meta-llama/Meta-Llama-3.1-8B-Instruct', base_url=os.getenv('LLM_URL', 'https://api.deepinfra.com/v1/openai'))\nprint(llm.invoke('x'))\n",
        },
        uses=("llm",),
        hosts=("api.openai.com", "api.deepinfra.com"),
    ),
}
