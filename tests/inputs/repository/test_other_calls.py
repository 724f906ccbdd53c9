"""Clients and agents in TypeScript, Java, C#, Go and Python, one line each: what is called shows the system or the use."""

from __future__ import annotations

from pathlib import Path

import pytest

from poc_gate.inputs.repository.read_repository import read_repository

_ASKS = "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n"

STORES = [
    ("queue.ts", "import amqp from 'amqplib'\nconst c = await amqp.connect(url)\n", "rabbitmq"),
    ("rows.ts", "import { createClient } from '@clickhouse/client'\nconst c = createClient({ url })\n", "clickhouse"),
    ("notes.ts", "import { getFirestore } from 'firebase-admin/firestore'\nconst db = getFirestore()\n", "firestore"),
    ("near.ts", "import Turbopuffer from '@turbopuffer/turbopuffer'\nconst c = new Turbopuffer({ apiKey })\n", "turbopuffer"),
    ("Store.java", "import dev.langchain4j.store.embedding.weaviate.WeaviateEmbeddingStore;\nclass S { Object s = WeaviateEmbeddingStore.builder().build(); }\n", "weaviate"),
    ("Bus.java", "import org.springframework.amqp.rabbit.core.RabbitTemplate;\nclass B { RabbitTemplate t = new RabbitTemplate(f); }\n", "rabbitmq"),
    ("Search.cs", "using Elasticsearch.Net;\nclass S { ElasticLowLevelClient c = new ElasticLowLevelClient(s); }\n", "elasticsearch"),
    ("Hub.cs", "using Azure.Messaging.EventHubs.Producer;\nclass H { EventHubProducerClient c = new EventHubProducerClient(s); }\n", "event-hubs"),
    ("main.go", 'package main\n\nimport "go.mongodb.org/mongo-driver/mongo"\n\nfunc f() { mongo.Connect(ctx, o) }\n', "mongodb"),
    ("bus.go", 'package main\n\nimport amqp "github.com/rabbitmq/amqp091-go"\n\nfunc f() { amqp.Dial(u) }\n', "rabbitmq"),
    ("near.py", "from databricks.vector_search.client import VectorSearchClient\n\nclient = VectorSearchClient()\n", "databricks-vector-search"),
    ("table.py", "from pyathena import connect\n\nconnection = connect(region_name='eu-west-1')\n", "athena"),
]  # fmt: skip
AGENTS = [
    ("agent.py", "from agent_framework import Agent\n\nagent = Agent(client=client, tools=tools)\n"),
    ("agent.py", "import dspy\n\nagent = dspy.ReAct('question -> answer', tools=tools)\n"),
    ("agent.ts", "import { query } from '@anthropic-ai/claude-agent-sdk'\n\nexport const run = () => query({ prompt })\n"),
    ("agent.go", 'package main\n\nimport "google.golang.org/adk/agent/llmagent"\n\nfunc f() { llmagent.New(c) }\n'),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "system"), STORES, ids=[f"{one[0]}-{one[2]}" for one in STORES])
def test_a_client_shows_the_system(name: str, text: str, system: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    (tmp_path / "answer.py").write_text(_ASKS)
    assert [source.system for source in read_repository(tmp_path).sources] == [system]


@pytest.mark.parametrize(("name", "text"), AGENTS)
def test_a_framework_shows_an_agent(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    assert {use.name for use in read_repository(tmp_path).techniques} == {"llm", "agent"}
