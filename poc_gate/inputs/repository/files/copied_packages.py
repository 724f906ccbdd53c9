"""A path -> whether it is of a well-known package that somebody copied beside his own code, as bundles of functions hold them."""

from __future__ import annotations

import re

_PACKAGES = {
    "pandas": "_libs|_config|core|io|tseries|plotting|compat|util|errors|arrays",
    "numpy": "core|_core|lib|linalg|fft|ma|random|polynomial|matrixlib|distutils|f2py",
    "scipy": "sparse|stats|optimize|linalg|special|_lib",
    "sklearn": "linear_model|ensemble|utils|metrics|preprocessing|tree",
    "boto3": "data|docs|dynamodb|ec2|resources|s3|session.py|utils.py",
    "botocore": "data|docs|retries|vendored|client.py|session.py|crt",
    "s3transfer": "manager.py|futures.py|crt.py|tasks.py",
    "requests": "adapters.py|sessions.py|packages|structures.py|status_codes.py",
    "urllib3": "contrib|packages|util|connectionpool.py|poolmanager.py",
    "chardet": "charsetprober.py|universaldetector.py|cli|metadata",
    "certifi": "cacert.pem|core.py",
    "charset_normalizer": "cd.py|md.py|api.py|legacy.py",
    "idna": "idnadata.py|package_data.py|uts46data.py|core.py",
    "dateutil": "parser|tz|zoneinfo|rrule.py|relativedelta.py",
    "pytz": "zoneinfo|tzfile.py|tzinfo.py|lazy.py",
    "jmespath": "visitor.py|lexer.py|parser.py|functions.py",
    "yaml": "constructor.py|representer.py|resolver.py|scanner.py|cyaml.py",
    "sqlalchemy": "dialects|orm|engine|sql|pool|ext",
    "psycopg2": "_psycopg|extensions.py|extras.py|_range.py",
    "pymysql": "connections.py|cursors.py|constants|converters.py",
    "google/protobuf": "internal|pyext|descriptor.py|message.py|json_format.py",
    "google/auth": "transport|compute_engine|crypt",
    "openai": "_utils|resources|_base_client.py|_legacy_response.py|api_resources",
    "anthropic": "_utils|resources|_base_client.py|_legacy_response.py",
    "langchain_core": "runnables|language_models|messages|output_parsers",
    "pydantic": "_internal|v1|deprecated|plugin|fields.py",
    "aiohttp": "_websocket|web_protocol.py|connector.py|client_reqrep.py|resolver.py",
    "httpx": "_transports|_client.py|_models.py|_config.py",
    "jinja2": "environment.py|nodes.py|compiler.py|sandbox.py|bccache.py",
    "werkzeug": "datastructures|middleware|routing|sansio|serving.py",
    "elasticsearch": "_async|_sync|client|connection|serializer.py|transport.py",
    "opensearchpy": "_async|client|connection|plugins|serializer.py|transport.py",
    "requests_aws4auth": "aws4auth.py|aws4signingkey.py",
    "cryptography": "hazmat|x509|fernet.py",
    "transformers": "models|pipelines|generation|modeling_utils.py|tokenization_utils.py",
    "pyarrow": "_compute|vendored|parquet|fs.py|dataset.py",
    "aws_lambda_powertools": "logging|tracing|metrics|event_handler|utilities|shared",
    "pip": "_internal|_vendor",
    "setuptools": "_distutils|_vendor|command",
}
"""Package -> parts that only the package itself has right below its folder."""
_COPIED = re.compile(
    r"(?:^|/)(?:"
    + "|".join(rf"{name}/(?:{parts.replace('.', chr(92) + '.')})(?:[/.]|$)" for name, parts in _PACKAGES.items())
    + r")|(?:^|/)[\w.]+-\d[\w.]*\.(?:dist-info|egg-info)/|\.egg-info/"
)  # fmt: skip


def is_of_a_copied_package(path: str) -> bool:
    """Say whether a path in small letters lies in a copy of a well-known package, or in the record of one that was installed."""
    return _COPIED.search(path) is not None
