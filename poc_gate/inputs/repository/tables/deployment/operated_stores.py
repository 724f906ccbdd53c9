"""Objects by which a cluster's operator is told to run a store -> the store; a new one is one row."""

from __future__ import annotations

import re

_STORES = {
    ("postgresql.cnpg.io", "Cluster"): "postgresql",
    ("acid.zalan.do", "postgresql"): "postgresql",
    ("postgres-operator.crunchydata.com", "PostgresCluster"): "postgresql",
    ("pgv2.percona.com", "PerconaPGCluster"): "postgresql",
    ("k8s.mariadb.com", "MariaDB"): "mysql",
    ("mysql.oracle.com", "InnoDBCluster"): "mysql",
    ("mongodbcommunity.mongodb.com", "MongoDBCommunity"): "mongodb",
    ("psmdb.percona.com", "PerconaServerMongoDB"): "mongodb",
    ("redis.redis.opstreelabs.in", "Redis"): "redis",
    ("redis.redis.opstreelabs.in", "RedisCluster"): "redis",
    ("databases.spotahome.com", "RedisFailover"): "redis",
    ("dragonflydb.io", "Dragonfly"): "redis",
    ("kafka.strimzi.io", "Kafka"): "kafka",
    ("rabbitmq.com", "RabbitmqCluster"): "rabbitmq",
    ("elasticsearch.k8s.elastic.co", "Elasticsearch"): "elasticsearch",
    ("opensearch.opster.io", "OpenSearchCluster"): "opensearch",
    ("milvus.io", "Milvus"): "milvus",
    ("minio.min.io", "Tenant"): "minio",
    ("clickhouse.altinity.com", "ClickHouseInstallation"): "clickhouse",
    ("scylla.scylladb.com", "ScyllaCluster"): "cassandra",
}
"""Group of the interface and kind of the object, as the operators document them -> system."""
_GROUPS = re.compile("|".join(sorted({re.escape(group) for group, _ in _STORES})))


def may_operate_stores(text: str) -> bool:
    """Say whether a cluster file names the interface of an operator of stores."""
    return _GROUPS.search(text) is not None


def store_operated(interface: str, kind: str) -> str:
    """Return the store that an object of a cluster asks an operator for, by its `apiVersion` and kind; or an empty text."""
    return _STORES.get((interface.partition("/")[0], kind), "")
