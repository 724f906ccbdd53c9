"""Systems that hold data -> interface and family, and the names by which settings and addresses call them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple


class System(NamedTuple):
    """One product."""

    interface: str
    family: str
    """Systems of one family stand in for each other: `vector`, `database`, `cache`, `object`, `queue`, `warehouse`, ..."""
    names: tuple[str, ...] = ()
    """Further names in settings, drivers and addresses."""


SYSTEMS = {
    "postgresql": System("sql", "database", ("postgres", "psql", "pg", "pgvector", "postgresql+asyncpg", "postgresql+psycopg", "postgresql+psycopg2", "timescaledb", "supabase", "alloydb")),
    "mysql": System("sql", "database", ("mariadb", "mysql+pymysql", "mysql+aiomysql", "mysqldb", "aurora-mysql")),
    "sqlite": System("sql", "database", ("sqlite3", "sqlite+aiosqlite")),
    "sqlserver": System("sql", "database", ("mssql", "mssql+pyodbc", "azuresql", "azure-sql")),
    "oracle": System("sql", "database", ("oracle+cx_oracle", "oracledb", "oracle+oracledb")),
    "mongodb": System("mongodb", "database", ("mongo", "mongodb+srv", "documentdb", "mongodb-atlas")),
    "cassandra": System("cql", "database", ("scylla",)),
    "aerospike": System("aerospike", "database", ()),
    "sagemaker-feature-store": System("http", "features", ()),
    "vertex-feature-store": System("grpc", "features", ()),
    "dynamodb": System("http", "database", ("dynamo",)),
    "cosmosdb": System("http", "database", ("cosmos", "azure-cosmos", "cosmos-db")),
    "bigtable": System("grpc", "database", ("cloud-bigtable",)),
    "firestore": System("http", "database", ("firebase",)),
    "amazon-neptune": System("gremlin", "graph", ("neptune-db", "neptune-analytics")),
    "graph-database": System("gremlin", "graph", ()),
    "falkordb": System("redis", "graph", ()),
    "kuzu": System("file", "graph", ()),
    "neo4j": System("bolt", "graph", ()),
    "memgraph": System("bolt", "graph", ()),
    "redis": System("redis", "cache", ("valkey", "rediss", "elasticache", "redis-stack", "dragonfly", "memorystore", "upstash")),
    "memcached": System("memcached", "cache", ()),
    "qdrant": System("http", "vector", ()),
    "milvus": System("grpc", "vector", ("zilliz", "milvus-lite")),
    "weaviate": System("http", "vector", ()),
    "chroma": System("http", "vector", ("chromadb",)),
    "pinecone": System("http", "vector", ()),
    "astra-db": System("http", "vector", ("astradb", "astra", "datastax")),
    "marqo": System("http", "vector", ()),
    "deep-lake": System("http", "vector", ("deeplake", "activeloop")),
    "mem0": System("http", "memory", ()),
    "lancedb": System("file", "vector", ("lance",)),
    "faiss": System("file", "vector", ("faiss-cpu", "faiss-gpu")),
    "vespa": System("http", "vector", ()),
    "vertex-vector-search": System("grpc", "vector", ("matching-engine",)),
    "elasticsearch": System("http", "search", ("elastic", "es")),
    "opensearch": System("http", "search", ("opensearch-serverless", "aoss")),
    "azure-ai-search": System("http", "search", ("azure-search", "azuresearch", "azure-cognitive-search", "cognitive-search", "azureaisearch", "azure_ai_search")),
    "vertex-rag-engine": System("http", "search", ()),
    "vertex-ai-search": System("http", "search", ("discoveryengine",)),
    "bedrock-knowledge-base": System("http", "search", ()),
    "kendra": System("http", "search", ()),
    "typesense": System("http", "search", ()),
    "meilisearch": System("http", "search", ()),
    "solr": System("http", "search", ()),
    "s3": System("s3", "object", ("aws-s3",)),
    "s3-vectors": System("http", "vector", ("s3vectors",)),
    "minio": System("s3", "object", ()),
    "seaweedfs": System("s3", "object", ()),
    "gcs": System("http", "object", ("google-cloud-storage", "gs")),
    "azure-blob-storage": System("http", "object", ("azure-blob", "azure-storage", "azureblobs", "adls", "abfss", "abfs")),
    "supabase-storage": System("http", "object", ()),
    "bigquery": System("sql", "warehouse", ("bq",)),
    "snowflake": System("sql", "warehouse", ()),
    "redshift": System("sql", "warehouse", ()),
    "athena": System("sql", "warehouse", ()),
    "databricks": System("sql", "warehouse", ()),
    "clickhouse": System("sql", "warehouse", ()),
    "trino": System("sql", "warehouse", ("presto",)),
    "duckdb": System("sql", "warehouse", ()),
    "kafka": System("kafka", "queue", ("redpanda", "msk")),
    "rabbitmq": System("amqp", "queue", ("amqp",)),
    "rocketmq": System("tcp", "queue", ()),
    "pulsar": System("tcp", "queue", ("apache-pulsar",)),
    "activemq": System("amqp", "queue", ("artemis",)),
    "kinesis": System("http", "queue", ()),
    "sqs": System("http", "queue", ()),
    "pubsub": System("grpc", "queue", ()),
    "service-bus": System("amqp", "queue", ("azure-service-bus", "servicebus")),
    "event-hubs": System("kafka", "queue", ("eventhub", "event-hub")),
    "nats": System("nats", "queue", ()),
    "feast": System("http", "features", ()),
    "tecton": System("http", "features", ()),
    "hopsworks": System("http", "features", ()),
    "sharepoint": System("http", "documents", ("microsoft-graph",)),
    "google-drive": System("http", "documents", ()),
    "confluence": System("http", "documents", ()),
    "salesforce": System("http", "documents", ()),
    "servicenow": System("http", "documents", ()),
    "jira": System("http", "documents", ()),
    "gmail": System("http", "documents", ()),
    "google-calendar": System("http", "documents", ()),
    "google-sheets": System("http", "documents", ()),
    "google-search": System("http", "web", ()),
    "youtube": System("http", "web", ()),
    "slack": System("http", "documents", ()),
    "github": System("http", "documents", ()),
    "stack-exchange": System("http", "documents", ("stackoverflow", "stack-overflow")),
    "notion": System("http", "documents", ()),
    "zendesk": System("http", "documents", ()),
    "hubspot": System("http", "documents", ()),
    "mailbox": System("imap", "documents", ("imap", "exchange")),
    "convex": System("http", "database", ()),
    "llamacloud": System("http", "search", ("llama-cloud",)),
    "turbopuffer": System("http", "vector", ()),
    "databricks-vector-search": System("http", "vector", ()),
    "couchbase": System("http", "database", ()),
    "singlestore": System("sql", "database", ("memsql",)),
    "surrealdb": System("http", "database", ()),
    "tidb": System("sql", "database", ()),
    "db2": System("sql", "database", ()),
    "spanner": System("sql", "database", ("cloud-spanner",)),
    "azure-queue-storage": System("http", "queue", ("azure-queue",)),
    "azure-table-storage": System("http", "database", ("azure-table",)),
    "vercel-blob": System("http", "object", ()),
    "upstash-vector": System("http", "vector", ()),
    "h2": System("sql", "database", ()),
    "cloudflare-d1": System("sql", "database", ()),
    "cloudflare-kv": System("http", "cache", ()),
    "cloudflare-r2": System("s3", "object", ()),
    "cloudflare-vectorize": System("http", "vector", ()),
    "cloudflare-queues": System("http", "queue", ()),
    "sec-edgar": System("http", "documents", ()),
    "hugging-face-datasets": System("http", "documents", ()),
    "influxdb": System("http", "database", ()),
    "iceberg": System("s3", "warehouse", ("delta",)),
    "glue": System("http", "warehouse", ("glue-catalog", "aws-glue")),
}  # fmt: skip

_BY_NAME = {name: system for system, row in SYSTEMS.items() for name in (system, *row.names)}
_SCHEME = re.compile(r"^([a-z][a-z0-9+]{1,30}):(?://|mem:|file:|thin:)")
_SELECTS = re.compile(
    r"(?i)(?:vector|^db|_db|database|store|storage|backend|index|search|cache|queue|broker|memory|retriever|checkpoint|nodestore|doc_?store)"
)
_NO_CHOICE = re.compile(
    r"(?i)user|(?<!store)(?<!store_)name$|password|host|port|schema|path|table|collection|version|driver|role$|owner"
)
_VARIABLES = (
    ("postgresql", re.compile(r"^(?:POSTGRES(?:QL)?|PG|PGVECTOR|PG_VECTOR)_?(?:HOST|URL|URI|DSN|CONNECTION(?:_STRING)?|SERVER|DB_HOST|ENDPOINT|CONN(?:_STR)?)$|^PGHOST$")),
    ("mysql", re.compile(r"^(?:MYSQL|MARIADB)_(?:HOST|URL|URI|DSN|SERVER)$")),
    ("mongodb", re.compile(r"^MONGO(?:DB)?_(?:HOST|URL|URI|DSN|CONNECTION_STRING)$")),
    ("redis", re.compile(r"^(?:REDIS|VALKEY)_(?:HOST|URL|URI|DSN|ENDPOINT)$")),
    ("qdrant", re.compile(r"^QDRANT_(?:HOST|URL|URI|ENDPOINT)$")),
    ("milvus", re.compile(r"^MILVUS_(?:HOST|URL|URI|ENDPOINT)$")),
    ("weaviate", re.compile(r"^WEAVIATE_(?:HOST|URL|URI|ENDPOINT)$")),
    ("chroma", re.compile(r"^CHROMA(?:DB)?_(?:HOST|URL|URI|SERVER_HOST)$")),
    ("pinecone", re.compile(r"^PINECONE_(?:INDEX|INDEX_NAME|ENVIRONMENT|HOST)$")),
    ("elasticsearch", re.compile(r"^(?:ELASTIC(?:SEARCH)?|ES)_(?:HOSTS?|URL|URI|ENDPOINT|CLOUD_ID)$")),
    ("opensearch", re.compile(r"^OPENSEARCH_(?:HOST|URL|URI|ENDPOINT|DOMAIN(?:_ENDPOINT)?)$")),
    ("azure-ai-search", re.compile(r"^AZURE_(?:AI_)?SEARCH_(?:SERVICE|ENDPOINT|INDEX|SERVICE_ENDPOINT|INDEX_NAME)$")),
    ("azure-blob-storage", re.compile(r"^AZURE_STORAGE_(?:ACCOUNT|CONTAINER|CONNECTION_STRING|ACCOUNT_NAME)$")),
    ("cosmosdb", re.compile(r"^(?:AZURE_)?COSMOS(?:DB)?_\w*(?:ENDPOINT|URI|ACCOUNT)$")),
    ("meilisearch", re.compile(r"^MEILI(?:SEARCH)?_(?:HOST|URL|URI|ENDPOINT|(?:BASE|HTTP)_(?:URL|ADDR))$")),
    ("typesense", re.compile(r"^TYPESENSE_(?:HOST|URL|ENDPOINT)$")),
    ("servicenow", re.compile(r"^(?:SERVICENOW|SNOW)_(?:INSTANCE(?:_URL)?|BASE_URL|URL|HOST)$")),
    ("neo4j", re.compile(r"^NEO4J_(?:URI|URL|HOST)$")),
    ("kafka", re.compile(r"^KAFKA_(?:BROKERS?|BOOTSTRAP_SERVERS?|HOST)$")),
    ("snowflake", re.compile(r"^SNOWFLAKE_(?:ACCOUNT|HOST)$")),
    ("minio", re.compile(r"^MINIO_(?:ENDPOINT|URL|HOST|SERVER)$")),
    ("s3", re.compile(r"^(?:AWS_)?S3_\w*BUCKET\w*$|^\w*_S3_BUCKET$")),
    ("bigquery", re.compile(r"^(?:BIGQUERY|BQ)_(?:DATASET|PROJECT|TABLE)\w*$")),
)  # fmt: skip
"""System -> the variables that hold its address."""


_WHERE = re.compile(r"-(?:local|cloud|serverless|atlas|managed|vector|store)$")


@lru_cache(maxsize=16_384)
def system_named(name: str) -> str:
    """Return the system that a name means, exactly or by a listed alias; empty when none does."""
    small = name.strip().lower()
    dashed = _WHERE.sub("", small.replace("_", "-"))
    return _BY_NAME.get(dashed, "") or _BY_NAME.get(small, "")


def system_of_address(address: str) -> str:
    """Return the system that an address names by its scheme, such as `postgresql+asyncpg://...`."""
    match = _SCHEME.match(address.strip().lower().removeprefix("jdbc:").removeprefix("r2dbc:"))
    return _BY_NAME.get(match[1], "") or _BY_NAME.get(match[1].partition("+")[0], "") if match else ""


def system_of_variable(variable: str) -> str:
    """Return the system whose address an environment variable holds, or an empty text."""
    upper = variable.upper().removeprefix("APP_").removeprefix("BACKEND_")
    return next((system for system, pattern in _VARIABLES if pattern.match(upper)), "")


_PORTS = {
    "5432": "postgresql", "3306": "mysql", "1433": "sqlserver", "1521": "oracle", "27017": "mongodb", "6379": "redis", "5672": "rabbitmq", "9092": "kafka",
    "6333": "qdrant", "6334": "qdrant", "19530": "milvus", "7687": "neo4j", "9042": "cassandra",
}  # fmt: skip
"""Ports that one system alone listens on by default, as registered at IANA or stated in its manual."""
_AT_A_PORT = re.compile(r"^[A-Za-z][\w.-]*:(?P<port>\d{4,5})$")
_OF_A_SERVER = re.compile(
    r"(?i)(?:^|[._])(?:host|hosts|address|addr|server|servers|endpoint|broker|brokers)$"
)


def system_at_port(name: str, value: str) -> str:
    """Return the system whose own port a setting's address ends with, such as `database.host: db:5432`; empty for others."""
    match = _AT_A_PORT.match(value) if _OF_A_SERVER.search(name) else None
    return _PORTS.get(match["port"], "") if match else ""


@lru_cache(maxsize=16_384)
def selects_a_system(key: str) -> bool:
    """Say whether a setting's name says that its value chooses a store."""
    return bool(_SELECTS.search(key)) and not _NO_CHOICE.search(key)


def interface_of(system: str) -> str:
    """Return how a system is reached."""
    row = SYSTEMS.get(system)
    return row.interface if row else ""


def family_of(system: str) -> str:
    """Return the family of a system, or its own name where none is known."""
    row = SYSTEMS.get(system)
    return row.family if row else system
