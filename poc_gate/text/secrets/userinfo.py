"""A text and the name it stands under -> the account and password in it that no scheme introduces.

Addresses (`user:password@host`), Oracle's `user/password@host`, accounts (`NEO4J_AUTH: user/password`), the lines of
`.netrc`, and prose that says what the password is.
"""

from __future__ import annotations

import re

from poc_gate.text.lazy_pattern import lazily
from poc_gate.text.secrets.secret_values import Strength, judge_value

REFERENCE = lazily(
    r"(?i)^(?:\$|\{\{|<|%|@|env:|file:|cmd:|vault:|op:|ssm:|ref\+|secret://|arn:|projects/|\[)|^(?:true|false|null|none|na|n/a|"
    r"string|required|optional|changeme|todo|tbd|fixme|unset|empty)$|^\*+$|\$\{|\{\{|^(?:your|insert|replace|enter)[-_ ]"
    r"|^[a-z_]\w*(?:\.\w+)+[(\[]|^\w*getenv\("
)
"""What stands for a secret without being one: references, placeholders and calls."""
_LONGEST = 20_000
"""Characters of a text that are looked at."""
_BARE_USERINFO = lazily(
    r"(?:^|(?<=[\s,;=@(\[|'\"`]))(?:(?:[A-Za-z][\w+.-]*:)?//|[a-z][a-z0-9+]{1,15}:(?=[A-Za-z]))?"
    r"(?P<user>[A-Za-z][\w.+-]{0,63})?:(?P<secret>[^\s@/:,;'\"`]{3,256})"
    r"@(?:/{0,2})(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9][A-Za-z0-9.-]*)(?=[:/,;?\s)\]|'\"`]|$)"
)
"""`user:password@host` without a scheme, or behind one without slashes; Redis needs no user."""
_ORACLE = lazily(
    r"(?i)(?:thin|oci8?|oracle):(?P<whole>[\w$#]{1,64}/(?P<secret>[^\s@/]{3,256})@)"
    r"|(?:^|[\s'\"=])(?P<other>[a-z][\w$#]{0,63}/(?P<password>[^\s@/'\"]{3,256})@)(?://[\w.-]+|[\w.-]+:\d{2,5}/[\w.-]+|\(DESCRIPTION)"
)
"""Oracle's `user/password@host`, which elsewhere is a path or a version: a service or a port shows which."""
_SQLPLUS = lazily(
    r"(?i)\b(?:sqlplus|sqlldr|expdp|impdp|rman|sqlcl)\b[^\n|;]{0,120}?\s(?P<whole>[a-z][\w$#]{0,63}/(?P<secret>[^\s@/'\"]{3,256})(?=@|\s|$))"
)
_NETRC = lazily(
    r"(?i)\b(?:machine\s+\S{1,253}|default)\s+(?:login\s+\S{1,128}\s+)?password\s+(?P<secret>[^\s'\"]{3,256})"
)
_SPOKEN = lazily(
    r"(?i)\b(?:password|passphrase|passcode) (?:is|was|=)[:\s]{0,3}[`'\"]?(?P<secret>[^\s`'\",;]{7,128})"
)
_ACCOUNT_NAME = lazily(
    r"(?i)(?:(?:^|[_.\-])(?:basic[_.-]?)?auth|user[_.-]?(?:pass|pwd|password)|basicauth|userinfo|login[_.-]?pair)$"
)
_ACCOUNT = re.compile(r"(?P<user>[A-Za-z][\w.@-]{0,63})[:/](?P<secret>[^\s:/]{6,256})")
_NO_USER = frozenset(
    [
        "mailto",
        "sip",
        "sips",
        "acct",
        "xmpp",
        "email",
        "mail",
        "e-mail",
        "contact",
        "owner",
        "from",
        "to",
        "cc",
        "ssh",
        "git",
        "npm",
        "sha256",
        "sha512",
        "tel",
        "im",
        "author",
        "maintainer",
    ]
)
"""What stands before a colon and an address without being the name of an account."""
_NO_HOST = frozenset(["sha256", "sha384", "sha512", "npm", "git", "workspace", "patch"])
_PEOPLE = lazily(r"(?i)owner|contact|mail|author|maintainer|reviewer|approver|team|notify|recipient")
"""Names under which people stand, whose addresses look alike."""
_HOLDS_PLACE = lazily(
    r"(?i)host|server|endpoint|address|addr\b|url|uri|path|location|namespace|broker|bootstrap|node|connection|conn\b|dsn|jdbc|account"
    r"|registry|proxy|remote|origin|cluster|datasource|database|seeds?\b|contact_?points"
)
"""Names under which an address stands, which can carry a user and a password without a scheme."""
_MARKS = ("@", "machine", "default", "passw", "passc", "passp")


def bare_userinfo(name: str, text: str) -> str:
    """Return the account and password that a text holds without a scheme, or an empty text.

    The whole of it is returned, so that a short password is blotted with what stands around it. Addresses of
    people (`mailto:`) and digests of images (`name:tag@sha256:...`) are none.
    """
    text = text[:_LONGEST]
    if _ACCOUNT_NAME.search(name) and (pair := _ACCOUNT.fullmatch(text.strip())):
        return pair[0] if judge_value(pair["user"], pair["secret"], password=True) is Strength.STRONG else ""
    small = text.lower()
    if not any(mark in small for mark in _MARKS):
        return ""
    return spoken_password(text) or (_of_address(name, text) if "@" in text and ":" in text else "")


def spoken_password(text: str) -> str:
    """Return a password by the words around it: of `.netrc`, of Oracle's programs, of prose; or an empty text."""
    if "pass" in text.lower():
        for pattern in (_NETRC, _SPOKEN):
            found = pattern.search(text)
            if found and _is_password(found["secret"]):
                return found["secret"]
    return _of_oracle(text) if "/" in text and ("@" in text or _SQLPLUS.search(text)) else ""


_METHOD = re.compile(
    r"(?i)(?:pbkdf2|sha-?\d|bcrypt|argon2|scrypt|md5|hmac|aes-?\d|base64|utf-?8|rsa-?\d|ed25519)"
)
"""Ways to keep a password, which sentences name where others say the password."""


def _is_password(word: str) -> bool:
    """Tell a password from the next word of a sentence: letters and digits are mixed in it."""
    plain = word.rstrip(".!?:)")
    if _METHOD.match(plain):
        return False
    mixed = any(map(str.isdigit, plain)) and any(map(str.isalpha, plain))
    return mixed and judge_value("", plain, password=True) is Strength.STRONG


def _of_oracle(text: str) -> str:
    for pattern in (_ORACLE, _SQLPLUS):
        found = pattern.search(text)
        groups = found.groupdict() if found else {}
        secret = groups.get("secret") or groups.get("password") or ""
        if secret and not REFERENCE.search(secret):
            return groups.get("whole") or groups.get("other") or secret
    return ""


def _of_address(name: str, text: str) -> str:
    for match in _BARE_USERINFO.finditer(text):
        host, user = match["host"].lower(), (match["user"] or "").lower()
        before = text[: match.start()]
        whole = not before.strip() or before[-1:] in "'\"`" or _HOLDS_PLACE.search(name)
        if not whole or user in _NO_USER or host in _NO_HOST or REFERENCE.search(match["secret"]):
            continue
        plain = text[match.end() : match.end() + 1] not in (":", "/")
        if plain and (_PEOPLE.search(name) or (not user and "." not in host)):
            continue
        return f"{match['user'] or ''}:{match['secret']}@"
    return ""
