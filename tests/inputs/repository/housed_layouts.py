"""Replicas of pilots whose own code says where they run, and of tools that come under another name."""

from __future__ import annotations

from layouts import Layout

HOUSED_LAYOUTS: dict[str, Layout] = {
    "the-agent-runs-in-a-runtime-beside-functions": Layout(
        files={
            "agent/requirements.txt": "strands-agents==1.2\nstrands-agents-tools==0.2\nbedrock-agentcore==0.1\n",
            "agent/main.py": (
                "from bedrock_agentcore import BedrockAgentCoreApp\nfrom strands import Agent\nfrom strands.models.bedrock import BedrockModel\n\napp = BedrockAgentCoreApp()\n\n\n"
                "def tools_of(member):\n    from strands import tool as as_tool\n    from strands_tools import file_write as _write\n    from strands_tools import http_request as _request\n\n    wrapped = []\n\n"
                "    @as_tool\n    def find_garden(name: str) -> str:\n        '''Find a garden.'''\n        return search(name, member)\n\n    wrapped.append(find_garden)\n    builtin_tools = []\n    builtin_tools.append(_request)\n    builtin_tools.append(_write)\n    return wrapped + builtin_tools\n\n\n"
                "@app.entrypoint\ndef answer(payload):\n    agent = Agent(model=BedrockModel(model_id='amazon.nova-pro-v1:0'), tools=tools_of(payload['member']))\n    return str(agent(payload['prompt']))\n\n\nif __name__ == '__main__':\n    app.run()\n"
            ),
            "cdk/package.json": '{"name": "c", "dependencies": {"aws-cdk-lib": "2.180.0"}}',
            "cdk/lib/stack.ts": "import * as lambda from 'aws-cdk-lib/aws-lambda'\nimport * as apigw from 'aws-cdk-lib/aws-apigateway'\nimport * as cdk from 'aws-cdk-lib'\nconst find = new lambda.Function(this, 'Find', { handler: 'index.handler', timeout: cdk.Duration.seconds(30), memorySize: 256 })\nnew apigw.LambdaRestApi(this, 'Api', { handler: find })\n",
        },
        uses=("llm", "agent"),
        models=(("chat", "amazon.nova-pro-v1:0"),),
        facts={"target.service": "amazon-bedrock-agentcore"},
        tools={"find_garden": "reads", "http_request": "writes", "file_write": "writes"},
        never=("aws-lambda", "operations.request_deadline", "target.memory_limit"),
    ),
    "an-agent-looks-up-a-corpus-of-the-cloud": Layout(
        files={
            "requirements.txt": "google-adk==1.0\ngoogle-cloud-aiplatform==1.93\n",
            "club/agent.py": (
                "import os\n\nfrom google.adk.agents import Agent\nfrom google.adk.tools.retrieval.vertex_ai_rag_retrieval import VertexAiRagRetrieval\nfrom vertexai.preview import rag\n\n"
                "look_up = VertexAiRagRetrieval(name='look_up_rules', description='Rules', rag_resources=[rag.RagResource(rag_corpus=os.environ.get('CORPUS'))], similarity_top_k=7)\n"
                "root_agent = Agent(model='gemini-2.0-flash-001', name='clerk', tools=[look_up])\n"
            ),
            "deployment/deploy.py": "from club.agent import root_agent\nfrom vertexai import agent_engines\nfrom vertexai.preview.reasoning_engines import AdkApp\n\nremote = agent_engines.create(AdkApp(agent=root_agent), requirements=['google-adk'])\n",
        },
        uses=("llm", "retrieval", "agent"),
        sources=("vertex-rag-engine",),
        models=(("chat", "gemini-2.0-flash-001"),),
        facts={"target.service": "vertex-ai-agent-engine", "retrieval.top_k": "7"},
        tools={"look_up_rules": "reads"},
        never=("VertexAiRagRetrieval",),
    ),
}  # fmt: skip
