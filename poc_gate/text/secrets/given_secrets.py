"""Secrets that a call is given by position, where no name is beside them: what the call is called says what they are."""

from __future__ import annotations

from collections.abc import Iterator

from poc_gate.text.lazy_pattern import lazily

_TEXT = r"[\"'](?P<quoted>[^\"'\\\n]{4,512})[\"']"
_FIRST = r"[\"'][^\"'\n]{1,512}[\"']\s*,\s*"
_ACCOUNT = lazily(rf"(?:\b(?:auth|AUTH)\s*=\s*|Auth|\bNetworkCredential)\(\s*{_FIRST}{_TEXT}\s*\)")
"""`auth=("user", "password")`, `HTTPBasicAuth("user", "password")` and .NET's `NetworkCredential("user", "password")`."""
_CONNECTION = lazily(rf"\bgetConnection\(\s*{_FIRST}{_FIRST}{_TEXT}\s*\)")
"""Java's `DriverManager.getConnection("jdbc:...", "user", "password")`."""
_SET = lazily(rf"\.(?:set|with|use)?_?(?i:password|passwd|passphrase)\(\s*{_TEXT}\s*\)")
"""`source.setPassword("...")` and the `.password("...")` of builders."""
_KEY_SET = lazily(
    rf"\.(?:set|with|use|With|Set|Use)?_?(?i:api_?key|access_?key|secret_?key|secret_?access_?key|account_?key|client_?secret|access_?token|auth_?token|bearer_?token)\(\s*{_TEXT}\s*\)"
    rf"|\b(?:AzureKeyCredential|AzureNamedKeyCredential|ApiKeyCredential|AuthApiKey|api_key|StaticTokenCredential)\(\s*{_TEXT.replace('quoted', 'other')}\s*\)"
)
"""`.apiKey("...")` of builders, and the classes that hold a key and nothing else."""
_DRIVER = lazily(r"[\"'`=\s][A-Za-z][\w.-]{0,63}:(?P<quoted>[^\s@/\"'`<>]{3,256})@(?:tcp|unix|udp)\(")
"""The address that Go's drivers take: `user:password@tcp(host:3306)/database`."""
_SECTION_KEY = lazily(r"\"(?:Key|ApiKey)\"\s*:\s*\"(?P<quoted>[A-Za-z0-9+/]{28,256}={0,2})\"")
"""`"Key": "..."` in a section that says whose key it is, as settings of .NET have it."""


def given_to_calls(line: str) -> Iterator[tuple[str, bool]]:
    """Yield each value that a line gives to a call as a secret, and whether it is a password that people chose."""
    if "(" not in line:
        return
    for pattern in (_ACCOUNT, _CONNECTION, _SET, _DRIVER):
        for match in pattern.finditer(line):
            yield match["quoted"], True
    for match in _KEY_SET.finditer(line):
        yield match["quoted"] or match["other"], False


def keys_of_sections(line: str) -> Iterator[str]:
    """Yield the keys that stand under `Key` alone: long, and of letters of both cases or hexadecimal digits."""
    for match in _SECTION_KEY.finditer(line):
        value = match["quoted"]
        digits = sum(map(str.isdigit, value))
        mixed = any(map(str.isupper, value)) and any(map(str.islower, value))
        hexadecimal = len(value) == _HEX_KEY and all(letter in "0123456789abcdef" for letter in value)
        if digits >= _DIGITS and (mixed or hexadecimal):
            yield value


_HEX_KEY, _DIGITS = 32, 3
"""Letters of a key of Azure's older services; digits that a random key of 28 letters has nearly always."""
