"""What runs the pilot's containers and functions -> the cloud service by the name of the known platforms; a new one is one row."""

from __future__ import annotations

import re
from collections.abc import Sequence

AGENT_RUNTIME = "amazon-bedrock-agentcore"
GRAPH_PLATFORM = "langgraph-platform"
AGENT_ENGINE = "vertex-ai-agent-engine"
OF_AGENTS = re.compile(r"bedrock[-_]?agentcore")
"""Libraries of the AWS CDK whose runtimes run agents."""
_RESOURCES = (
    ("aws-app-runner", r"aws_apprunner_service|aws::apprunner::service"),
    (
        AGENT_RUNTIME,
        r"aws_bedrockagentcore_agent_runtime|awscc_bedrockagentcore_runtime|aws::bedrockagentcore::runtime",
    ),
    ("amazon-eks", r"aws_eks_cluster|aws::eks::cluster"),
    ("azure-container-apps", r"azurerm_container_app|microsoft\.app/containerapps"),
    ("azure-app-service", r"azurerm_(?:linux|windows)_web_app|azurerm_app_service"),
    ("azure-functions", r"azurerm_(?:(?:linux|windows)_)?function_app(?:_flex_consumption)?"),
    ("azure-aks", r"azurerm_kubernetes_cluster|microsoft\.containerservice/managedclusters"),
    ("azure-container-instances", r"azurerm_container_group|microsoft\.containerinstance/containergroups"),
    ("google-cloud-run", r"google_cloud_run_(?:v2_)?service"),
    ("google-cloud-functions", r"google_cloudfunctions2?_function"),
    ("google-gke", r"google_container_cluster"),
    ("amazon-sagemaker", r"aws_sagemaker_endpoint|aws::sagemaker::endpoint"),
    ("azure-container-apps", r"res/app/container_?app"),
    ("azure-container-instances", r"res/container_?instance/container_?group"),
    ("azure-aks", r"res/container_?service/managed_?cluster"),
    ("google-app-engine", r"google_app_engine_(?:standard|flexible)_app_version"),
    ("aws-elastic-beanstalk", r"aws_elastic_beanstalk_environment|aws::elasticbeanstalk::environment"),
)
"""Service -> whole types of resources in Terraform, CloudFormation, Bicep and ARM. Functions of Lambda are left out: most
templates have some that only help to deploy, so one counts where it answers requests."""
_RESOURCE = re.compile("|".join(f"(?P<s{i}>{types})" for i, (_, types) in enumerate(_RESOURCES)))

HOSTS = {
    "containerapp": "azure-container-apps",
    "springapp": "azure-spring-apps",
    "appservice": "azure-app-service",
    "function": "azure-functions",
    "aks": "azure-aks",
}
"""`host` of a service in a project of the Azure Developer CLI -> service."""

_COMMANDS = (
    ("google-cloud-run", r"gcloud (?:beta )?run deploy|google-github-actions/deploy-cloudrun"),
    ("google-cloud-functions", r"gcloud (?:beta )?functions deploy|google-github-actions/deploy-cloud-functions"),
    ("azure-container-apps", r"az containerapp (?:up|update|create)|azure/container-apps-deploy-action"),
    ("azure-app-service", r"az webapp (?:up|deploy\w*)|azure/webapps-deploy"),
    ("azure-functions", r"func azure functionapp publish|azure/functions-action"),
    ("vercel-functions", r"vercel (?:deploy|--prod)|amondnet/vercel-action"),
    ("fly-machines", r"fly(?:ctl)? deploy"),
    ("aws-app-runner", r"awslabs/amazon-app-runner-deploy"),
    ("google-app-engine", r"gcloud (?:beta )?app deploy(?! (?:--?\S+ )*(?:\S*/)?(?:cron|dispatch|queue|index)\.yaml)|google-github-actions/deploy-appengine"),
    ("amazon-ecs", r"aws ecs (?:update-service|create-service|deploy)|aws-actions/amazon-ecs-deploy-task-definition|copilot (?:svc )?deploy"),
)  # fmt: skip
"""Service -> commands and actions of workflows that deploy to it."""
_COMMAND = re.compile(
    "|".join(f"(?P<s{i}>(?<![\\w-])(?:{words})(?![\\w-]))" for i, (_, words) in enumerate(_COMMANDS))
)
_BUTTONS = (
    ("vercel-functions", r"vercel\.com/(?:new|import)/"),
    ("render-web-service", r"(?:dashboard\.)?render\.com/deploy"),
    ("railway", r"railway\.(?:app|com)/(?:new/template|template|deploy)/"),
    ("google-cloud-run", r"deploy\.cloud\.run"),
    ("cloudflare-workers", r"deploy\.workers\.cloudflare\.com"),
    ("netlify-functions", r"app\.netlify\.com/start/deploy"),
    ("heroku", r"(?:dashboard\.|www\.)?heroku\.com/deploy"),
)
"""Service -> addresses of the buttons by which a README lets people deploy what it is about."""
_BUTTON = re.compile("|".join(f"(?P<s{i}>https?://(?:{words}))" for i, (_, words) in enumerate(_BUTTONS)))
OTHERWISE = re.compile(
    r"(?:^|[/.])(?:docker|container)file(?:\.|$)|(?:^|/)[\w.-]*compose[\w.-]*\.ya?ml$|(?:^|/)chart\.yaml$|(?:^|/)(?:fly|railway)\.toml$|(?:^|/)render\.ya?ml$|cloudbuild\.ya?ml$|\.(?:tf|bicep)$"
)
"""Files by which a service is started in another way than by a platform that takes the sources as they are."""
OF_PLATFORMS = re.compile(
    r"(?:^|/)(?:vercel\.json|netlify\.toml|wrangler\.(?:toml|jsonc?)|langgraph\.json|serverless\.ya?ml|azure\.ya?ml|app\.ya?ml|template\.ya?ml|cdk\.json|procfile)$"
)
"""Files that a platform itself reads, and that say more than a button."""
PAGES = re.compile(
    r"(?i)(?:^|/)(?:front-?end|web-?ui|ui|client|docs?|[\w.-]*website|docs-[\w.-]+|site|www)(?:/|$)"
)
"""Folders whose service only hands out pages."""

_STARTS_AN_APP = re.compile(r"(?m)^command:[ \t]*(?:\[|#.*$|$)")
_OF_AN_APP = re.compile(r"(?i)databricks|(?m:^[ \t]+-?[ \t]*valueFrom:[ \t]*[\"']?[\w.-])")


def is_of_databricks(text: str) -> bool:
    """Say whether an `app.yaml` is of an app of Databricks: it lists the words of a command, and takes values from resources of the app.

    The file of App Engine has an `entrypoint` in place of a command.
    """
    return bool(_STARTS_AN_APP.search(text) and _OF_AN_APP.search(text))


def service_of_resource(kind: str) -> str:
    """Return the service that a type of resource is, or an empty text."""
    match = _RESOURCE.fullmatch(kind.lower().partition("@")[0])
    return _RESOURCES[int((match.lastgroup or "s0")[1:])][0] if match else ""


def service_of_command(text: str) -> tuple[str, int] | None:
    """Return the service that a text deploys to and where it says so; None where it says nothing or names two."""
    return _only(_COMMANDS, _COMMAND, text)


def service_of_button(text: str) -> tuple[str, int] | None:
    """Return the service that a README's button deploys to and where it stands; None where there is none, or are several."""
    return _only(_BUTTONS, _BUTTON, text)


def _only(rows: Sequence[tuple[str, str]], pattern: re.Pattern[str], text: str) -> tuple[str, int] | None:
    """Return the one row that a text shows, and where; None where it shows none or two."""
    found = [(rows[int((match.lastgroup or "s0")[1:])][0], match.start()) for match in pattern.finditer(text)]
    return found[0] if found and len({name for name, _ in found}) == 1 else None
