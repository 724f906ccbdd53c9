"""Replicas of pilots in languages without a syntax tree here, of engines that a script starts, and of what only a name tells."""

from __future__ import annotations

from layouts import Layout

_CRATES = '[package]\nname = "desk"\nversion = "0.1.0"\n\n[dependencies]\nrig-core = "0.20"\naxum = "0.8"\n'
_TEAM = (
    "use rig::agent::Agent;\nuse rig::providers::openai;\nuse crate::tools::tickets::Tickets;\n\npub async fn answer(client: openai::Client, text: &str) -> String {\n"
    '    let desk = client.agent("ollama/qwen2.5:7b")\n        .preamble("You answer.")\n        .tool(Tickets)\n        .build();\n    desk.prompt(text).await.unwrap()\n}\n'
)
_TICKETS = 'use rig::tool::Tool;\n\npub struct Tickets;\n\nimpl Tool for Tickets {\n    const NAME: &\'static str = "search_tickets";\n\n    async fn call(&self, args: Args) -> Result<String, Error> {\n        Ok(String::new())\n    }\n}\n'
_SERVICE = "<?php\n\nnamespace App\\Services;\n\nclass Thing{number}\n{{\n    public function run(): void\n    {{\n    }}\n}}\n"

SPOKEN_LAYOUTS: dict[str, Layout] = {
    "an-agent-in-rust": Layout(
        files={
            "Cargo.toml": _CRATES,
            "src/team.rs": _TEAM,
            "src/tools/tickets.rs": _TICKETS,
            "src/main.rs": 'mod team;\n\n#[cfg(test)]\nmod tests {\n    fn other() {\n        client.agent("gpt-4-turbo");\n    }\n}\n',
        },
        uses=("llm", "agent"),
        models=(("chat", "qwen2.5:7b"),),
        tools={"search_tickets": "reads"},
        never=("gpt-4-turbo",),
    ),
    "a-shop-in-php": Layout(
        files={
            "composer.json": '{"require": {"php": "^8.3", "openai-php/laravel": "^0.10", "predis/predis": "^2.2", "pgvector/pgvector": "^0.2"}, "require-dev": {"mongodb/mongodb": "^1.0"}}',
            "config/ai.php": "<?php\n\nreturn [\n    'model' => env('OPENAI_MODEL', 'gpt-4o-mini'),\n    'embedding_model' => env('OPENAI_EMBEDDING', 'text-embedding-3-small'),\n    'driver' => 'openai',\n];\n",
            "app/Services/Answers.php": "<?php\n\nnamespace App\\Services;\n\nuse OpenAI\\Laravel\\Facades\\OpenAI;\n\nclass Answers\n{\n    public function ask(string $text): string\n    {\n        return OpenAI::chat()->create(['model' => config('ai.model'), 'messages' => []])->choices[0]->message->content;\n    }\n}\n",
            ".env.example": "DB_CONNECTION=pgsql\nREDIS_HOST=redis\n",
            "docker-compose.yml": "services:\n  db:\n    image: pgvector/pgvector:pg16\n  app:\n    build: .\n    depends_on: [db, redis]\n  redis:\n    image: redis:7\n",
            **{f"app/Models/Thing{number}.php": _SERVICE.format(number=number) for number in range(9)},
        },
        uses=("llm", "retrieval"),
        sources=("postgresql", "redis"),
        models=(("chat", "gpt-4o-mini"), ("embedding", "text-embedding-3-small")),
        asks=("most of the code is PHP",),
    ),
    "an-engine-that-a-script-starts": Layout(
        files={
            "scripts/run.sh": (
                '#!/usr/bin/env bash\nMODEL="${MODEL:-acme/Mistral-7B-Instruct-v0.2-AWQ}"\nPORT=8000\n\npodman run -d \\\n  --name engine \\\n  -p "${PORT}:8000" \\\n'
                '  vllm/vllm-openai:v0.6.3 \\\n  --model "$MODEL" \\\n  --quantization awq\n'
            ),
            "kubernetes/deployment.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: engine}\nspec:\n  template:\n    spec:\n      containers:\n      - name: engine\n        image: vllm/vllm-openai:v0.6.3\n",
        },
        uses=("llm",),
        models=(("chat", "acme/Mistral-7B-Instruct-v0.2-AWQ"),),
        facts={"model.engine": "vllm"},
    ),
    "constants-of-libraries-in-go": Layout(
        files={
            "go.mod": "module acme/desk\n\ngo 1.23\n\nrequire (\n\tgithub.com/openai/openai-go v1.0.0\n\tgithub.com/pinecone-io/go-pinecone/v3 v3.1.0\n)\n",
            "main.go": (
                'package main\n\nimport (\n\t"github.com/openai/openai-go"\n\t"github.com/pinecone-io/go-pinecone/v3/pinecone"\n)\n\nfunc ask() {\n\tclient := openai.NewClient()\n'
                "\tclient.Chat.Completions.New(ctx, openai.ChatCompletionNewParams{\n\t\tModel: openai.ChatModelGPT4_1Nano,\n\t})\n\tpinecone.NewClient(pinecone.NewClientParams{})\n}\n"
            ),
        },
        uses=("llm", "retrieval"),
        sources=("pinecone",),
        models=(("chat", "gpt-4.1-nano"),),
    ),
    "a-host-of-aspire-before-its-services": Layout(
        files={
            "src/Shop.AppHost/appsettings.json": '{"Chat-Model": "llama3.2:3b"}',
            "src/Shop.AppHost/Program.cs": 'var builder = DistributedApplication.CreateBuilder(args);\nvar ollama = builder.AddOllama("ollama");\nvar chat = ollama.AddModel("chat", builder.Configuration["Chat-Model"] ?? "phi4:latest");\nbuilder.Build().Run();\n',
            "src/Shop.Web/Shop.Web.csproj": '<Project><ItemGroup><PackageReference Include="OllamaSharp" Version="5.0.0" /></ItemGroup></Project>',
            "src/Shop.Web/Settings.cs": 'using OllamaSharp;\n\npublic class ChatSettings\n{\n    public string ChatModel { get; set; } = "phi4-mini:latest";\n    public object Client = new OllamaApiClient("http://ollama");\n}\n',
        },
        uses=("llm",),
        models=(("chat", "llama3.2:3b"),),
        never=("phi4",),
    ),
    "a-pipeline-of-transformers-that-is-cast": Layout(
        files={
            "package.json": '{"dependencies": {"@langchain/mistralai": "^0.2", "@xenova/transformers": "^2.17", "@qdrant/js-client-rest": "^1.12"}}',
            "src/embed.ts": "export async function load() {\n  const m = await import('@xenova/transformers');\n  return (m.pipeline as (task: string, model: string) => Promise<unknown>)('feature-extraction', 'Xenova/all-MiniLM-L6-v2');\n}\n",
            "src/search.ts": "import { QdrantClient } from '@qdrant/js-client-rest';\nimport { ChatMistralAI } from '@langchain/mistralai';\n\nexport const store = new QdrantClient({ url: process.env.QDRANT_URL });\nexport const model = new ChatMistralAI({ model: 'mistral-small-latest' });\n",
        },
        uses=("llm", "retrieval"),
        sources=("qdrant",),
        models=(("chat", "mistral-small-latest"), ("embedding", "Xenova/all-MiniLM-L6-v2")),
    ),
    "tools-in-a-folder-of-that-name": Layout(
        files={
            "requirements.txt": "crewai==0.150\n",
            "shop/agents.py": "from crewai import Agent, LLM\nfrom shop.tools.prices import Prices\n\nagent = Agent(role='buyer', llm=LLM(model='gpt-4o-2024-08-06'), tools=[Prices()])\n",
            "shop/tools/prices.py": "import requests\nfrom crewai.tools import BaseTool\n\n\nclass Prices(BaseTool):\n    name: str = 'search_prices'\n    description: str = 'Looks prices up.'\n\n    def __init__(self):\n        self._base_url = 'https://prices.acme.io/v1'\n\n    def _run(self, what):\n        return requests.get(self._base_url, params={'q': what}, timeout=5).text\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o-2024-08-06"),),
        tools={"search_prices": "reads"},
        hosts=("prices.acme.io",),
    ),
    "a-job-that-only-scores": Layout(
        files={
            "requirements.txt": "pandas==2.2\njoblib==1.4\nscikit-learn==1.5\n",
            "src/pipeline/run_batch_scoring.py": "from pathlib import Path\n\nimport pandas as pd\n\nfrom src.load import load_pipeline\n\n\ndef main():\n    rows = pd.read_csv('in.csv')\n    rows['p'] = load_pipeline(Path('models/churn.joblib')).predict_proba(rows)[:, 1]\n    rows.to_csv('out.csv')\n\n\nif __name__ == '__main__':\n    main()\n",
            "src/load.py": "def load_pipeline(path):\n    import joblib\n\n    return joblib.load(path)\n",
            "scripts/build_e2e_fixture.py": "from sklearn.linear_model import LogisticRegression\n\nmodel = LogisticRegression()\nmodel.fit([[0], [1]], [0, 1])\n",
        },
        uses=("classic-ml", "batch"),
    ),
    "a-tokenizer-is-no-model": Layout(
        files={
            "App.csproj": '<Project><ItemGroup><PackageReference Include="Microsoft.SemanticKernel" Version="1.30.0" /><PackageReference Include="Microsoft.SemanticKernel.Connectors.SqlServer" Version="1.30.0-alpha" /></ItemGroup></Project>',
            "Program.cs": 'using Microsoft.SemanticKernel;\n\nvar kernel = Kernel.CreateBuilder().AddOpenAIChatCompletion(modelId, key).Build();\nvar memory = new MemoryBuilder().WithSqlServerMemoryStore(connection).Build();\nvar tokenizer = TiktokenTokenizer.CreateForModel("gpt-4o");\n',
        },
        uses=("llm", "retrieval"),
        sources=("sqlserver",),
        never=("gpt-4o",),
    ),
    "functions-of-a-kernel-in-java": Layout(
        files={
            "pom.xml": "<project><dependencies><dependency><groupId>com.microsoft.semantic-kernel</groupId><artifactId>semantickernel-api</artifactId><version>1.2.0</version></dependency></dependencies></project>\n",
            "src/main/java/desk/Desk.java": (
                "package desk;\n\nimport com.azure.ai.openai.OpenAIClientBuilder;\nimport com.microsoft.semantickernel.orchestration.ToolCallBehavior;\n\nclass Desk {\n"
                '    Desk(@ConfigProperty(name = "chatcompletion.model", defaultValue = "gpt-4o-2024-08-06") String model) {\n        Object client = new OpenAIClientBuilder().buildAsyncClient();\n'
                "        settings.withToolCallBehavior(ToolCallBehavior.allowAllKernelFunctions(true));\n    }\n}\n"
            ),
            "src/main/java/desk/Orders.java": (
                "package desk;\n\nimport com.microsoft.semantickernel.semanticfunctions.annotations.DefineKernelFunction;\n\nclass Orders {\n"
                '    @DefineKernelFunction(\n            name = "getOrder",\n            description = "Returns an order."\n    )\n    public String order(String id) {\n        return id;\n    }\n}\n'
            ),
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4o-2024-08-06"),),
        tools={"getOrder": "reads"},
    ),
    "an-engine-of-rails": Layout(
        files={
            "desk.gemspec": 'Gem::Specification.new do |spec|\n  spec.add_dependency "rcrewai", "~> 0.3"\n  spec.add_development_dependency "rspec"\nend\n',
            "lib/desk/configuration.rb": 'module Desk\n  class Configuration\n    def initialize\n      @provider = "openai"\n      @default_llm_model = "gpt-4"\n    end\n  end\nend\n',
            "lib/desk/builder.rb": 'require "rcrewai"\n\nmodule Desk\n  def self.build\n    RCrewAI::Agent.new(name: "desk", role: "answers")\n  end\nend\n',
        },
        uses=("llm", "agent"),
        models=(("chat", "gpt-4"),),
    ),
    "a-detector-that-is-trained-beside-a-language-model": Layout(
        files={
            "requirements.txt": "fastapi\nultralytics\ngroq\n",
            "app/main.py": "from fastapi import FastAPI\nfrom groq import Groq\nfrom ultralytics import YOLO\n\nmodel = YOLO('yolo11s.pt')\n\n\ndef tell(seen):\n    return Groq().chat.completions.create(model='llama-3.3-70b-versatile', messages=[])\n",
            "scripts/train_custom.py": "from ultralytics import YOLO\n\nmodel = YOLO('yolo11s.pt')\nresults = model.train(data='data.yaml', epochs=50)\n",
        },
        uses=("llm", "classic-ml", "training"),
        models=(("chat", "llama-3.3-70b-versatile"),),
    ),
    "a-server-of-tools-with-a-wrapper-of-its-own": Layout(
        files={
            "package.json": '{"dependencies": {"@modelcontextprotocol/sdk": "^1.29", "zod": "^4"}}',
            "src/server.ts": "import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';\n\nexport const server = new McpServer({ name: 'costs', version: '1.0.0' });\n",
            "src/tools/delete-note.ts": "import registerTool from '../structure/registerTool';\n\nexport default registerTool({\n  name: 'delete-note',\n  title: 'Delete',\n  description: 'Deletes a note.',\n  async execute(args, ctx) {\n    return ctx.call('/notes', args, 'DELETE');\n  },\n});\n",
        },
        uses=("agent",),
        tools={"delete-note": "irreversible"},
    ),
    "a-database-by-the-name-of-its-driver": Layout(
        files={
            "go.mod": "module acme/kb\n\ngo 1.23\n\nrequire (\n\tgithub.com/mattn/go-sqlite3 v1.14.0\n\tgithub.com/openai/openai-go v1.0.0\n)\n",
            "store.go": 'package main\n\nimport (\n\t"database/sql"\n\n\t_ "github.com/mattn/go-sqlite3"\n)\n\nfunc open(path string) (*sql.DB, error) {\n\treturn sql.Open("sqlite3", path)\n}\n',
            "main.go": 'package main\n\nimport "github.com/openai/openai-go"\n\nfunc main() {\n\topenai.NewClient()\n}\n',
            "config.yaml": 'llm_model: "deepseek-v4-flash"\nllm_base_url: "https://models.acme.io/v1"\n',
            "web/chat.js": "import OpenAI from 'openai';\n\nconst r = await fetch('index.php?ask=1');\n",
            ".env.example": "TEST_DATABASE_URL=mysql://root:root@localhost/test\n",
        },
        uses=("llm",),
        sources=("sqlite",),
        models=(("chat", "deepseek-v4-flash"),),
        hosts=("models.acme.io",),
        never=("api.deepseek.com", "index.php"),
    ),
    "scripts-that-a-cluster-for-jobs-runs": Layout(
        files={
            "requirements.txt": "torch==2.2\nazure-mgmt-batchai==2.0\n",
            "train/train.py": "import torch\n\nnet = torch.nn.Linear(2, 1)\nloss = net(torch.zeros(2)).sum()\nloss.backward()\ntorch.save(net.state_dict(), 'net.pt')\n",
            "jobs/cluster_setup.py": "from azure.mgmt.batchai import BatchAIManagementClient\n\nclient = BatchAIManagementClient(None, 'x')\n",
        },
        uses=("classic-ml", "training", "batch"),
    ),
    "clients-that-parts-of-a-program-are-handed": Layout(
        files={
            "go.mod": "module acme/desk\n\ngo 1.23\n\nrequire (\n\tgithub.com/aws/aws-sdk-go-v2/service/s3 v1.50.0\n\tgithub.com/openai/openai-go v1.0.0\n)\n",
            "store.go": 'package main\n\nimport "github.com/aws/aws-sdk-go-v2/service/s3"\n\ntype store struct {\n\tclient *s3.Client\n}\n',
            "main.go": 'package main\n\nimport "github.com/openai/openai-go"\n\nfunc main() {\n\topenai.NewClient()\n}\n',
            "search/pom.xml": "<project><dependencies><dependency><groupId>org.mongodb</groupId><artifactId>mongodb-driver-sync</artifactId><version>5.1.0</version></dependency></dependencies></project>\n",
            "search/src/main/java/Search.java": "package search;\n\nimport com.mongodb.client.MongoClient;\n\nclass Search {\n    private final MongoClient client;\n\n    Search(MongoClient client) {\n        this.client = client;\n    }\n}\n",
            "search/src/main/java/Cache.java": "package search;\n\nimport io.quarkiverse.langchain4j.redis.RedisEmbeddingStore;\n\nclass Cache {\n    @Inject\n    RedisEmbeddingStore store;\n}\n",
            "search/src/main/resources/application.yml": "spring:\n  datasource:\n    url: jdbc:mariadb://${db.host}:${db.port}/${db.name}?useSSL=true\n",
        },
        uses=("llm",),
        sources=("s3", "mongodb", "mysql", "redis"),
    ),
    "a-crew-whose-agents-are-classes": Layout(
        files={
            "README.md": "# Ollama_CrewAi\n",
            "pyproject.toml": '[project]\nname = "ollama-crewai"\nversion = "0.1.0"\ndependencies = ["crewai>=0.100"]\n',
            "src/agents/base.py": "from crewai import Agent\n\n\nclass Worker(Agent):\n    def __init__(self, name):\n        super().__init__(role=name, goal='helps', backstory='')\n",
            "src/ask.py": "import ollama\n\n\ndef ask(text):\n    return ollama.chat(model='llama3.2:3b', messages=[{'role': 'user', 'content': text}])\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "llama3.2:3b"),),
    ),
    "a-gateway-that-asks-elsewhere": Layout(
        files={
            "litellm.yaml": "model_list:\n  - model_name: chat\n    litellm_params:\n      model: openai/Qwen2.5-7B-Instruct\n      api_base: https://models.acme.io/v1\n",
            "requirements.txt": "litellm==1.50\nopenai==1.50\n",
            "ask.py": "from openai import OpenAI\n\nanswer = OpenAI(base_url='http://litellm:4000').chat.completions.create(model='chat', messages=[])\n",
        },
        uses=("llm",),
        models=(("chat", "Qwen2.5-7B-Instruct"),),
        hosts=("models.acme.io",),
        never=("api.openai.com",),
    ),
    "an-object-store-that-a-variable-names": Layout(
        files={
            "requirements.txt": "minio==7.2\nscikit-learn==1.5\njoblib==1.4\nfastapi==0.110\n",
            "main.py": "import os\n\nimport joblib\nfrom fastapi import FastAPI\nfrom minio import Minio\n\napp = FastAPI()\nstore = Minio(os.environ['MINIO_ENDPOINT'])\nmodel = joblib.load('m.joblib')\n\n\n@app.post('/score')\ndef score(row: dict):\n    return model.predict([row['x']])\n",
            ".env.example": "MINIO_ENDPOINT=http://localhost:9000\n",
        },
        uses=("classic-ml",),
        sources=("minio",),
    ),
}
