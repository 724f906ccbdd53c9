"""Replicas of pilots by where they run: apps and jobs of Databricks, functions of Modal, modules of clouds, tasks of ECS, charts."""

from __future__ import annotations

from layouts import Layout

_ASKS = (
    "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n"
)
_CHART = {
    "app/main.py": _ASKS,
    "deploy/chart/Chart.yaml": "apiVersion: v2\nname: desk\nversion: 1.0.0\n",
    "deploy/chart/values.yaml": "replicaCount: 2\nimage:\n  repository: registry.example.org/desk\n  tag: '1.4'\n",
}
_WORKLOAD = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {name}\nspec:\n  template:\n    spec:\n      containers:\n        - name: {name}\n          image: {{{{ .Values.image }}}}\n          resources:\n            limits:\n              memory: 128Mi\n"

PLATFORMED_LAYOUTS: dict[str, Layout] = {
    "an-app-of-databricks-with-its-bundle": Layout(
        files={
            "app.yaml": 'command: ["npm", "run", "start"]\nruntime: nodejs20\nenv:\n  - name: ENDPOINT\n    valueFrom: serving-endpoint\n',
            "databricks.yml": "bundle:\n  name: desk\nresources:\n  apps:\n    desk:\n      name: desk\n      source_code_path: ./\ntargets:\n  prod:\n    resources:\n      jobs:\n        refill:\n          schedule:\n            quartz_cron_expression: '0 0 6 * * ?'\n",
            "app/main.py": _ASKS,
        },
        uses=("llm", "batch"),
        facts={
            "target.service": "databricks",
            "operations.infrastructure_as_code": "True",
            "pipeline.refresh": "1 d",
        },
        never=("google-app-engine",),
    ),
    "jobs-of-a-bundle-in-files-of-their-own": Layout(
        files={
            "databricks.yml": "bundle:\n  name: desk\ninclude:\n  - resources/*.yml\n",
            "resources/refill.job.yml": "resources:\n  jobs:\n    refill:\n      trigger:\n        periodic:\n          interval: 6\n          unit: HOURS\n    asleep:\n      schedule:\n        quartz_cron_expression: '0 0 4 * * ?'\n        pause_status: PAUSED\n",
            "app/main.py": _ASKS,
        },
        uses=("llm", "batch"),
        facts={"target.service": "databricks", "pipeline.refresh": "6 h"},
    ),
    "the-flexible-environment-of-app-engine": Layout(
        files={
            "app.yaml": "runtime: python\nenv: flex\nentrypoint: gunicorn app.main\nreadiness_check:\n  path: /ready\nresources:\n  cpu: 2\n  memory_gb: 4\n",
            "app/main.py": _ASKS,
        },
        uses=("llm",),
        facts={
            "target.service": "google-app-engine",
            "operations.readiness_probe": "True",
            "target.memory_limit": "4 GiB",
        },
    ),
    "an-answer-and-a-job-on-modal": Layout(
        files={
            "app.py": f"import modal\n{_ASKS}\napp = modal.App('desk')\n\n\n@app.function(min_containers=2)\n@modal.asgi_app()\ndef web():\n    return 1\n",
            "fill.py": "import modal\n\napp = modal.App('fill')\n\n\n@app.function(timeout=3000, max_containers=50)\ndef fetch(page):\n    return page\n",
        },
        uses=("llm",),
        facts={"target.service": "modal", "target.replicas": "2"},
        never=("target.replicas_max", "operations.request_deadline"),
    ),
    "a-class-that-answers-on-modal": Layout(
        files={
            "app.py": f"import modal\n{_ASKS}\napp = modal.App('desk')\n\n\n@app.cls(max_containers=3)\nclass Desk:\n    @modal.fastapi_endpoint(method='POST')\n    def ask(self, text: str):\n        return text\n",
        },
        uses=("llm",),
        facts={"target.service": "modal", "target.replicas_max": "3"},
    ),
    "a-module-of-a-forge-and-entries-of-a-variable": Layout(
        files={
            "infra/front.tf": 'module "front" {\n  source = "github.com/example/fabric//modules/cloud-run-v2?ref=v57.0.0"\n  region = var.region\n}\n',
            "infra/variables.tf": 'variable "run_configs" {\n  type = object({\n    front = object({\n      max_instance_count = optional(number, 3)\n      min_instance_count = optional(number, 1)\n    })\n  })\n}\nvariable "ingestion_configs" {\n  type = object({\n    schedule = optional(string, "*/30 * * * *")\n  })\n}\nvariable "backup_configs" {\n  type = object({\n    schedule = optional(string, "0 3 * * *")\n  })\n}\n',
            "app/main.py": _ASKS,
        },
        uses=("llm",),
        facts={
            "target.service": "google-cloud-run",
            "target.replicas": "1",
            "target.replicas_max": "3",
            "pipeline.refresh": "30 min",
        },
    ),
    "a-scheduler-of-the-cloud": Layout(
        files={
            "infra/main.tf": 'resource "google_cloud_scheduler_job" "refill" {\n  schedule = "0 4 * * *"\n}\nresource "google_cloud_scheduler_job" "asleep" {\n  schedule = "0 * * * *"\n  paused   = true\n}\n',
            "app/main.py": _ASKS,
        },
        uses=("llm",),
        facts={"pipeline.refresh": "1 d"},
    ),
    "the-region-of-a-store-alone": Layout(
        files={
            "infra/modules/s3/variables.tf": 'variable "aws_region" {\n  default = "us-east-1"\n}\n',
            "app/main.py": _ASKS,
        },
        uses=("llm",),
        never=("target.region",),
    ),
    "a-cluster-that-a-module-makes": Layout(
        files={
            "infra/gke.tf": 'module "cluster" {\n  source = "terraform-google-modules/kubernetes-engine/google//modules/private-cluster"\n}\n',
            "app/main.py": _ASKS,
        },
        uses=("llm",),
        facts={"target.service": "google-gke"},
    ),
    "what-belongs-to-a-cluster-is-none": Layout(
        files={
            "infra/gke.tf": 'module "identity" {\n  source = "terraform-google-modules/kubernetes-engine/google//modules/workload-identity"\n}\n',
            "app/main.py": _ASKS,
        },
        uses=("llm",),
        never=("target.service",),
    ),
    "a-task-on-fargate": Layout(
        files={
            "infra/template.yaml": (
                "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  DeskSubnet:\n    Type: AWS::EC2::Subnet\n    Properties:\n      AvailabilityZone: eu-west-2a\n"
                "  DeskGroup:\n    Type: AWS::ElasticLoadBalancingV2::TargetGroup\n    Properties:\n      HealthCheckPath: /health\n"
                "  DeskTaskDefinition:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      RequiresCompatibilities: [FARGATE]\n      Cpu: 1024\n      Memory: '4096'\n      ContainerDefinitions:\n        - Name: desk\n          Image: !Ref Image\n"
                "  DeskService:\n    Type: AWS::ECS::Service\n    Properties:\n      LaunchType: FARGATE\n      DesiredCount: 2\n      LoadBalancers:\n        - ContainerName: desk\n"
            ),
            "app/main.py": _ASKS,
        },
        uses=("llm",),
        facts={
            "target.service": "aws-fargate",
            "target.memory_limit": "4 GiB",
            "target.replicas": "2",
            "target.region": "eu-west-2",
            "operations.readiness_probe": "True",
            "operations.resources_set": "True",
        },
    ),
    "a-store-on-fargate": Layout(
        files={
            "infra/template.yaml": (
                "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  QdrantTaskDefinition:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      Memory: 4096\n      ContainerDefinitions:\n        - Image: qdrant/qdrant:v1.12\n"
                "  QdrantService:\n    Type: AWS::ECS::Service\n    Properties:\n      LaunchType: FARGATE\n"
            ),
            "app/main.py": _ASKS,
        },
        uses=("llm",),
        never=("target.service", "target.memory_limit"),
    ),
    "what-an-action-gives-cloud-run": Layout(
        files={
            ".github/workflows/ship.yml": "on: push\njobs:\n  ship:\n    steps:\n      - uses: google-github-actions/deploy-cloudrun@v2\n        with:\n          service: desk\n          region: europe-west1\n          flags: >-\n            --min-instances=1\n            --max-instances=8\n            --memory=2Gi\n            --timeout=120\n",
            "app/main.py": _ASKS,
        },
        uses=("llm",),
        facts={
            "target.service": "google-cloud-run",
            "target.region": "europe-west1",
            "target.replicas": "1",
            "target.replicas_max": "8",
            "target.memory_limit": "2 GiB",
            "operations.request_deadline": "2 min",
        },
    ),
    "an-image-that-starts-with-traces": Layout(
        files={
            "Dockerfile": 'FROM python:3.12-slim\nCMD ["opentelemetry-instrument", "python", "-m", "app.main"]\n',
            "app/main.py": _ASKS,
        },
        uses=("llm",),
        facts={"monitoring.trace_id": "True"},
    ),
    "an-image-whose-traces-are-off": Layout(
        files={
            "Dockerfile": 'FROM python:3.12-slim\nENV OTEL_SDK_DISABLED=true\nENTRYPOINT ["opentelemetry-instrument"]\nCMD ["python", "-m", "app.main"]\n',
            "app/main.py": _ASKS,
        },
        uses=("llm",),
        never=("monitoring.trace_id",),
    ),
    "traces-that-mlflow-keeps": Layout(
        files={"app/main.py": f"import mlflow\n{_ASKS}\nmlflow.openai.autolog()\n"},
        uses=("llm",),
        facts={"monitoring.trace_id": "True"},
    ),
    "traces-that-mlflow-keeps-no-more": Layout(
        files={"app/main.py": f"import mlflow\n{_ASKS}\nmlflow.openai.autolog(disable=True)\n"},
        uses=("llm",),
        never=("monitoring.trace_id",),
    ),
    "an-image-that-says-how-it-is": Layout(
        files={
            "Dockerfile": "FROM python:3.12-slim\nHEALTHCHECK --interval=30s CMD curl -f http://localhost:8000/health\n",
            "app/main.py": _ASKS,
        },
        uses=("llm",),
        facts={"operations.readiness_probe": "True"},
    ),
    "a-container-that-is-asked-how-it-is": Layout(
        files={
            "compose.yaml": "services:\n  api:\n    build: .\n    healthcheck:\n      test: ['CMD', 'curl', 'localhost:8000/health']\n",
            "app/main.py": _ASKS,
        },
        uses=("llm",),
        facts={"operations.readiness_probe": "True"},
    ),
    "a-store-that-is-asked-how-it-is": Layout(
        files={
            "compose.yaml": "services:\n  api:\n    build: .\n    healthcheck: {test: NONE}\n  db:\n    build: db\n    healthcheck:\n      test: ['CMD', 'pg_isready']\n",
            "app/main.py": _ASKS,
        },
        uses=("llm",),
        never=("operations.readiness_probe",),
    ),
    "an-image-on-a-platform-that-does-not-ask": Layout(
        files={
            "Dockerfile": "FROM python:3.12-slim\nHEALTHCHECK CMD curl -f http://localhost:8000/health\n",
            "ship.sh": "gcloud run deploy desk --image registry.example.org/desk:1.4 --memory 2Gi\n",
            "app/main.py": _ASKS,
        },
        uses=("llm",),
        facts={"target.service": "google-cloud-run"},
        never=("operations.readiness_probe",),
    ),
    "a-container-app-that-is-asked-before-it-serves": Layout(
        files={
            "infra/main.bicep": "resource app 'Microsoft.App/containerApps@2024-03-01' = {\n  properties: {\n    template: {\n      containers: [\n        {\n          probes: [\n            {\n              type: 'Startup'\n              httpGet: { path: '/healthz', port: 8000 }\n            }\n          ]\n        }\n      ]\n    }\n  }\n}\n",
            "app/main.py": _ASKS,
        },
        uses=("llm",),
        facts={"target.service": "azure-container-apps", "operations.readiness_probe": "True"},
    ),
    "a-chart-and-nothing-beside-it": Layout(
        files=_CHART,
        uses=("llm",),
        facts={"target.service": "kubernetes", "target.replicas": "2"},
    ),
    "a-chart-beside-a-developers-compose-file": Layout(
        files=_CHART | {"deploy/local/podman-compose.yml": "services:\n  api:\n    build: ../..\n"},
        uses=("llm",),
        facts={"target.service": "kubernetes"},
    ),
    "a-chart-beside-a-compose-file": Layout(
        files=_CHART | {"docker-compose.yml": "services:\n  api:\n    build: .\n"},
        uses=("llm",),
        never=("target.service",),
    ),
    "templates-of-which-none-answers": Layout(
        files={
            "app/main.py": _ASKS,
            "chart/Chart.yaml": "apiVersion: v2\nname: desk\nversion: 1.0.0\n",
            "chart/values.yaml": "image: registry.example.org/desk:1\n",
            "chart/templates/key-manager-deployment.yaml": _WORKLOAD.format(name="key-manager"),
            "chart/templates/operator-deployment.yaml": _WORKLOAD.format(name="operator"),
        },
        uses=("llm",),
        never=("target.memory_limit",),
    ),
    "a-cluster-that-also-runs-a-tool": Layout(
        files={
            "app/main.py": _ASKS,
            "k8s/airflow.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: airflow\nspec:\n  template:\n    spec:\n      containers:\n        - image: registry.example.org/flow:1\n",
            "k8s/desk.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: desk\nspec:\n  template:\n    spec:\n      containers:\n        - image: registry.example.org/desk:1\n",
        },
        uses=("llm",),
        facts={"target.service": "kubernetes"},
    ),
    "a-project-of-infrastructure-beside-many-parts": Layout(
        files={
            "infra/cdk.json": '{"app": "npx ts-node bin/desk.ts"}\n',
            "infra/package.json": '{"dependencies": {"aws-cdk-lib": "2.150.0", "openai": "4.0.0"}}\n',
            "infra/lib/stack.ts": "import * as lambda from 'aws-cdk-lib/aws-lambda';\nimport OpenAI from 'openai';\n\nexport const client = new OpenAI();\nnew lambda.Function(this, 'ChatHandler', { memorySize: 512 });\n",
            **{f"part{number}/requirements.txt": "openai==1.40.0\n" for number in range(6)},
            **{f"part{number}/main.py": _ASKS for number in range(6)},
        },
        uses=("llm",),
        facts={"target.service": "aws-lambda"},
    ),
}
