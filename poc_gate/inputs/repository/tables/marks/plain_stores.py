"""Stores of AWS that keep what they hold in the clear unless they are told otherwise -> how infrastructure makes them; a new one is a row.

Sources: reference of the AWS provider for Terraform and of CloudFormation, 2025. DynamoDB, S3 and the stores of Azure and Google
encrypt by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_IN_TERRAFORM = {
    "aws_db_instance": "storage_encrypted", "aws_rds_cluster": "storage_encrypted", "aws_docdb_cluster": "storage_encrypted", "aws_neptune_cluster": "storage_encrypted",
    "aws_ebs_volume": "encrypted", "aws_efs_file_system": "encrypted", "aws_redshift_cluster": "encrypted",
    "aws_elasticache_replication_group": "at_rest_encryption_enabled", "aws_opensearch_domain": "encrypt_at_rest", "aws_elasticsearch_domain": "encrypt_at_rest",
}  # fmt: skip
"""Type of a resource -> the entry that encrypts it."""
_IN_CLOUDFORMATION = {
    "AWS::RDS::DBInstance": "StorageEncrypted", "AWS::RDS::DBCluster": "StorageEncrypted", "AWS::DocDB::DBCluster": "StorageEncrypted", "AWS::Neptune::DBCluster": "StorageEncrypted",
    "AWS::EC2::Volume": "Encrypted", "AWS::EFS::FileSystem": "Encrypted", "AWS::Redshift::Cluster": "Encrypted",
    "AWS::ElastiCache::ReplicationGroup": "AtRestEncryptionEnabled", "AWS::OpenSearchService::Domain": "EncryptionAtRestOptions",
}  # fmt: skip
_RESOURCE = re.compile(rf'(?m)^resource\s+"(?P<kind>{"|".join(_IN_TERRAFORM)})"\s+"[\w-]+"\s*\{{(?P<body>(?:\n(?!\}})[^\n]*)*)')  # fmt: skip
_TYPED = re.compile(rf"(?m)^(?P<depth>[ ]+)Type:[ ]*[\"']?(?P<kind>{'|'.join(_IN_CLOUDFORMATION)})[\"']?[ ]*(?P<body>(?:\n(?:(?P=depth)[^\n]*|[ ]*))*)")  # fmt: skip
_OFF = r"\b{entry}\b\s*[:=]?\s*(?:\{{?\s*[Ee]nabled\s*[:=]\s*)?[\"']?(?:false|no)\b"
_TAKES_AFTER = re.compile(r"snapshot_identifier|replicate_source_db|global_cluster_identifier|DBClusterIdentifier|SourceDB\w*Identifier|SnapshotIdentifier")  # fmt: skip
"""Stores that are encrypted as what they are made from is."""
_MAY_MAKE = re.compile(r"\baws_|AWS::")


def plain_stores(text: str) -> Iterator[tuple[str, int]]:
    """Yield the types of stores that infrastructure makes without encryption, and where."""
    if not _MAY_MAKE.search(text):
        return
    for pattern, entries in ((_RESOURCE, _IN_TERRAFORM), (_TYPED, _IN_CLOUDFORMATION)):
        for match in pattern.finditer(text):
            entry = entries[match["kind"]]
            said = re.search(rf"\b{entry}\b", match["body"])
            off = re.search(_OFF.format(entry=entry), match["body"])
            if (off or not said) and not _TAKES_AFTER.search(match["body"]):
                yield match["kind"], match.start("kind")
