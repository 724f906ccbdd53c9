"""What a file says is off, or what nothing names or sets, is asked about; what is on stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from poc_gate.inputs.repository.read_repository import read_repository
from poc_gate.inputs.repository.reading import RepositoryReading

_CHAT = "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-mini', messages=[])\n"


def _read(root: Path, files: dict[str, str]) -> RepositoryReading:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return read_repository(root)


def _asked(reading: RepositoryReading, words: str) -> bool:
    return any(words in one.message for one in reading.questions)


_GO = (
    'package main\n\nimport (\n\t"os"\n\n\topenai "github.com/openai/openai-go"\n\t"go.opentelemetry.io/otel"\n)\n\nfunc endpoint() string {\n\treturn os.Getenv("OTEL_EXPORTER_OTLP_ENDPOINT")\n}\n\n'
    "func main() {\n\tclient := openai.NewClient()\n\t_ = client\n%s}\n"
)
_BRANCH = '\tif endpoint() != "" {\n\t\totel.SetTracerProvider(provider())\n\t}\n'
_SET = "services:\n  shop:\n    build: .\n    environment:\n      OTEL_EXPORTER_OTLP_ENDPOINT: http://collector:4317\n"


@pytest.mark.parametrize(
    ("setup", "files", "traced"),
    [
        (_BRANCH.replace("endpoint()", "otlpEndpoint()"), {}, False),
        (_BRANCH.replace("endpoint()", "otlpEndpoint()"), {"compose.yaml": _SET}, True),
        ("\totel.SetTracerProvider(provider())\n", {}, True),
    ],
)
def test_traces_that_go_nowhere_by_default(
    tmp_path: Path, setup: str, files: dict[str, str], traced: bool
) -> None:
    main = (_GO % setup).replace("func endpoint()", "func otlpEndpoint()")
    reading = _read(tmp_path, {"go.mod": "module shop\n\ngo 1.23\n\nrequire (\n\tgithub.com/openai/openai-go v1.0.0\n\tgo.opentelemetry.io/otel v1.30.0\n)\n", "main.go": main, **files})  # fmt: skip
    assert (reading.fact("monitoring.trace_id") is not None) is traced
    assert _asked(reading, "monitoring.trace_id: requests are traced only where") is not traced


_ROUTE = "import { %s } from 'ai';\nimport { openai } from '@ai-sdk/openai';\n\n%sexport async function POST(req: Request) {\n  return %s({ model: openai('gpt-4o-mini'), prompt: await req.text() });\n}\n"
_BOUND = "export const maxDuration = 300;\n\n"


@pytest.mark.parametrize("bounded", ["side", "main"])
def test_how_long_one_route_may_take(tmp_path: Path, bounded: str) -> None:
    reading = _read(
        tmp_path,
        {
            "package.json": '{"dependencies": {"next": "15.0.0", "ai": "5.0.0", "@ai-sdk/openai": "2.0.0"}}\n',
            "app/api/chat/route.ts": _ROUTE
            % ("streamText", _BOUND if bounded == "main" else "", "streamText"),
            "app/api/button/route.ts": _ROUTE
            % ("generateText", _BOUND if bounded == "side" else "", "generateText"),
        },
    )
    assert (reading.fact("operations.request_deadline") is not None) is (bounded == "main")
    assert _asked(reading, "operations.request_deadline: it bounds one route") is (bounded == "side")


_POM = (
    "<project><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>shop</artifactId><version>1</version><dependencies>\n"
    "<dependency><groupId>org.springframework.ai</groupId><artifactId>spring-ai-starter-model-openai</artifactId><version>1.0.0</version></dependency>\n"
    "{0}<dependency><groupId>org.springframework.ai</groupId><artifactId>spring-ai-starter-model-anthropic</artifactId><version>1.0.0</version></dependency>{1}\n</dependencies></project>\n"
)


@pytest.mark.parametrize("built", [True, False])
def test_a_key_for_a_client_that_is_not_built_in(tmp_path: Path, built: bool) -> None:
    reading = _read(
        tmp_path,
        {
            "pom.xml": _POM.format("", "") if built else _POM.format("<!-- ", " -->"),
            "compose.yaml": "services:\n  shop:\n    build: .\n    environment:\n      - OPENAI_API_KEY=${OPENAI_API_KEY}\n      - ANTHROPIC_API_KEY=${ANTHROPIC_API_KEY}\n",
            "Dockerfile": "FROM eclipse-temurin:21\nCOPY target/shop.jar .\nCMD java -jar shop.jar\n",
            "src/main/java/Shop.java": "import org.springframework.ai.chat.client.ChatClient;\n\nclass Shop {\n  String answer(ChatClient client, String q) {\n    return client.prompt(q).call().content();\n  }\n}\n",
        },
    )
    said = {one.host for one in reading.hosts} | {host for one in reading.questions for host in one.hosts}
    assert ("api.anthropic.com" in said) is built
    assert _asked(reading, "the client of anthropic is commented out") is not built


_SERVER = "from mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP('{0}')\n\n\n@mcp.tool()\ndef {1}(number: str) -> str:\n    return number\n\n\nif __name__ == '__main__':\n    mcp.run()\n"


@pytest.mark.parametrize(
    ("line", "started"), [("# args=['sums_server.py']", False), ("args = ['sums_server.py']", True)]
)
def test_a_server_of_tools_that_only_a_remark_names(tmp_path: Path, line: str, started: bool) -> None:
    reading = _read(
        tmp_path,
        {
            "requirements.txt": "mcp==1.9.0\nopenai==1.55.0\n",
            "app/agent.py": f"{_CHAT}{line}\n",
            "app/sums_server.py": _SERVER.format("sums", "add_sums"),
            "parcels/Dockerfile": "FROM python:3.12\nCOPY . .\nCMD python parcel_server.py\n",
            "parcels/parcel_server.py": _SERVER.format("parcels", "find_parcel"),
        },
    )
    names = {one.name for one in reading.tools}
    assert "find_parcel" in names
    assert ("add_sums" in names) is started
    assert _asked(reading, "add_sums: no file names this server of tools") is not started


@pytest.mark.parametrize("called", [True, False])
def test_a_server_of_tools_that_only_a_function_names(tmp_path: Path, called: bool) -> None:
    starts = "def {0}_plugin():\n    return MCPStdioPlugin(\n        command='python',\n        args=['{0}_server.py'],\n    )\n"
    reading = _read(
        tmp_path,
        {
            "requirements.txt": "mcp==1.9.0\nopenai==1.55.0\n",
            "app/agent.py": f"from app.plugins.parcels import parcel_plugin\n{_CHAT}plugins = [parcel_plugin(){', sums_plugin()' if called else ''}]\n",
            "app/plugins/parcels.py": starts.format("parcel"),
            "app/plugins/sums.py": starts.format("sums"),
            "servers/sums_server.py": _SERVER.format("sums", "add_sums"),
            "servers/parcel_server.py": _SERVER.format("parcels", "find_parcel"),
        },
    )
    names = {one.name for one in reading.tools}
    assert "find_parcel" in names
    assert ("add_sums" in names) is called
    assert _asked(reading, "add_sums: only a function that nothing calls names this server") is not called


_TABLE = '{"vendors": {"OpenAI": {"enabled": %s, "key": "x"}, "Cohere": {"enabled": true, "key": "x"}},\n"models": {\n"A": {"vendor": "OpenAI",\n"model_name": "gpt-4o-mini",\n"params": {"temperature": 0.1}},\n"B": {"provider": "Vertex",\n"model_name": "gemini-2.0-flash",\n"enabled": true}}}\n'


@pytest.mark.parametrize("on", [True, False])
def test_a_vendor_that_is_off_in_the_same_file(tmp_path: Path, on: bool) -> None:
    reading = _read(
        tmp_path,
        {
            "requirements.txt": "google-cloud-aiplatform==1.70.0\nopenai==1.55.0\n",
            "app/config/models.json": _TABLE % ("true" if on else "false"),
            "app/main.py": "import json\nfrom pathlib import Path\n\nfrom vertexai.generative_models import GenerativeModel\n\nmodels = json.loads(Path('app/config/models.json').read_text())['models']\n\n\ndef answer(which, q):\n    return GenerativeModel(models[which]['model_name']).generate_content(q)\n",
        },
    )
    hosts = {one.host for one in reading.hosts}
    perhaps = [name for one in reading.questions for name in one.models]
    assert sorted(perhaps) == (["gemini-2.0-flash", "gpt-4o-mini"] if on else [])
    assert [one.name for one in reading.models] == ([] if on else ["gemini-2.0-flash"])
    assert "generativelanguage.googleapis.com" not in hosts
    assert "*-aiplatform.googleapis.com" in hosts


@pytest.mark.parametrize("asks", [True, False])
def test_a_model_that_a_database_asks(tmp_path: Path, asks: bool) -> None:
    statement = "SELECT AI_COMPLETE('{0}', text) FROM orders" if asks else "SELECT '{0}' FROM orders"
    reading = _read(
        tmp_path,
        {
            "requirements.txt": "snowflake-snowpark-python==1.20.0\n",
            "app/config.py": "SUMMARY_MODEL = 'claude-3-5-sonnet'\n",
            "app/main.py": f'from snowflake.snowpark import Session\n\nfrom app.config import SUMMARY_MODEL\n\nsession = Session.builder.create()\n\n\ndef summaries():\n    return session.sql(f"{statement.format("{SUMMARY_MODEL}")}").collect()\n',
        },
    )
    hosts = {one.host for one in reading.hosts}
    if asks:
        assert "api.anthropic.com" not in hosts
        assert {one.provider for one in reading.models} == {"snowflake"}
    else:
        assert "snowflake" not in {one.provider for one in reading.models}


_HELD = "from __future__ import annotations\n\nfrom dataclasses import dataclass\nfrom typing import Optional\n\nfrom qdrant_client import QdrantClient\n\n\n%sclass ShelfConfig:\n    top_k: int = 7\n\n\nclass Shelf:\n    def __init__(self):\n        self.config = ShelfConfig()\n        self.client = QdrantClient(url='http://shelf:6333')\n\n\n_shelf: Optional[Shelf] = None\n\n\ndef %s():\n    return _shelf or Shelf()\n"
_CALLS = "def {0}(q):\n    return q\n"
_NAMES = ("add", "clear", "show", "total", "first", "last", "longest", "shortest", "middle")


@pytest.mark.parametrize("called", [True, False])
def test_a_class_whose_getter_nobody_calls(tmp_path: Path, called: bool) -> None:
    more = "from shop.shelf import give_shelf\n\ngive_shelf()\n" if called else "import shop.shelf\n"
    reading = _read(
        tmp_path,
        {
            "requirements.txt": "openai==1.55.0\nqdrant-client==1.12.0\n",
            "Dockerfile": "FROM python:3.12\nCOPY . .\nCMD python -m shop.main\n",
            "shop/main.py": _CHAT
            + f"from shop.parts import {', '.join(_NAMES)}\n{more}\n"
            + "".join(f"{name}('x')\n" for name in _NAMES),
            "shop/parts.py": "\n\n".join(_CALLS.format(name) for name in _NAMES),
            "shop/shelf.py": _HELD % ("@dataclass\n", "give_shelf"),
        },
    )
    assert ("qdrant" in {one.system for one in reading.sources}) is called


def test_a_tool_that_is_added_under_a_key(tmp_path: Path) -> None:
    reading = _read(
        tmp_path,
        {
            "package.json": '{"dependencies": {"ai": "5.0.0", "@ai-sdk/openai": "2.0.0", "zod": "3.24.0"}}\n',
            "src/song.ts": "import { tool } from 'ai';\nimport { z } from 'zod';\n\nexport const songTool = tool({\n  description: 'Finds a song',\n  inputSchema: z.object({ title: z.string() }),\n  execute: async ({ title }) => find(title),\n});\n",
            "src/main.ts": "import { generateText } from 'ai';\nimport { openai } from '@ai-sdk/openai';\nimport { songTool } from './song';\n\nexport async function answer(q: string, which: string) {\n  const tools: Record<string, unknown> = {};\n  if (which === 'songs') tools.find_song = songTool;\n  return generateText({ model: openai('gpt-4o-mini'), prompt: q, tools });\n}\n",
        },
    )
    assert {one.name for one in reading.tools} == {"find_song"}


_TRACED = (
    "from fastapi import FastAPI\nfrom openai import OpenAI\nfrom opentelemetry import trace\nfrom opentelemetry.sdk.trace import TracerProvider\n\n\n"
    "def make(\n    name: str,\n    trace_to_cloud: bool = False,\n):\n    if trace_to_cloud:\n        trace.set_tracer_provider(TracerProvider())\n    return FastAPI(title=name)\n\n\n"
    "def answer(q):\n    return OpenAI().chat.completions.create(model='gpt-4o-mini', messages=[q])\n"
)


@pytest.mark.parametrize(("given", "traced"), [("False", False), ("True", True), ("settings.traces", True)])
def test_traces_that_a_parameter_turns_on(tmp_path: Path, given: str, traced: bool) -> None:
    reading = _read(
        tmp_path,
        {
            "requirements.txt": "fastapi==0.115\nopenai==1.55.0\nopentelemetry-sdk==1.30.0\n",
            "shop/make.py": _TRACED,
            "shop/main.py": f"from shop.make import make\n\napp = make('shop', trace_to_cloud={given})\n",
        },
    )
    assert (reading.fact("monitoring.trace_id") is not None) is traced
    assert _asked(reading, "monitoring.trace_id: requests are traced only where") is not traced


@pytest.mark.parametrize("reached", [True, False])
def test_what_stands_behind_a_return(tmp_path: Path, reached: bool) -> None:
    ends = "    if q:\n        return speak(q)\n" if reached else "    return speak(q)\n"
    reading = _read(
        tmp_path,
        {
            "requirements.txt": "openai==1.55.0\nrequests==2.32\n",
            "app/main.py": f"{_CHAT}import requests\n\n\ndef speak(q):\n    return q\n\n\ndef say(q):\n{ends}\n    return requests.post('https://api.voices.dev/v1/speech', json={{'text': q}})\n",
        },
    )
    assert ("api.voices.dev" in {one.host for one in reading.hosts}) is reached


_WAITS = (
    "import os\n\nfrom opentelemetry import trace\nfrom opentelemetry.sdk.trace import TracerProvider\n\n\n"
    "def start():\n    address = os.environ.get('OTEL_EXPORTER_OTLP_ENDPOINT')\n    if not address:\n        print('no traces')\n        return\n    trace.set_tracer_provider(TracerProvider())\n"
)
_TEMPLATE = "containers:\n  - name: shop\n    env:\n      {{- if .Values.traces }}\n      - name: OTEL_EXPORTER_OTLP_ENDPOINT\n        value: {{ .Values.traces }}\n      {{- end }}\n"


@pytest.mark.parametrize(
    ("values", "traced"), [("replicas: 1\n", False), ("traces: http://collector:4318\n", True)]
)
def test_traces_that_wait_for_an_address_in_python(tmp_path: Path, values: str, traced: bool) -> None:
    reading = _read(
        tmp_path,
        {
            "requirements.txt": "openai==1.55.0\nopentelemetry-sdk==1.30.0\n",
            "shop/traces.py": _WAITS,
            "shop/main.py": "from openai import OpenAI\nfrom shop.traces import start\n\nstart()\nOpenAI().chat.completions.create(model='gpt-4o-mini', messages=[])\n",
            "chart/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 0.1.0\n",
            "chart/values.yaml": values,
            "chart/templates/deployment.yaml": f"apiVersion: apps/v1\nkind: Deployment\n{_TEMPLATE}",
        },
    )
    assert (reading.fact("monitoring.trace_id") is not None) is traced
    assert _asked(reading, "monitoring.trace_id: requests are traced only where") is not traced
