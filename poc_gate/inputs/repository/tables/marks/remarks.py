"""What is worth knowing and no field of the manifest holds -> rows by path, by setting, by resource, by package."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple


class ByName(NamedTuple):
    """A kind of remark, and the names that show it."""

    kind: str
    pattern: re.Pattern[str]
    says: str
    """In words; empty for a setting, whose name and value say it."""


def _row(kind: str, pattern: str, says: str) -> ByName:
    return ByName(kind, re.compile(pattern), says)


LOAD_TESTS = r"(?:^|/)locustfile[\w.-]*\.py$|\.jmx$|(?:^|/)(?:k6|load[-_]?tests?(?![-_]data)|stress[-_]?tests?)[\w./-]*\.(?:js|ts|py|ya?ml)$|artillery[\w.-]*\.ya?ml$|\.gatling\."
PATHS = (
    _row("prompts in files", r"\.prompty$|(?:^|/)prompts?/[\w./-]+\.(?:txt|md|ya?ml|json|j2|jinja2?|st|hbs|toml|prompt)$|(?:^|/)(?:[\w.-]*[-_.])?prompts?(?:[-_.][\w.-]*)?\.(?:txt|md|st|j2|jinja2?|ya?ml|json|prompt|hbs)$|(?:^|/)[\w-]*prompts?\.(?:txt|md|st|j2|jinja2?|ya?ml|json|prompt|hbs)$", "prompts are kept in files"),
    _row("alerts", r"(?:^|/)[\w.-]*alert(?:s|ing|manager|[-_]?rules)?(?:[-_.][\w.-]*)?\.(?:ya?ml|json|tf|bicep)$|(?:^|/)alerts?/[\w./-]+\.(?:ya?ml|json)$", "alerts are kept as files"),
    _row("dashboards", r"(?:grafana|dashboards?)/[\w./-]*\.json$|(?:^|/)[\w.-]*dashboards?[\w.-]*\.(?:json|bicep|tf)$|(?:^|/)grafana[-_]dashboard[\w.-]*\.ya?ml$", "dashboards are kept as files"),
    _row("load test", LOAD_TESTS, "a load test is kept"),
    _row("evaluation data", r"(?:^|/)[\w.-]*(?:ground[-_]?truth|golden|eval(?:uation)?[-_]?(?:set|data\w*|questions|cases|corpus|examples|queries)|gold[-_]?(?:set|qa)|qa[-_]?pairs)[\w.-]*\.(?:csv|jsonl?|parquet|tsv|ya?ml)$|(?:^|/)eval(?:s|uation|uations)?/[\w./-]+\.(?:csv|jsonl|parquet)$|(?:^|/)(?:rag-)?eval[-_][\w.-]+\.csv$", "questions or results of an evaluation are kept"),
    _row("owners of the code", r"(?:^|/)codeowners$", "it names who reviews changes"),
    _row("model card", r"(?:^|/)model[-_]?card[\w.-]*\.(?:md|ya?ml|json)$", "a model card is kept"),
    _row("security policy", r"^(?:\.github/|docs/|\.gitlab/)?security\.md$", "it says how to report a vulnerability"),
    _row("pickled model", r"\.(?:pkl|pickle|joblib)$", "a file is kept that runs code when it is read"),
    _row("changes of the database", r"(?:^|/)(?:alembic|migrations|flyway|liquibase)/|(?:^|/)drizzle/(?:[\w./-]*\.sql|meta/)", "database changes are kept as migrations"),
    _row("dependency updates", r"(?:^|/)(?:dependabot\.ya?ml|renovate\.json5?)$", "a bot proposes dependency updates"),
    _row("data checks", r"(?:^|/)(?:great_expectations|gx|soda)/|(?:^|/)expectations/", "data is checked by rules"),
)  # fmt: skip
"""By a file's path in small letters."""

SETTINGS = (
    _row("similarity threshold", r"(?:.*_)?(?:similarity|score|distance|relevance|match)_(?:threshold|score|cutoff|cut_off)|(?:.*_)?(?:retriev\w*|search|rag|vector)_confidence_(?:threshold|score|cutoff)|with_similarity_threshold|(?:.*_)?min(?:imum)?_(?:score|similarity|relevance|score|reranker_score|search_score)", ""),
    _row("history", r"(?!(?:.*_)?(?:revision|jobs?|undo|command|alert)_history)(?:(?!(?:function_|lambda_|container_|pod_|task_|build_|worker_)?memory_(?:limit|size)$)(?:(?:.*_)?max_(?:\w+_)?history|(?:.*_)?(?:max_)?(?:history|conversation|chat|memory)_(?:length|window|limit|turns|messages|count)|(?:.*_)?(?:history|conversation)_size|(?:.*_)?max_(?:history|messages)(?:_\w+)?|(?:.*_)?max_context_(?:window|tokens)))", ""),
    _row("batch", r"(?:.*_)?(?:embed\w*_)?batch_size|embeddings?_chunk_size", ""),
    _row("time limit", r"(?:.*_)?(?:timeout|time_out)(?:_s|_sec|_secs|_seconds|_ms|_minutes)?", ""),
    _row("retries", r"(?:.*_)?(?:max_)?(?:retries|retry_count|attempts|max_attempts|retry_attempts|num_retries)", ""),
    _row("rate limit", r"(?:.*_)?(?:rate_limit|requests_per_(?:minute|second|hour|day)|max_(?:requests|messages)_per_\w+|rpm|rps|tpm|throttl\w+)(?:_\w+)?", ""),
    _row("temperature", r"(?:.*_)?temperature", ""),
    _row("cache", r"(?:.*_)?cache_(?:ttl|expir\w+|size|similarity\w*)(?:_\w+)?", ""),
    _row("lifetime of records", r"(?!.*presign)(?:(?:.*_)?ttl(?:_\w+)?|(?:.*_)?(?:jwt|token|session)_(?:expir\w+|lifetime|max_age|ttl)(?:_\w+)?|access_token_expire_\w+|session_max_age)", ""),
    _row("backups", r"(?:.*_)?backups?_retention(?:_\w+)?|(?:.*_)?backup_(?:window|days|count)", ""),
    _row("adapters are trained", r"(?:.*_)?(?:lora_(?:r|rank|alpha|dropout)|adapter_dim)", ""),
    _row("retention of logs", r"(?:.*_)?logs?_retention(?:_\w+)?", ""),
    _row("retention", r"(?:.*_)?retention(?:_(?:days|period|hours|in_days|policy_days|weeks|months))?", ""),
    _row("drift threshold", r"(?:.*_)?(?:psi|drift|ks|js|wasserstein|kl)_(?:\w+_)?(?:threshold|limit|alert|warn\w*|share|cutoff)|(?:.*_)?drift_(?:score|share|p_?value)(?:_\w+)?|(?:threshold_)?(?:psi|drift)_(?:min|max)", ""),
    _row("promotion threshold", r"(?:.*_)?(?:min|minimum|required|target|promotion|promote|accept\w*|baseline|production|prod|deploy\w*)_(?:\w+_)?(?:accuracy|auc|roc_auc|auroc|f1|f1_score|recall|precision|r2|rmse|mae|mape|map50|improvement|uplift)(?:_\w+)?|(?:.*_)?(?:accuracy|roc_auc|auc|auroc|f1|f1_score|recall|precision|rmse|mae|mape|r2|metric|quality|validation|promotion|approval|performance|model_score)_(?:threshold|gate|floor|minimum|min|target)|max_(?:\w+_)?(?:rmse|mae|mape|error_rate|regression)", ""),
    _row("upload limit", r"(?:.*_)?max_(?:file|upload|document|image|pdf|attachment|payload|body|content)_?(?:size|bytes|mb|length)(?:_\w+)?|(?:.*_)?max_(?:files|uploads|documents)|(?:.*_)?(?:upload|file_size)_limit(?:_\w+)?|(?:.*_)?(?:upload|file)_max_(?:mb|bytes|size|size_mb)", ""),
    _row("workers", r"(?:.*_)?(?:num_|max_)?workers|(?:.*_)?concurrency|parallel_\w+", ""),
    _row("learning", r"(?:.*_)?(?:learning_rate|n_estimators|num_leaves|num_boost_round|num_epochs|epochs|test_size|scale_pos_weight|num_trees|early_stopping_rounds)", ""),
)  # fmt: skip
"""By a setting's name in small letters with underscores; its value is a number."""

RESOURCES = (
    _row("secrets manager", r"secretsmanager|keyvault|key_vault|secret_manager|ssm_parameter|ssm::parameter", "secrets are kept in a service of the cloud"),
    _row("sign-in", r"cognito|identity_platform|azuread_application|app_registration", "people sign in"),
    _row("firewall", r"waf|web_application_firewall|frontdoor|security_policy", "a firewall protects it"),
    _row("encryption key", r"kms|customer_managed_key|diskencryption", "data is encrypted with a key that the team manages"),
    _row("alerts", r"cloudwatch::alarm|metric_alarm|metric_alert|metricalerts|monitoring_alert_policy|scheduledqueryrules", "alerts are set up"),
    _row("dashboards", r"cloudwatch::dashboard|cloudwatch_dashboard|portal/dashboards|monitoring_dashboard", "a dashboard is set up"),
    _row("budget", r"budgets|consumption_budget|billing_budget", "a budget is watched"),
    _row("guardrail", r"bedrock::guardrail|bedrock_guardrail|raipolic", "a guardrail of the provider is set up"),
    _row("private network", r"ec2::vpc$|aws_vpc$|virtualnetworks$|virtual_network$|compute_network$|privateendpoints|private_endpoint|vpcendpoint|vpc_endpoint", "it runs in a network of its own"),
    _row("identity of its own", r"userassignedidentit|user_assigned_identity|iam::role|iam_role$|service_account$|roleassignments|role_assignment", "it runs under an identity of its own"),
    _row("autoscaling", r"applicationautoscaling|appautoscaling|autoscalesettings|autoscale_setting|horizontalpodautoscaler", "the number of machines follows the load"),
    _row("load balancer", r"loadbalancing|_lb$|_alb$|loadbalancers|apigateway|api_gateway|applicationgateways", "requests are spread or guarded by a gateway"),
    _row("logs", r"logs::loggroup|log_group|loganalytics|operationalinsights|azd/monitoring", "logs are collected"),
)  # fmt: skip
"""By a resource's type in small letters."""

PACKAGES = (
    ("sign-in", "@supabase/ssr jsonwebtoken next-auth @auth/core @clerk/nextjs msal @azure/msal-node @azure/msal-browser fastapi-users authlib passport pyjwt spring-boot-starter-security spring-security-core microsoft.identity.web flask-login bcrypt-ts bcryptjs lucia better-auth @auth0/nextjs-auth0 flask-jwt-extended flask-appbuilder django-allauth keycloak-js @azure/msal-react quarkus-oidc streamlit-authenticator passport-jwt", "people sign in"),
    ("rate limit", "slowapi fastapi-limiter flask-limiter express-rate-limit @upstash/ratelimit bucket4j-core aspnetcoreratelimit", "requests are rate-limited"),
    ("metrics", "prometheus-client prometheus-fastapi-instrumentator starlette-exporter prom-client micrometer-registry-prometheus prometheus-net.aspnetcore", "metrics of the service are collected"),
    ("retries", "tenacity backoff retrying p-retry resilience4j-spring-boot3 polly microsoft.extensions.http.resilience", "failed calls are retried"),
    ("evaluation tools", "ragas deepeval trulens trulens-eval promptfoo arize-phoenix-evals autoevals braintrust azure-ai-evaluation promptflow-evals giskard", "answers are evaluated by a library"),
    ("experiment tracking", "mlflow mlflow-skinny wandb neptune comet-ml clearml aim dvc zenml", "experiments are recorded"),
    ("drift monitoring", "evidently nannyml whylogs alibi-detect deepchecks", "drift of the data is watched"),
    ("data checks", "great-expectations pandera soda-core pydantic-pandera", "data is checked by rules"),
    ("personal data", "presidio-analyzer presidio-anonymizer scrubadub", "personal data is looked for"),
    ("guardrail", "guardrails-ai nemoguardrails llm-guard rebuff lakera", "answers or questions are screened"),
    ("error tracking", "sentry-sdk @sentry/nextjs @sentry/node rollbar bugsnag sentry", "errors are reported to a service"),
    ("load test", "locust k6 artillery", "a tool for load tests is installed"),
    ("document parsers", "spring-ai-pdf-document-reader spring-ai-markdown-document-reader langchain4j-document-parser-apache-tika langchain4j-document-parser-apache-pdfbox langchain4j-easy-rag apache-tika pdf2json officeparser unpdf langchain-unstructured docx2txt unstructured pypdf pypdf2 pymupdf pdf-parse docling tika llama-parse spring-ai-tika-document-reader pdfplumber azure-ai-documentintelligence python-docx mammoth markitdown pdfjs-dist", "documents are parsed"),
    ("upsampling", "imbalanced-learn", "rare cases are given more weight"),
)  # fmt: skip
"""Kind, packages, and what depending on one of them says."""
_BY_PACKAGE = {name: (kind, says) for kind, names, says in PACKAGES for name in names.split()}


@lru_cache(maxsize=16_384)
def remark_of_path(path: str) -> ByName | None:
    """Return the row that a path shows, or None; the path is in small letters."""
    return next((row for row in PATHS if row.pattern.search(path)), None)


@lru_cache(maxsize=16_384)
def remark_of_setting(words: str) -> ByName | None:
    """Return the row that a setting's name shows, or None; the name is in small letters with underscores."""
    return next((row for row in SETTINGS if row.pattern.fullmatch(words)), None)


@lru_cache(maxsize=4_096)
def remark_of_resource(kind: str) -> ByName | None:
    """Return the row that a resource's type shows, or None."""
    small = kind.lower().partition("@")[0]
    return next((row for row in RESOURCES if row.pattern.search(small)), None)


def remark_of_package(name: str) -> tuple[str, str] | None:
    """Return the kind and the words that depending on a package stands for, or None."""
    return _BY_PACKAGE.get(name.lower().replace("_", "-"))
