"""Resources of clouds -> systems that hold data; a new resource is one row."""

from __future__ import annotations

import re
from collections.abc import Iterable

from poc_gate.inputs.repository.tables.models import names_a_model

_SYSTEMS = (
    # Terraform, Azure, AWS and Google types, and classes of construct libraries
    ("postgresql", r"^azurerm_postgresql_(?:flexible_)?server$|^aws_(?:db_instance|rds_cluster|rds_cluster_instance)$|^google_sql_database_instance$|^google_alloydb_cluster$|^microsoft\.dbforpostgresql/|^digitalocean_database_cluster$|^supabase_project$"),
    ("mysql", r"^azurerm_mysql_(?:flexible_)?server$|^microsoft\.dbformysql/"),
    ("sqlserver", r"^azurerm_mssql_(?:server|database)$|^microsoft\.sql/servers"),
    ("cosmosdb", r"^azurerm_cosmosdb_account$|^microsoft\.documentdb/"),
    ("redis", r"^azurerm_redis_cache$|^aws_elasticache_(?:cluster|replication_group|serverless_cache)$|^google_redis_instance$|^microsoft\.cache/redis|^aws::elasticache::"),
    ("azure-ai-search", r"^azurerm_search_service$|^microsoft\.search/searchservices"),
    ("azure-blob-storage", r"^azurerm_storage_(?:account|container)$|^microsoft\.storage/storageaccounts"),
    ("service-bus", r"^azurerm_servicebus_namespace$|^microsoft\.servicebus/"),
    ("event-hubs", r"^azurerm_eventhub(?:_namespace)?$|^microsoft\.eventhub/"),
    ("dynamodb", r"^aws_dynamodb_table$|^aws::dynamodb::table$|^aws::serverless::simpletable$"),
    ("s3", r"^aws_s3_bucket$|^aws::s3::bucket$"),
    ("opensearch", r"^aws_opensearch(?:serverless)?_(?:domain|collection)$|^aws_elasticsearch_domain$|^aws::opensearch(?:service|serverless)::"),
    ("kendra", r"^aws_kendra_index$|^aws::kendra::index$"),
    ("bedrock-knowledge-base", r"^aws_bedrockagent_knowledge_base$|^awscc_bedrock_knowledge_base$|^aws::bedrock::knowledgebase$"),
    ("mongodb", r"^aws_docdb_cluster$|^mongodbatlas_cluster$|^mongodbatlas_advanced_cluster$|^aws::docdb::"),
    ("redshift", r"^aws_redshift_cluster$|^aws_redshiftserverless_workgroup$|^aws::redshift::"),
    ("kinesis", r"^aws_kinesis_stream$|^aws::kinesis::stream$"),
    ("sqs", r"^aws_sqs_queue$|^aws::sqs::queue$"),
    ("kafka", r"^aws_msk_(?:cluster|serverless_cluster)$|^confluent_kafka_cluster$|^aws::msk::|^google_managed_kafka_cluster$"),
    ("bigquery", r"^google_bigquery_(?:dataset|table)$"),
    ("gcs", r"^google_storage_bucket$"),
    ("firestore", r"^google_firestore_database$"),
    ("pubsub", r"^google_pubsub_(?:topic|subscription)$"),
    ("vertex-vector-search", r"^google_vertex_ai_index(?:_endpoint)?$"),
    ("vertex-ai-search", r"^google_discovery_engine_"),
    ("snowflake", r"^snowflake_(?:database|table|warehouse)$"),
    ("qdrant", r"^qdrant-cloud_"),
    ("pinecone", r"^pinecone_index$"),
    ("rds", r"^aws::rds::db(?:instance|cluster)$"),
)  # fmt: skip
_SYSTEM = re.compile("|".join(f"(?P<s{i}>{pattern})" for i, (_, pattern) in enumerate(_SYSTEMS)))
_OTHER_BUCKETS = re.compile(
    r"(?i)log|state|tfstate|backend|artifact|deploy|frontend|website|web|static|asset|cdn|pipeline|build|trail|backup|access|distribution|source_?code|terraform|lambda|airflow|mlflow|alert|budget|notif"
)
"""Names of buckets that hold no data of the pilot's answers."""
_OTHER_TABLES = re.compile(r"(?i)tfstate|terraform|backend_lock|state_?lock|lock_?(?:table|db)|access_?log")
"""Names of databases that hold none of it: a table called after the state of an agent does."""
_TO_BE_USED = frozenset({"s3", "gcs", "azure-blob-storage", "sqs"})
"""Systems of which infrastructure has some for itself: they count where the code uses them."""


def system_of_resource(kind: str, *, engine: str = "") -> str:
    """Return the system that a type of resource makes, or an empty text; `engine` is what a managed database runs."""
    match = _SYSTEM.search(kind.lower().partition("@")[0])
    if not match or not match.lastgroup:
        return ""
    system = _SYSTEMS[int(match.lastgroup[1:])][0]
    if system in {"rds", "postgresql"} and engine:
        return (
            "mysql"
            if "mysql" in engine.lower() or "maria" in engine.lower()
            else "sqlserver"
            if "sqlserver" in engine.lower()
            else "postgresql"
        )
    return "" if system == "rds" else system


def counts_alone(system: str, label: str) -> bool:
    """Say whether a resource is a source by itself; object stores and queues need code that uses them."""
    others = _OTHER_TABLES if system in {"dynamodb", "postgresql", "mysql", "mongodb", "cosmosdb", "redis"} else _OTHER_BUCKETS  # fmt: skip
    return system not in _TO_BE_USED and not others.search(label)


MACHINES = {
    "a2-highgpu": "a100-40gb", "a2-ultragpu": "a100-80gb", "a3-highgpu": "h100-80gb", "g2-standard": "l4", "g5": "a10g", "g4dn": "t4", "g6": "l4",
    "g6e": "l40s", "p3": "v100", "p4d": "a100-40gb", "p4de": "a100-80gb", "p5": "h100-80gb", "standard_nc": "", "inf2": "inferentia2", "trn1": "trainium",
}  # fmt: skip
"""Family of a machine type -> its accelerator."""


def accelerator_of_machine(machine: str) -> str:
    """Return the accelerator of a machine type such as `g5.4xlarge`, or an empty text."""
    name = machine.lower().removeprefix("ml.")
    family = name.partition(".")[0]
    return MACHINES.get(family, "") or next(
        (device for key, device in MACHINES.items() if "-" in key and name.startswith(key)), ""
    )


_ANSWERS = re.compile(r"(?i)query|chat|ask|answer|question|converse|conversation|message|generat|complet|assist|invoke|inference|agent|search|retriev")  # fmt: skip
_TAKES_IN = re.compile(r"(?i)ingest|index|upload|process|(?<!a)sync|crawl|import|load|trigger|auth|custom|migrat|update|embed|create|creator|delete|provision|delay|wait|layer|warm|initiali|rotat|clean|hook|token|sign_?(?:up|in|out)|cognito|feedback|health")  # fmt: skip


def says_an_answer(label: str) -> bool | None:
    """Say whether a function answers somebody, by its name; False for one that takes something in, None where it says neither."""
    if _TAKES_IN.search(label):
        return False
    return True if _ANSWERS.search(label) else None


_ASKS = re.compile(r"(?i)bedrock|inference_?profile|agent_?runtime|openai|anthropic|sagemaker_?endpoint")


def asks_a_model(variable: str) -> bool:
    """Say whether a variable of a function says that it asks a model, by the service that it is of."""
    return bool(_ASKS.search(variable))


def weight_of_function(label: str, variables: Iterable[str]) -> int:
    """Return how much memory and time of a function weigh: 3 where its name says that it answers, 2 where it is told which model to ask, else 0."""
    answers = says_an_answer(label)
    if answers is not None:
        return 3 if answers else 0
    return 2 if any(names_a_model(name) or asks_a_model(name) for name in variables) else 0


_DURATION = re.compile(r"(?:\w+\.)?Duration\.(seconds|minutes)\((?:amount=)?(\d{1,4})\)")


def seconds_of_duration(text: str) -> float | None:
    """Return the seconds that the AWS CDK is given, in any language, such as `cdk.Duration.minutes(5)`; None for anything else."""
    match = _DURATION.fullmatch(text[:80])
    return int(match[2]) * (60.0 if match[1] == "minutes" else 1.0) if match else None
