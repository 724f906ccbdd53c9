"""Programs that make what others use later on -> whether a path is one: what they ask answers nobody."""

from __future__ import annotations

import re

_OF_DATA_SETS = re.compile(r"^(?:data/)?data[-_]?sets?/(?:.+/)?[\w.-]+\.(?:py|js|ts|sh|md)$")
"""In a folder of data sets at the top."""
_SYNTHETIC = re.compile(
    r"(?:^|/)synthetic[-_](?:data(?:[-_]?sets?)?|questions|qa(?:[-_]pairs)?)(?:[-_](?:gen\w*|maker|creat\w*))?\.(?:py|js|ts|ya?ml|json|toml)$"
)
_PROMPTS = re.compile(r"(?:generate|make|create|write|build|render)[-_](?:\w+[-_])?prompts?\.(?:py|js|ts|sh)")


def makes_data(small: str) -> bool:
    """Say whether a path in small letters is of a program that makes a data set, or of its settings."""
    return _OF_DATA_SETS.search(small) is not None or _SYNTHETIC.search(small) is not None


def writes_prompts(name: str) -> bool:
    """Say whether a file's name in small letters is that of a program that writes prompts into files."""
    return _PROMPTS.fullmatch(name) is not None
