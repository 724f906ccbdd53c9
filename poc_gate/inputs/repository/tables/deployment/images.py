"""Container images -> systems and engines; a new image is one row, that of an engine in the table of engines."""

from __future__ import annotations

import re

from poc_gate.model.engines.serving_engines import SERVING_ENGINES

_SYSTEMS = (
    ("postgresql", r"(?:^|/)(?:postgres(?:ql)?|pgvector|postgis|timescaledb|timescaledb-ha|pgvecto-rs|alloydb|supabase-postgres|supabase/postgres)$"),
    ("mysql", r"(?:^|/)(?:mysql|mariadb|mysql-server|percona)$"),
    ("mongodb", r"(?:^|/)(?:mongo|mongodb|mongodb-atlas-local|mongodb-community-server|documentdb-local)$"),
    ("redis", r"(?:^|/)(?:redis|redis-stack|redis-stack-server|valkey|keydb|dragonfly)$"),
    ("qdrant", r"(?:^|/)qdrant(?:-unprivileged)?$"),
    ("milvus", r"(?:^|/)milvus$"),
    ("weaviate", r"(?:^|/)weaviate$"),
    ("chroma", r"(?:^|/)chroma(?:db)?$"),
    ("elasticsearch", r"(?:^|/)elasticsearch$"),
    ("opensearch", r"(?:^|/)opensearch$"),
    ("neo4j", r"(?:^|/)neo4j$"),
    ("memgraph", r"(?:^|/)memgraph(?:-mage|-platform)?$"),
    ("minio", r"(?:^|/)minio$"),
    ("seaweedfs", r"(?:^|/)seaweedfs$"),
    ("kafka", r"(?:^|/)(?:kafka|cp-kafka|redpanda)$"),
    ("rabbitmq", r"(?:^|/)rabbitmq$"),
    ("rocketmq", r"(?:^|/)rocketmq$"),
    ("pulsar", r"(?:^|/)pulsar(?:-all)?$"),
    ("activemq", r"(?:^|/)activemq(?:-classic|-artemis)?$"),
    ("nats", r"(?:^|/)nats$"),
    ("clickhouse", r"(?:^|/)clickhouse(?:-server)?$"),
    ("cassandra", r"(?:^|/)(?:cassandra|scylla)$"),
    ("memcached", r"(?:^|/)memcached$"),
    ("typesense", r"(?:^|/)typesense$"),
    ("meilisearch", r"(?:^|/)meilisearch$"),
    ("vespa", r"(?:^|/)vespa$"),
    ("sqlserver", r"(?:^|/)(?:mssql/server|azure-sql-edge)$"),
    ("influxdb", r"(?:^|/)influxdb$"),
    ("trino", r"(?:^|/)trino$"),
)  # fmt: skip
_GATEWAYS = (
    ("LiteLLM", r"(?:^|/)litellm(?:-database|-non_root|-proxy)?$"),
    ("Portkey", r"portkeyai/gateway$"),
    ("Bifrost", r"maximhq/bifrost$"),
    ("One API", r"(?:justsong/one-api|calciumion/new-api)$"),
    ("Helicone", r"helicone/ai-gateway$"),
)
_MODEL_IMAGES = re.compile(r"^nvcr\.io/nim/(?P<name>[\w.-]+/[\w.-]+)$")
_EMBEDDERS = re.compile(r"text-embeddings-inference|infinity|tei-")
_PLUMBING = re.compile(
    r"(?:^|/)(?:prometheus|grafana|alertmanager|otel|opentelemetry-collector(?:-contrib)?|jaeger|all-in-one|zipkin|loki|tempo|langfuse(?:-worker)?|phoenix|node-exporter|cadvisor|dcgm-exporter|redis_exporter|nginx|traefik|caddy|envoy|adminer|pgadmin4?|attu|redisinsight|redis-commander|kafka-ui|kibana|etcd|zookeeper|cp-zookeeper|busybox|watchtower|mlflow|minio/mc|mc|fluent-bit|localstack|keycloak|authentik|server/authentik|zitadel|dex|(?:oauth2|(?:easy-?)?auth)-proxy|kong|sonarqube|gitea|vault)$"
)
_SYSTEM = re.compile(
    "|".join(f"(?P<s{i}>{pattern})" for i, (_, pattern) in enumerate(_SYSTEMS)), re.IGNORECASE
)


def split_image(image: str) -> tuple[str, str]:
    """Return the name and the tag or digest of an image; the tag is empty where none is written."""
    name, _, digest = image.strip().partition("@")
    head, colon, tag = name.rpartition(":")
    if colon and "/" not in tag:
        return head, digest or tag
    return name, digest


_MOVES = re.compile(r"(?:^|[-.])(?:latest|stable|main|master|nightly|edge)$")


def moves(tag: str) -> bool:
    """Say whether a tag of an image is put on another image from time to time; no tag at all means `latest`."""
    return not tag or _MOVES.search(tag) is not None


def system_of_image(image: str) -> str:
    """Return the system that a container image runs, or an empty text."""
    name, _ = split_image(image)
    match = _SYSTEM.search(name)
    if not match or not match.lastgroup or is_plumbing(image):
        return ""
    return _SYSTEMS[int(match.lastgroup[1:])][0]


_OF_A_PART = re.compile(
    r"(?i)-(?:backend|frontend|ui|web|dashboard|console|controller|operator|optimi[sz]er|benchmark\w*|client|docs)$"
)
"""How images of a pilot's own parts end, after whatever engine they are called: the engine itself runs elsewhere."""


def engine_of_image(image: str) -> str:
    """Return the engine that a container image serves a language model with, or an empty text."""
    name, tag = split_image(image)
    if _OF_A_PART.search(name):
        return ""
    whole = f"{name}:{tag}" if name.endswith("tritonserver") else name
    shown = (row.name for row in SERVING_ENGINES if row.in_images and re.search(row.in_images, whole.lower()))
    return next(shown, "")


def gateway_of_image(image: str) -> str:
    """Return the gateway that a container image passes questions to language models with, or an empty text."""
    name = split_image(image)[0].lower()
    return next((gateway for gateway, pattern in _GATEWAYS if re.search(pattern, name)), "")


def serves_any_model(image: str) -> bool:
    """Say whether an image serves models of every kind, so that its name does not tell which."""
    return bool(re.search(r"(?:tritonserver|torchserve|tensorflow/serving|openvino/model_server|seldonio/mlserver)(?:-gpu)?$", split_image(image)[0].lower()))  # fmt: skip


def model_of_image(image: str) -> str:
    """Return the model that an image is made of, for images that are one model each; or an empty text."""
    name, _ = split_image(image)
    match = _MODEL_IMAGES.match(name)
    return match["name"] if match else ""


def is_embedder(image: str) -> bool:
    """Say whether an image serves embedding or reranking models."""
    return bool(_EMBEDDERS.search(image))


def is_plumbing(image: str) -> bool:
    """Say whether an image watches, routes or administers, and holds none of the pilot's data."""
    return bool(_PLUMBING.search(split_image(image)[0].lower()))
