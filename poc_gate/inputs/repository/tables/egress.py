"""Providers and services -> the hosts that a pilot talks to; a new one is one row."""

from __future__ import annotations

import re

PROVIDER_HOSTS = {
    "openai": "api.openai.com",
    "azure-openai": "*.openai.azure.com",
    "azure-ai": "*.services.ai.azure.com",
    "anthropic": "api.anthropic.com",
    "google": "generativelanguage.googleapis.com",
    "vertex-ai": "*-aiplatform.googleapis.com",
    "bedrock": "bedrock-runtime.*.amazonaws.com",
    "sagemaker": "runtime.sagemaker.*.amazonaws.com",
    "bedrock-agentcore": "bedrock-agentcore.*.amazonaws.com",
    "bedrock-agents": "bedrock-agent-runtime.*.amazonaws.com",
    "amazon-q": "qbusiness.*.amazonaws.com",
    "cohere": "api.cohere.com",
    "mistral": "api.mistral.ai",
    "groq": "api.groq.com",
    "together": "api.together.xyz",
    "fireworks": "api.fireworks.ai",
    "deepseek": "api.deepseek.com",
    "xai": "api.x.ai",
    "openrouter": "openrouter.ai",
    "replicate": "api.replicate.com",
    "baseten": "inference.baseten.co",
    "perplexity": "api.perplexity.ai",
    "databricks": "*.databricks.com",
    "watsonx": "*.ml.cloud.ibm.com",
    "cerebras": "api.cerebras.ai",
    "sambanova": "api.sambanova.ai",
    "voyage": "api.voyageai.com",
    "jina": "api.jina.ai",
    "deepinfra": "api.deepinfra.com",
    "nvidia": "integrate.api.nvidia.com",
    "huggingface-api": "api-inference.huggingface.co",
    "huggingface-router": "router.huggingface.co",
    "zhipu": "open.bigmodel.cn",
    "dashscope": "dashscope.aliyuncs.com",
    "moonshot": "api.moonshot.ai",
    "github-models": "models.github.ai",
    "elevenlabs": "api.elevenlabs.io",
    "deepgram": "api.deepgram.com",
    "assemblyai": "api.assemblyai.com",
    "cartesia": "api.cartesia.ai",
    "rime": "users.rime.ai",
    "hume": "api.hume.ai",
    "speechmatics": "*.speechmatics.com",
    "gladia": "api.gladia.io",
    "soniox": "api.soniox.com",
    "daily": "api.daily.co",
    "tavus": "tavusapi.com",
    "ai21": "api.ai21.com",
    "vercel-gateway": "ai-gateway.vercel.sh",
    "vercel-sandbox": "vercel.com",
    "snowflake": "*.snowflakecomputing.com",
    "livekit": "*.livekit.cloud",
    "tavily": "api.tavily.com",
    "serper": "google.serper.dev",
    "serpapi": "serpapi.com",
    "brave-search": "api.search.brave.com",
    "exa": "api.exa.ai",
    "firecrawl": "api.firecrawl.dev",
    "duckduckgo": "duckduckgo.com",
    "wikipedia": "*.wikipedia.org",
    "arxiv": "export.arxiv.org",
    "openweathermap": "api.openweathermap.org",
    "langsmith": "api.smith.langchain.com",
    "langfuse": "cloud.langfuse.com",
    "wandb": "api.wandb.ai",
    "agentops": "api.agentops.ai",
    "comet": "www.comet.com",
    "neptune": "app.neptune.ai",
    "sentry": "*.ingest.sentry.io",
    "pinecone": "*.pinecone.io",
    "mem0": "api.mem0.ai",
    "e2b": "api.e2b.app",
    "github": "api.github.com",
    "github-code": "github.com",
    "slack": "slack.com",
    "stripe": "api.stripe.com",
    "twilio": "api.twilio.com",
    "sendgrid": "api.sendgrid.com",
    "notion": "api.notion.com",
    "llamacloud": "api.cloud.llamaindex.ai",
    "unstructured": "api.unstructuredapp.io",
    "posthog": "us.i.posthog.com",
    "polygon": "api.polygon.io",
    "yahoo-finance": "query1.finance.yahoo.com",
    "finnhub": "api.finnhub.io",
    "alphavantage": "www.alphavantage.co",
    "pylon": "api.usepylon.com",
    "huggingface-hub": "huggingface.co",
    "gmail": "gmail.googleapis.com",
    "google-apis": "www.googleapis.com",
    "google-custom-search": "customsearch.googleapis.com",
    "google-youtube": "youtube.googleapis.com",
    "google-docs": "docs.googleapis.com",
    "google-chat": "chat.googleapis.com",
    "google-sheets": "sheets.googleapis.com",
    "google-bigquery": "bigquery.googleapis.com",
    "google-firestore": "firestore.googleapis.com",
    "google-speech": "speech.googleapis.com",
    "google-document-ai": "*-documentai.googleapis.com",
    "aws-textract": "textract.*.amazonaws.com",
    "aws-comprehend": "comprehend.*.amazonaws.com",
    "aws-transcribe": "transcribe.*.amazonaws.com",
    "aws-transcribe-streaming": "transcribestreaming.*.amazonaws.com",
    "aws-lex": "runtime-v2-lex.*.amazonaws.com",
    "aws-fraud-detector": "frauddetector.*.amazonaws.com",
    "aws-rekognition": "rekognition.*.amazonaws.com",
    "aws-translate": "translate.*.amazonaws.com",
    "aws-polly": "polly.*.amazonaws.com",
    "aws-personalize": "personalize.*.amazonaws.com",
    "aws-personalize-runtime": "personalize-runtime.*.amazonaws.com",
    "aws-personalize-events": "personalize-events.*.amazonaws.com",
    "aws-forecast": "forecast.*.amazonaws.com",
    "aws-forecast-query": "forecastquery.*.amazonaws.com",
    "microsoft-graph": "graph.microsoft.com",
    "zendesk": "*.zendesk.com",
    "hubspot": "api.hubapi.com",
    "discord": "discord.com",
    "telegram": "api.telegram.org",
    "whatsapp": "web.whatsapp.com",
    "youtube": "www.youtube.com",
    "resend": "api.resend.com",
    "mollie": "api.mollie.com",
    "bing": "api.bing.microsoft.com",
    "azure-language": "*.cognitiveservices.azure.com",
    "azure-content-safety": "*.cognitiveservices.azure.com",
    "azure-apim": "*.azure-api.net",
    "azure-monitor": "api.loganalytics.io",
    "azure-monitor-traces": "*.in.applicationinsights.azure.com",
    "azure-voice-live": "*.cognitiveservices.azure.com",
    "azure-communication": "*.communication.azure.com",
    "anyscale": "api.endpoints.anyscale.com",
    "supabase": "*.supabase.co",
    "stack-exchange": "api.stackexchange.com",
    "atlassian": "*.atlassian.net",
    "salesforce": "*.salesforce.com",
    "servicenow": "*.service-now.com",
    "slack's web hooks": "hooks.slack.com",
    "azure-ai-search": "*.search.windows.net",
    "azure-blob-storage": "*.blob.core.windows.net",
    "azure-queue-storage": "*.queue.core.windows.net",
    "azure-table-storage": "*.table.core.windows.net",
    "cosmosdb": "*.documents.azure.com",
    "cosmosdb-as-mongodb": "*.mongo.cosmos.azure.com",
    "azure-sql": "*.database.windows.net",
    "azure-app-configuration": "*.azconfig.io",
    "azure-service-bus": "*.servicebus.windows.net",
    "vertex-ai-search": "discoveryengine.googleapis.com",
    "astra-db": "*.apps.astra.datastax.com",
}
"""Name of a provider or service -> its host; a star stands for the part that the account decides."""

OF_AZURE_OPENAI = re.compile(r"(?i)azure_?(?:open_?ai|oai)[\w.:]*?(?:endpoint|api_?base|base_?url|ur[li])")
"""Names of settings that hold the address of an account of Azure OpenAI."""

HOST_OF_SYSTEM = {
    "github": "github", "stack-exchange": "stack-exchange", "notion": "notion", "zendesk": "zendesk", "hubspot": "hubspot", "slack": "slack",
    "salesforce": "salesforce", "servicenow": "servicenow", "jira": "atlassian", "confluence": "atlassian", "pinecone": "pinecone", "mem0": "mem0",
    "llamacloud": "llamacloud", "gmail": "gmail", "google-calendar": "google-apis", "google-drive": "google-apis", "google-sheets": "google-sheets",
    "vertex-ai-search": "vertex-ai-search", "astra-db": "astra-db", "bigquery": "google-bigquery", "firestore": "google-firestore",
}  # fmt: skip
"""System that is a service of somebody else -> the row of its host."""

STORES_OF_AZURE = {
    "azure-ai-search": "azure-ai-search", "azure-blob-storage": "azure-blob-storage", "azure-queue-storage": "azure-queue-storage",
    "azure-table-storage": "azure-table-storage", "cosmosdb": "cosmosdb", "service-bus": "azure-service-bus",
}  # fmt: skip
"""System that Azure alone runs -> the row of the domain on which each account of it answers; deploying it is enough."""

KEEPS_OFFLINE = frozenset({"HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"})
"""Variables that keep libraries from fetching weights from the hub."""

_HOST = re.compile(
    r"(?i)^(?:[a-z][a-z0-9+.-]*://)?(?:[^/\s@]*@)?([a-z0-9*][a-z0-9*.-]*\.[a-z]{2,24})(?::\d+)?(?:[/?#].*)?$"
)
_INSIDE = re.compile(
    r"(?i)(?:^|\.)(?:localhost|local|internal|lan|ts\.net|invalid|test|example|svc|cluster\.local|docker\.internal|localdomain)$"
    r"|(?:^|\.)(?:example|domain|some-?domain|website|company|contoso|fabrikam|northwindtraders|adventure-works|woodgrove(?:bank)?|wingtiptoys|tailspintoys)\.(?:com|org|net|io)$|your|^(?:some|any)-|xxx|<|placeholder|changeme|^lorem\.|^foo\.|^dummy|^(?:rest-?)?api-?id\.|^\d+\.\d+\.\d+\.\d+$|\.svc\.|my-?(?:resource|company|domain|org|host)"
    r"|\.(?:bentoml\.ai|modal\.run|vercel\.app|onrender\.com|herokuapp\.com|streamlit\.app|fly\.dev|azurewebsites\.net|azurecontainerapps\.io|awsapprunner\.com|compute(?:-1)?\.(?:[a-z0-9-]+\.)?amazonaws\.com|elb\.(?:[a-z0-9-]+\.)?amazonaws\.com|cloudapp\.azure\.com|up\.railway\.app|netlify\.app|pages\.dev|run\.app|hf\.space|replit\.app|repl\.co|koyeb\.app|ondigitalocean\.app|amplifyapp\.com|azurestaticapps\.net|web\.app|firebaseapp\.com|trycloudflare\.com|deno\.dev|workers\.dev|cloudfunctions\.net|lambda-url\.[a-z0-9-]+\.on\.aws|ngrok(?:-free)?\.(?:io|app|dev)|gradio\.live)$"
    r"|\.bedrock-agentcore\.[a-z0-9-]+\.amazonaws\.com$"
    r"|^(?:token|pipelines)\.actions\.githubusercontent\.com$"
    r"|\.(?:py|js|ts|json|md|yaml|yml|txt|html|png|jpg|svg|ico|db|sh|conf|cfg|log|csv|pkl|onnx|pt|zip|gz|pdf)$|\.\.|^\*\.?$"
)
"""Hosts that are not outside (a gateway that the pilot has made for itself among them), placeholders, names of files that look like hosts, and who vouches for a workflow to a cloud."""


_PORTALS = re.compile(
    r"^(?:(?:portal|ai|ml)\.azure\.com|(?:studio|ml)\.azureml\.(?:net|ms)|console\.(?:aws\.amazon|cloud\.google|groq|anthropic)\.com|(?:[a-z0-9-]+\.)?console\.aws\.amazon\.com|platform\.openai\.com|aistudio\.google\.com|aka\.ms|go\.microsoft\.com)$"
)
"""Pages on which people look after their accounts, and short links to them."""
_SHOUTED = re.compile(r"^(?:[a-z][a-z0-9+.-]*://)?[A-Z][A-Z_-]{3,}\.")
"""A host that begins in capital letters stands for one that people fill in."""


_OF_PAGES = re.compile(r"(?i)^(?:https?:)?//(?:unpkg\.com|cdn\.jsdelivr\.net|cdnjs\.cloudflare\.com|fonts\.(?:googleapis|gstatic)\.com|cdn\.tailwindcss\.com|code\.jquery\.com|(?:stackpath|maxcdn)\.bootstrapcdn\.com)(?:/|$)")  # fmt: skip
"""Addresses of scripts, styles and letters, which the browser of a visitor loads."""


def host_of(address: str) -> str:
    """Return the host of an address or the host itself, in small letters; empty when there is none."""
    if _SHOUTED.match(address.strip()) or _OF_PAGES.match(address.strip()):
        return ""
    match = _HOST.match(address.strip())
    return match[1].lower() if match else ""


_OF_ACCOUNTS = (
    "search.windows.net", "openai.azure.com", "cognitiveservices.azure.com", "services.ai.azure.com", "documents.azure.com", "servicebus.windows.net",
    "vault.azure.net", "communication.azure.com", "blob.core.windows.net", "queue.core.windows.net", "table.core.windows.net", "database.windows.net",
    "cloud.qdrant.io", "weaviate.cloud", "zillizcloud.com", "pinecone.io", "mongodb.net", "redis-cloud.com", "upstash.io", "supabase.co", "neon.tech",
    "snowflakecomputing.com", "cloud.databricks.com", "azuredatabricks.net", "livekit.cloud", "atlassian.net", "zendesk.com", "service-now.com",
    "my.salesforce.com", "ingest.sentry.io", "aivencloud.com", "elastic-cloud.com", "confluent.cloud",
)  # fmt: skip
"""Services whose hosts begin with what an account decides."""


def of_any_account(host: str) -> str:
    """Return a host with a star for the parts that an account decides: `*.search.windows.net`; others as they are."""
    return next((f"*.{service}" for service in _OF_ACCOUNTS if host.endswith(f".{service}")), host)


def is_outside(host: str) -> bool:
    """Say whether a host lies outside the pilot's own network, is no placeholder, and is asked by programs."""
    return "." in host and not _INSIDE.search(host) and not _PORTALS.match(host)
