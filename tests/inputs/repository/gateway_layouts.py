"""Replicas of stacks that serve models: gateways, clusters and engines, with values that only seem to hold."""

from __future__ import annotations

from layouts import Layout

_ASKS = (
    "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n"
)
_OLLAMA = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ollama\nspec:\n  template:\n    spec:\n      containers:\n        - name: ollama\n          image: ollama/ollama:0.5.4\n"
_PULLS = "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: pull\nspec:\n  template:\n    spec:\n      containers:\n        - name: pull\n          image: curlimages/curl:8.5.0\n          env:\n            - name: OLLAMA_MODEL\n              value: 'llama3.1:8b'\n"
_PASSED = "litellm_params:\n      model: bedrock/"
_CLUSTER = "import * as cdk from 'aws-cdk-lib';\nimport * as eks from 'aws-cdk-lib/aws-eks';\n\nexport class ClusterStack extends cdk.Stack {\n  constructor(scope, id, given) {\n    super(scope, id);\n    this.cluster = new eks.Cluster(this, 'Cluster', given as eks.ClusterProps);\n  }\n}\n"
_FARGATE = "import * as cdk from 'aws-cdk-lib';\nimport * as ecs from 'aws-cdk-lib/aws-ecs';\n\nexport class ServiceStack extends cdk.Stack {\n  constructor(scope, id) {\n    super(scope, id);\n    new ecs.FargateService(this, 'Service', { desiredCount: 2 });\n  }\n}\n"

GATEWAY_LAYOUTS: dict[str, Layout] = {
    "a-model-of-terraform-that-only-a-printed-line-names": Layout(
        files={
            "terraform/main.tf": 'resource "aws_eks_cluster" "main" {\n  name = var.name\n}\n',
            "terraform/variables.tf": 'variable "name" {\n  type = string\n}\nvariable "ollama_model" {\n  default = "qwen2.5:32b"\n}\n',
            "terraform/terraform.tfvars": 'name = "cluster"\nollama_model = "qwen2.5:32b"\n',
            "terraform/outputs.tf": 'output "next_steps" {\n  value = <<-EOT\n    ask --model ${var.ollama_model}\n  EOT\n}\n',
            "k8s/ollama/deployment.yaml": _OLLAMA,
            "k8s/loader/job.yaml": _PULLS,
        },
        uses=("llm",),
        models=(("chat", "llama3.1:8b"),),
        facts={"model.name": "llama3.1:8b"},
        never=("qwen2.5:32b",),
    ),
    "a-model-of-terraform-that-an-output-hands-on": Layout(
        files={
            "terraform/main.tf": 'resource "aws_eks_cluster" "main" {\n  name = var.name\n}\nvariable "name" {}\nvariable "ollama_model" {\n  default = "qwen2.5:32b"\n}\noutput "model" {\n  value = var.ollama_model\n}\n',
            "k8s/ollama/deployment.yaml": _OLLAMA,
        },
        uses=("llm",),
        models=(("chat", "qwen2.5:32b"),),
    ),
    "a-load-balancer-of-the-pilot-behind-its-gateway": Layout(
        files={
            "deck/kong.yaml": "_format_version: '3.0'\nservices:\n  - name: ollama\n    url: http://k8s-gateway-df71b117-0870f678b71f0450.elb.eu-west-1.amazonaws.com:80\n",
            "requirements.txt": "openai==1.59\n",
            "app.py": _ASKS,
        },
        uses=("llm",),
        never=("elb.eu-west-1",),
    ),
    "models-of-a-gateway-with-a-stand-in-and-without-a-default": Layout(
        files={
            "docker/litellm.local.yaml": f"model_list:\n  - model_name: tried\n    {_PASSED}anthropic.claude-3-sonnet-20240229-v1:0\n      aws_bedrock_runtime_endpoint: http://mock-bedrock:8080\n",
            "deploy/litellm-config.yaml": "model_list:\n"
            + "".join(
                f"  - model_name: {name}\n    {_PASSED}{model}\n"
                for name, model in (
                    ("a", "eu.anthropic.claude-sonnet-4-20250514-v1:0"),
                    ("b", "eu.anthropic.claude-sonnet-4-20250514-v1:0"),
                    ("c", "eu.anthropic.claude-sonnet-4-20250514-v1:0"),
                    ("d", "us.anthropic.claude-opus-4-20250514-v1:0"),
                )
            ),
        },
        uses=("llm",),
        asks=(
            "2 models of chats are named: which of them does production ask? eu.anthropic.claude-sonnet-4-20250514-v1:0 (",
            ", us.anthropic.claude-opus-4-20250514-v1:0 (",
        ),
        never=("claude-3-sonnet", "model.name"),
    ),
    "two-stacks-that-run-the-service-on-different-platforms": Layout(
        files={
            "package.json": '{"dependencies": {"aws-cdk-lib": "2.150.0"}}',
            "lib/cluster-stack.ts": _CLUSTER,
            "lib/service-stack.ts": _FARGATE,
            "requirements.txt": "openai==1.59\n",
            "app.py": _ASKS,
        },
        uses=("llm",),
        never=("target.service",),
    ),
    "a-stack-with-a-cluster-alone": Layout(
        files={
            "package.json": '{"dependencies": {"aws-cdk-lib": "2.150.0"}}',
            "lib/cluster-stack.ts": _CLUSTER,
            "requirements.txt": "openai==1.59\n",
            "app.py": _ASKS,
        },
        uses=("llm",),
        facts={"target.service": "amazon-eks"},
    ),
    "traces-that-the-environment-turns-on": Layout(
        files={
            "requirements.txt": "openai==1.59\nopentelemetry-sdk==1.30\n",
            "src/tracing.py": "import os\n\nON = os.getenv('ENABLE_TRACING', '').lower() == 'true'\n\n\ndef start():\n    from opentelemetry.sdk.trace import TracerProvider\n\n    TracerProvider()\n\n\nif ON:\n    start()\n",
            "src/app.py": f"import tracing\n{_ASKS}",
        },
        uses=("llm",),
        asks=("only where enable_tracing is turned on",),
        never=("monitoring.trace_id",),
    ),
    "traces-that-the-environment-turns-off": Layout(
        files={
            "requirements.txt": "openai==1.59\nopentelemetry-sdk==1.30\n",
            "src/tracing.py": "import os\n\nif os.getenv('ENABLE_TRACING', 'true') == 'true':\n    from opentelemetry.sdk.trace import TracerProvider\n\n    TracerProvider()\n",
            "src/app.py": f"import tracing\n{_ASKS}",
        },
        uses=("llm",),
        facts={"monitoring.trace_id": "True"},
    ),
    "a-pool-of-machines-in-every-zone-of-a-region": Layout(
        files={
            "infra/main.tf": 'resource "google_container_node_pool" "main" {\n  location = var.region\n  node_count = var.node_count\n  autoscaling {\n    min_node_count = 1\n    max_node_count = var.node_count\n  }\n}\nvariable "region" {}\nvariable "node_count" {}\n',
            "requirements.txt": "openai==1.59\n",
            "app.py": _ASKS,
        },
        uses=("llm",),
        asks=("counted for each zone",),
        never=("target.nodes",),
    ),
    "a-pool-of-machines-in-one-zone": Layout(
        files={
            "infra/main.tf": 'resource "google_container_node_pool" "main" {\n  location = "europe-west1-b"\n  node_count = 3\n  autoscaling {\n    min_node_count = 1\n    max_node_count = 5\n  }\n}\n',
            "requirements.txt": "openai==1.59\n",
            "app.py": _ASKS,
        },
        uses=("llm",),
        facts={"target.nodes": "3", "target.nodes_max": "5"},
    ),
    "the-endpoint-of-a-store-and-a-script-that-is-told-the-model": Layout(
        files={
            ".env.example": "S3_ENDPOINT_URL=https://s3.amazonaws.com\n",
            "start.sh": "text-generation-launcher --model-id $1 --port 9090 &\n",
            "requirements.txt": "openai==1.59\nboto3==1.40\n",
            "app.py": f"import os\n\nimport boto3\n{_ASKS}boto3.client('s3', endpoint_url=os.environ['S3_ENDPOINT_URL']).get_object(Bucket='a', Key='b')\n",
        },
        uses=("llm",),
        sources=("s3",),
        never=("s3.amazonaws.com",),
        never_asks=("variable 1",),
    ),
}
