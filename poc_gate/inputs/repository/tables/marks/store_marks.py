"""Marks of clients in R, Rust, Scala, Kotlin, Java, Go, Ruby, PHP and Elixir, and of mailboxes in any language -> the systems they reach; a new one is one row."""

from __future__ import annotations

import re
from typing import NamedTuple

from poc_gate.text.lazy_pattern import lazily


class StoreMark(NamedTuple):
    """What a text shows of a store."""

    system: str
    pattern: re.Pattern[str]
    beside: re.Pattern[str] | None = None
    """What the file must show too, wherever it is."""


def _row(system: str, pattern: str, beside: str = "") -> StoreMark:
    return StoreMark(system, lazily(pattern, re.MULTILINE), lazily(beside) if beside else None)


_MAIL = (_row("mailbox", r"graph\.microsoft\.com/(?:v1\.0|beta)\b", r"/(?:sendMail|mailFolders|messages)\b"),)
"""Microsoft Graph where a program reads or sends mail with it."""
_QUARKUS = r"^import io\.quarkiverse\.langchain4j\."
_SPRING = r"^import org\.springframework\.data\."
_JAVA = (
    _row("redis", _SPRING + r"redis\.(?:core\.\w*RedisTemplate|repository\.\w*Redis\w*)\b"),
    _row("sql-database", _SPRING + r"jpa\.repository\.JpaRepository\b"),
    _row("mongodb", _SPRING + r"mongodb\.(?:core\.\w*MongoTemplate|repository\.\w*Mongo\w*)\b"),
    _row("elasticsearch", _SPRING + r"elasticsearch\.(?:core\.ElasticsearchOperations|repository\.ElasticsearchRepository)\b"),
    _row("neo4j", _SPRING + r"neo4j\.(?:core\.Neo4j(?:Client|Template)|repository\.Neo4jRepository)\b"),
    _row("cassandra", _SPRING + r"cassandra\.(?:core\.CassandraTemplate|repository\.CassandraRepository)\b"),
    _row("elasticsearch", r"^import co\.elastic\.clients\.elasticsearch\.ElasticsearchClient\b"),
    _row("opensearch", r"^import org\.opensearch\.client\.opensearch\.OpenSearchClient\b"),
    _row("mongodb", r"^import com\.mongodb\.(?:reactivestreams\.)?client\.MongoClient\b"),
    _row("kafka", r"^import org\.springframework\.kafka\.(?:core\.KafkaTemplate|annotation\.KafkaListener)\b"),
    _row("azure-blob-storage", r"\"azure-blob://[\w%${]"),
    _row("redis", _QUARKUS + r"redis\.RedisEmbeddingStore\b"),
    _row("postgresql", _QUARKUS + r"pgvector\.PgVectorEmbeddingStore\b"),
    _row("chroma", _QUARKUS + r"chroma\.ChromaEmbeddingStore\b"),
    _row("pinecone", _QUARKUS + r"pinecone\.PineconeEmbeddingStore\b"),
    _row("milvus", _QUARKUS + r"milvus\.MilvusEmbeddingStore\b"),
    _row("weaviate", _QUARKUS + r"weaviate\.WeaviateEmbeddingStore\b"),
    _row("qdrant", _QUARKUS + r"qdrant\.QdrantEmbeddingStore\b"),
    *_MAIL,
)  # fmt: skip
_GO = (
    _row("s3", r"\*(?:aws)?s3\.Client\b", r"aws-sdk-go-v2/service/s3\b"),
    _row("dynamodb", r"\*(?:aws)?dynamodb\.Client\b", r"aws-sdk-go-v2/service/dynamodb\b"),
    _row("sqs", r"\*(?:aws)?sqs\.Client\b", r"aws-sdk-go-v2/service/sqs\b"),
    *_MAIL,
)  # fmt: skip
"""Clients that a part of a program is handed: the SDK names one package for each service."""


_R = (
    _row("postgresql", r"RPostgres::Postgres\(|RPostgreSQL::PostgreSQL\(|dbDriver\(\s*[\"']PostgreSQL|\b[Dd]river\s*=\s*[\"']\{?[Pp]ostgre\w*"),
    _row("redshift", r"RPostgres::Redshift\(|\b[Dd]river\s*=\s*[\"'][\w ]*Redshift"),
    _row("mysql", r"RMySQL::MySQL\(|RMariaDB::MariaDB\(|\b[Dd]river\s*=\s*[\"']\{?My ?SQL"),
    _row("sqlserver", r"\b[Dd]river\s*=\s*[\"']\{?(?:SQL ?Server|ODBC Driver \d+ for SQL Server|FreeTDS)"),
    _row("snowflake", r"odbc::snowflake\(|\b[Dd]river\s*=\s*[\"']\{?[Ss]nowflake"),
    _row("databricks", r"odbc::databricks\(|method\s*=\s*[\"']databricks"),
    _row("bigquery", r"bigrquery::|\bbq_(?:project_query|dataset_query|table_download)\("),
    _row("athena", r"noctua::athena\(|RAthena::athena\("),
    _row("mongodb", r"mongolite::mongo\(|\bmongo\(\s*collection"),
    _row("redis", r"redux::hiredis\("),
    _row("s3", r"\bboard_s3\(|\bs3_bucket\(|aws\.s3::|paws[\w.]*::s3\("),
    _row("gcs", r"\bboard_gcs\(|googleCloudStorageR::"),
    _row("azure-blob-storage", r"\bboard_azure\(|AzureStor::"),
)  # fmt: skip
_RUST = (
    _row("postgresql", r"\btokio_postgres::|\bPgPool(?:Options)?::|\bPgConnection::|\bdeadpool_postgres::"),
    _row("mysql", r"\bMySqlPool(?:Options)?::|\bMysqlConnection::"),
    _row("mongodb", r"\bmongodb::(?:sync::)?(?:Client|\{)"),
    _row("redis", r"\bredis::Client::open\(|\bdeadpool_redis::|\bfred::"),
    _row("qdrant", r"\bQdrant(?:Client)?::(?:from_url|new)\("),
    _row("lancedb", r"\blancedb::connect\("),
    _row("s3", r"\baws_sdk_s3::"),
    _row("dynamodb", r"\baws_sdk_dynamodb::"),
    _row("sqs", r"\baws_sdk_sqs::"),
    _row("kafka", r"\brdkafka::"),
    _row("nats", r"\basync_nats::connect"),
    _row("rabbitmq", r"\blapin::"),
    _row("clickhouse", r"\bclickhouse::Client\b"),
    _row("neo4j", r"\bneo4rs::"),
    _row("elasticsearch", r"\belasticsearch::Elasticsearch\b"),
)  # fmt: skip
_SCALA = (
    _row("kafka", r"\.format\(\s*\"kafka\"|\bnew KafkaConsumer\b|\bnew KafkaProducer\b|\bStreamsBuilder\b|\bKafkaSource\b|@KafkaListener|\bKafkaTemplate\b"),
    _row("cassandra", r"org\.apache\.spark\.sql\.cassandra|\bCqlSession\b"),
    _row("mongodb", r"\bMongoClient(?:s)?\b|\bMongoRepository\b"),
    _row("redis", r"\bJedisPool\b|\bRedisTemplate\b|\bnew Jedis\("),
    _row("postgresql", r"jdbc:postgresql:"),
    _row("mysql", r"jdbc:mysql:"),
    _row("qdrant", r"\bQdrantClient\("),
    _row("s3", r"\bS3Client\b"),
    _row("dynamodb", r"\bDynamoDbClient\b"),
)  # fmt: skip
_RUBY = (
    _row("redis", r"\bRedis\.new\b"),
    _row("mongodb", r"\bMongo::Client\.new\b"),
    _row("elasticsearch", r"\bElasticsearch::Client\.new\b"),
    _row("opensearch", r"\bOpenSearch::Client\.new\b"),
    _row("qdrant", r"\bQdrant::Client\.new\b"),
    _row("pinecone", r"\bPinecone::Client\.new\b"),
    _row("weaviate", r"\bWeaviate::Client\.new\b"),
    _row("s3", r"\bAws::S3::(?:Client|Resource)\.new\b"),
    _row("dynamodb", r"\bAws::DynamoDB::(?:Client|Resource)\.new\b"),
    _row("sqs", r"\bAws::SQS::(?:Client|Resource)\.new\b"),
    _row("postgresql", r"\bPG(?:::Connection)?\.(?:connect|new)\b|\bhas_neighbors\b|^[ \t]*enable_extension\s*\(?[\"'](?:pg_catalog\.)?plpgsql\b"),
    _row("mysql", r"\bMysql2::Client\.new\b"),
    _row("sqlite", r"\bSQLite3::Database\.(?:new|open)\b"),
    _row("bigquery", r"\bGoogle::Cloud::Bigquery\.new\b"),
    _row("gcs", r"\bGoogle::Cloud::Storage\.new\b"),
    _row("rabbitmq", r"\bBunny\.new\b"),
    _row("kafka", r"\bKafka\.new\b|\bKarafka::App\b|\bRdkafka::Config\.new\b"),
    _row("redis", r"\bSidekiq\.configure_(?:server|client)\b|^[ \t]*include Sidekiq::(?:Job|Worker)\b"),
    _row("neo4j", r"\bNeo4j::Driver::GraphDatabase\.driver\b"),
    _row("chroma", r"\bChroma::Resources::Collection\b"),
    _row("milvus", r"\bMilvus::Client\.new\b"),
)  # fmt: skip
_PHP = (
    _row("mysql", r"new PDO\(\s*[\"']mysql:"),
    _row("postgresql", r"new PDO\(\s*[\"']pgsql:"),
    _row("redis", r"new (?:\\?Predis\\)?Client\(\s*[\"']?(?:redis|tcp):|new \\?Redis\(\)"),
    _row("mongodb", r"new \\?MongoDB\\Client\("),
    _row("qdrant", r"\\?Qdrant\\Qdrant\("),
)  # fmt: skip
_ELIXIR = (
    _row("postgresql", r"\bEcto\.Adapters\.Postgres\b"),
    _row("mysql", r"\bEcto\.Adapters\.MyXQL\b"),
    _row("redis", r"\bRedix\.start_link\("),
    _row("kafka", r"\bBroadwayKafka\.Producer\b"),
)  # fmt: skip
_FUNCTIONS_PYTHON = (
    _row("azure-blob-storage", r"^[ \t]*@\w+\.blob_(?:trigger|input|output)\(", r"azure\.functions"),
    _row("cosmosdb", r"^[ \t]*@\w+\.cosmos_db_(?:trigger|input|output)\(", r"azure\.functions"),
)
_FUNCTIONS_CSHARP = (
    _row("azure-blob-storage", r"\[Blob(?:Trigger|Input|Output)?\(\s*[\"$%]", r"Azure\.Functions|Azure\.WebJobs"),
    _row("cosmosdb", r"\[CosmosDB(?:Trigger|Input|Output)?\(", r"Azure\.Functions|Azure\.WebJobs"),
)  # fmt: skip
_FUNCTIONS_SCRIPT = (
    _row("azure-blob-storage", r"\b(?:app|input|output)\.storageBlob\(", r"@azure/functions"),
    _row("cosmosdb", r"\b(?:app|input|output)\.cosmosDB\(", r"@azure/functions"),
)
"""What Azure's functions are bound to: the platform brings the client along."""
_COPIES = r"(?:(?:subprocess\.\w+|os\.system|run|check_call|check_output)\(\s*\[?\s*f?[\"'](?:sudo )?)"
_BY_COMMAND = (
    _row("s3", _COPIES + r"aws[\"', ]+s3[\"', ]+(?:cp|sync|mv)\b"),
    _row("gcs", _COPIES + r"(?:gsutil[\"', ]+(?:-m[\"', ]+)?(?:cp|rsync|mv)|gcloud[\"', ]+storage[\"', ]+(?:cp|rsync|mv))\b"),
)  # fmt: skip
"""Commands by which a program copies files from a bucket, or to it."""
_TABLES_PYTHON = (
    _row("databricks", r"\.saveAsTable\(|\bspark\.(?:read\.)?table\(", r"# Databricks notebook source|\bdbutils\."),
    _row("s3", r"\bdbutils\.(?:widgets\.text|fs\.(?:cp|ls|mount))\([^\n]*[\"']s3[an]?://|\bspark\.read\b[^\n]*[\"']s3[an]?://"),
)  # fmt: skip
"""Tables of the workspace that a notebook runs in, and the bucket that it takes its files from."""
STORE_MARKS = {
    ".r": _R, ".rmd": _R, ".qmd": _R, ".rs": _RUST, ".scala": _SCALA, ".kt": _SCALA, ".rb": _RUBY, ".php": _PHP, ".ex": _ELIXIR, ".exs": _ELIXIR,
    ".java": _JAVA, ".py": (*_MAIL, *_FUNCTIONS_PYTHON, *_TABLES_PYTHON, *_BY_COMMAND), ".ts": (*_MAIL, *_FUNCTIONS_SCRIPT), ".js": (*_MAIL, *_FUNCTIONS_SCRIPT), ".mjs": _MAIL, ".cs": (*_MAIL, *_FUNCTIONS_CSHARP), ".go": _GO,
}  # fmt: skip
"""Ending of a file in small letters -> the marks of its language."""
