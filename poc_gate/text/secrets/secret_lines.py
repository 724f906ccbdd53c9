"""One line of a file -> the literal secrets in it, by kind and strength; values stay here and go nowhere.

Three ways are looked at: tokens of a published shape, passwords in addresses, and values under the name of a
secret as code, settings, command lines and markup write them. What a value is worth is judged in `secret_values`.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

from msgspec import Struct

from poc_gate.text.lazy_pattern import lazily
from poc_gate.text.secrets.given_secrets import given_to_calls, keys_of_sections
from poc_gate.text.secrets.harmless_tokens import has_expired
from poc_gate.text.secrets.secret_shapes import find_tokens
from poc_gate.text.secrets.secret_values import Strength, is_placeholder_value, judge_value
from poc_gate.text.secrets.userinfo import spoken_password
from poc_gate.text.shell_words import PASSWORD_PROGRAMS, read_script, short_passwords

LONGEST_LINE = 4096
"""Characters of a line in which names and values are looked for; of longer ones only tokens are."""
CODE, SETTINGS, TOKENS_ONLY, RECORDS = "code", "settings", "tokens", "records"
"""Forms of a file: quoted literals count in code, bare values as well in settings, shapes alone in the rest."""


class Found(Struct, frozen=True):
    """A literal secret of a line."""

    kind: str
    """In words, such as `a password or key under DB_CHOSEN`."""
    strength: Strength


_CHOSEN = r"pass(?:word|wd|phrase|code)?|pwd|passwd"
KEY_WORDS = "api|access|secret|private|encryption|signing|auth|master|account|storage|subscription|service|admin|jwt|session|webhook|app|shared|fernet|hmac|cipher|crypto|langsmith|openai|deploy|license"
"""What comes before `key` in a secret's name."""
_KEY = (
    rf"(?:{KEY_WORDS})[_-]?(?:api[_-]?)?(?:key|secret|token)"
    r"|apikey|token|secret|client[_-]?secret|secret[_-]?key[_-]?base|credentials?|connection[_-]?string|bearer"
)
_NAME = rf"(?P<name>(?:[A-Za-z][\w.-]{{0,60}}?[_.-]|[a-z][\w]{{0,40}}?(?=[A-Z])|)(?:(?P<password>(?i:{_CHOSEN}|requirepass|masterauth))|(?i:{_KEY})))"
_BEFORE = r"(?<![A-Za-z0-9])"
_TYPES = r"(?:str|String|string|Optional\[str\]|str \| None|Final(?:\[str\])?|ClassVar\[str\]|SecretStr)"
_ASSIGNED = lazily(
    rf"{_BEFORE}{_NAME}(?:\\?[\"']|\]){{0,2}}\s{{0,20}}(?::\s*{_TYPES}\s*|\s+[Ss]tring\s*(?==))?(?:=>|:=|=(?!=)|:(?![=?+-]))\s{{0,20}}"
    r"(?:(?:\w+\.)?(?:Field|SecretStr)\(\s*(?:default\s*=\s*)?)?"
    r"(?:[rbfuRBFU]{0,2}(?P<q>\\?[\"'`])(?P<quoted>[^\"'`\\\n]{4,512})(?P=q)|(?P<bare>[^\s\"'`,;#)}\]\\]{4,512}))"
)
_DEFAULTED = lazily(
    rf"[\"'](?P<name>[\w.-]{{0,60}}?(?:(?P<password>(?i:{_CHOSEN}))|(?i:{_KEY})))[\"']\s*\)?\s*(?:,|\?\?|\|\||or\b)\s*(?:default\s*=\s*)?[\"'](?P<quoted>[^\"'\\\n]{{4,512}})[\"']"
)
_ENV_DEFAULT = lazily(
    rf"(?:process\.env|import\.meta\.env)\.(?P<name>\w{{0,60}}?(?:(?P<password>(?i:{_CHOSEN}))|(?i:{_KEY})))\s*(?:\?\?|\|\|)\s*[\"'`](?P<quoted>[^\"'`\\\n]{{4,512}})[\"'`]"
)
_SHELL_DEFAULT = lazily(
    rf"\$\{{(?P<name>\w{{0,60}}?(?:(?P<password>(?i:{_CHOSEN}))|(?i:{_KEY}))):?[-=](?P<quoted>[^}}\s\"'$]{{4,256}})\}}"
)
_OPTION = lazily(
    rf"(?<![\w-])--?(?P<name>[\w-]{{0,40}}?(?:(?P<password>(?i:{_CHOSEN}|requirepass))|(?i:{_KEY})))[ =][\"']?(?P<quoted>[^\s\"'\\]{{4,512}})[\"']?"
)
_TAG = lazily(
    rf"<(?P<name>[\w.-]{{0,60}}?(?:(?P<password>(?i:{_CHOSEN}))|(?i:{_KEY})))>(?P<quoted>[^<>\s]{{4,512}})</"
)
_BEARER = lazily(
    r"(?i)authorization[\"']?\s*[:=]\s*[\"']?(?:bearer|basic|token|api-?key)\s+(?P<quoted>[\w.~+/=-]{16,512})"
)
_CURL_USER = lazily(r"(?<!\w)(?:-u|--user)[ =][\"']?[\w.@-]{1,60}:(?P<quoted>[^\s\"'$]{4,256})")
_SQL = lazily(
    r"(?i)\b(?:password|identified\s+by)\s+(?:'(?P<quoted>[^'\n]{4,256})'|\"(?P<other>[^\"\n]{4,256})\")"
)
_BASIC = lazily(r"\b[Bb]asic (?P<quoted>[A-Za-z0-9+/]{8,200}={0,2})")
_URL = lazily(
    r"(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{1,30}://(?P<user>[^\s:@/\"'<>]{0,100}):(?P<quoted>[^\s@/\"'<>]{3,256})@(?P<host>[\w.\[\]-]+)"
)
_BARE_HOST = lazily(
    r"(?i)(?:host|server|endpoint|address|broker|bootstrap[\w.-]*|namespace|location|dsn)[\"']?\s*[:=]\s*[\"']?(?P<user>[a-z][\w.+-]{0,60}):(?P<quoted>[^\s@/\"'<>]{3,256})@(?P<host>[\w.-]+)"
)
_ATTRIBUTES = lazily(
    rf"<\w[^<>\n]{{0,200}}?\b(?:key|name)=\"(?P<name>[\w.:-]{{0,60}}?(?:(?P<password>(?i:{_CHOSEN}))|(?i:{_KEY})))\"\s+value=\"(?P<quoted>[^\"\n]{{4,512}})\""
)
_DOCKER_ENV = lazily(
    rf"^\s*ENV\s+(?P<name>\w{{0,60}}?(?:(?P<password>(?i:{_CHOSEN}))|(?i:{_KEY})))\s+(?P<quoted>[^\s\"'=]{{4,512}})\s*$"
)
_PGPASS = lazily(r"^[\w.*-]{1,253}:(?:\d{2,5}|\*):[\w*.-]{1,64}:[\w*.@-]{1,64}:(?P<quoted>[^\s:]{4,256})$")
_PAIR_IN_STRING = lazily(r"(?i)(?:^|[;&?\s\"'])(?P<name>password|pwd)=(?P<quoted>[^;&\s\"'<>$]{4,256})")
_QUOTED = lazily(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\\n]|\\.)*`")
_BESIDE_A_PASSWORD = ("host=", "server=", "user=", "uid=", "dbname=", "jdbc:")
"""What shows that `password=` is a part of a connection string."""
_CALL_MARKS = lazily(r"[(),]")
"""What a line of code has and a bare line of a string over several lines lacks."""
_NOT_SECRET = lazily(
    r"(?i)(?!requirepass)(?:_|-|\b)(?:next|prev|previous|continuation|page|pagination|bos|eos|pad|unk|sep|cls|mask|special|start|end|stop|max|min|num|n|total|input|output|prompt|completion"
    r"|public|primary|foreign|partition|sort|cache|dedup|idempotency|csrf|xsrf|image|vision|audio|video|per|first|last|cancellation|cancel|sub|tokenizer|hash|show|hide|toggle"
    r"|reset|forgot|confirm|require|use|has|is|enable|enabled|disable|disabled|with|no|without|invalid|wrong|missing|label|placeholder|hint|input)[_-]?(?:pass(?:word|wd|phrase|code)?|pwd|token|secret|key)s?$"
    r"|^no_?passwd$|(?:_|-|\b)(?:website|widget|publishable)[_-]?(?:token|key)s?$"
    r"|^(?:next_public|nuxt_public|expo_public|react_app|vite|gatsby|public)_(?:\w{1,40}_)?analytics_(?:token|key)$"
    r"|(?:_|-|\b)known[_-]compromised[_-]|^public_?key_?token$"
    r"|^(?:tokens?|credentials?|bearer)$"
)
"""Names that end as a secret's does and hold none: pages, special tokens, counts, fields of forms."""
_TYPE_NAMES = lazily(
    r"(?i)^(?:str|string|int|bool|float|bytes|any|none|optional\b.*|secretstr|varchar.*|text|password|hidden|number|object|array|undefined)$"
)


def find_in_line(line: str, form: str, previous: str = "", *, marked: bool = True) -> Iterator[Found]:
    """Yield the literal secrets of a line.

    Args:
        line: The line without its end.
        form: Form of the file: `code`, `settings`, or `tokens` where names and values say nothing.
        previous: The line before, for `name: X` above `value: Y`.
        marked: Whether the line has a mark of a token's shape; without one none is looked for.
    """
    seen = False
    for kind, token in find_tokens(line) if marked else ():
        seen = True
        yield Found(kind, Strength.EXPIRED if has_expired(token) else Strength.STRONG)
    if seen or len(line) > LONGEST_LINE:
        return
    if "@" in line and ":" in line:
        yield from _first(_in_addresses(line))
    if form != TOKENS_ONLY:
        yield from _first(_under_names(line, form, previous))


def _first(found: Iterator[Found]) -> Iterator[Found]:
    """Yield the strongest of a line's findings: one line is one place."""
    best = max(found, key=lambda one: one.strength.value, default=None)
    if best is not None and best.strength is not Strength.NONE:
        yield best


_SAID_USER = lazily(r"(?i)(?:db[_-]?)?(?:user(?:[_-]?name)?|usr|login|name|account)")
_SAID_WORD = lazily(r"(?i)(?:db[_-]?)?(?:pass(?:wd|word|phrase)?|pw|pwd|secret|key|token)")
_SAID_HOST = lazily(
    r"(?i)(?:(?:localhost|127\.[\d.]+|\[?::1\]?|host(?:name)?|server)(?![\w.-])|(?:[\w-]+\.)*example\b)"
)


def _in_addresses(line: str) -> Iterator[Found]:
    for pattern in (_URL, _BARE_HOST):
        for match in pattern.finditer(line):
            value, user = match["quoted"], match["user"]
            if is_placeholder_value(value) or match["host"].lower().startswith(("sha256", "sha512")):
                continue
            if _SAID_USER.fullmatch(user) and _SAID_WORD.fullmatch(value) and _SAID_HOST.match(match["host"]):
                continue  # the form of an address, as manuals write it
            if user.startswith("[") and value.endswith("]"):
                continue  # parts that may be left out, as `redis://[:password]@host` says
            strength = judge_value(user, value, password=True)
            if value.lower() == user.lower():
                strength = Strength.WEAK
            yield Found("a password in an address", strength)


def _under_names(line: str, form: str, previous: str) -> Iterator[Found]:
    small = line.lower()
    for pattern, mark, plainer in _UNDER_NAMES:
        if mark not in line or (plainer is not None and not plainer.search(small)):
            continue
        for match in pattern.finditer(line):
            value = _literal(match, form)
            if value and not _NOT_SECRET.search(match["name"]) and not _is_part_of_name(line, match):
                strength = judge_value(match["name"], value, password=bool(match["password"]))
                if pattern is _SHELL_DEFAULT and bool(match["password"]) and not _is_random(value):
                    strength = Strength.WEAK if strength is not Strength.NONE else strength
                if match["name"].lower().rpartition(".")[2] == "pass" and strength is Strength.WEAK:
                    continue  # `pass: fail` is a state far more often than a password
                yield Found(f"a literal value under {_shown(match['name'])}", strength)
    yield from _credentials(line, small, form)
    if form == SETTINGS and (named := _NAMED.search(previous)) and (valued := _VALUED.search(line)):
        inner = _ASSIGNED.search(f"{named['name'] or named['variable']}={valued['value']} ")
        if inner and not _NOT_SECRET.search(inner["name"]):
            strength = judge_value(inner["name"], valued["value"], password=bool(inner["password"]))
            yield Found(f"a literal value under {_shown(inner['name'])}", strength)


_IN_A_NAME = lazily(r"(?:checksum/|\barn:[\w-]+:[^\s\"']{0,300})$")


def _is_part_of_name(line: str, match: re.Match[str]) -> bool:
    """Say whether `secret` is a part of a longer name: of a chart's annotation `checksum/secret`, or of a resource's ARN."""
    return bool(_IN_A_NAME.search(line, 0, match.start("name")))


_WORD = r"(?:pass|pwd|secret|token|key|credential|bearer|connection|masterauth)[\w-]{0,20}"
_UNDER_NAMES = (
    (_ASSIGNED, "", lazily(_WORD + r"[\\\"'\]]{0,4}\s{0,20}(?:[:=]|string\s*=)")),
    (_DEFAULTED, "", lazily(_WORD + r"[\"']")),
    (_ENV_DEFAULT, ".env.", None),
    (_SHELL_DEFAULT, "${", None),
    (_OPTION, "-", lazily(_WORD + "[ =]")),
    (_TAG, "</", None),
    (_ATTRIBUTES, "value=", None),
    (_DOCKER_ENV, "ENV", None),
)
"""Each way to write a value under a name, a text that such a line has, and a plainer expression that the lowered line fits:
looking for these first spares most lines the long expressions."""


def _credentials(line: str, small: str, form: str) -> Iterator[Found]:
    """Yield credentials of headers, command lines, connection strings and statements."""
    for pattern, marked in (
        (_BEARER, "authorization" in small),
        (_CURL_USER, "-u" in line),
        (_PGPASS, line.count(":") == 4),
    ):
        for match in pattern.finditer(line) if marked else ():
            yield Found(
                "a literal credential", judge_value("", match["quoted"], password=pattern is not _BEARER)
            )
    for value, password in given_to_calls(line):
        yield Found("a secret given to a call", judge_value("", value, password=password))
    for value in keys_of_sections(line) if form == SETTINGS and 'ey"' in line else ():
        yield Found("a literal value under `Key`", judge_value("key", value, password=False))
    for value in _of_programs(line):
        yield Found("a password on a command line", judge_value("", value, password=True))
    spoken = "password" in small or "identified" in small
    for match in _SQL.finditer(line) if spoken else ():
        yield Found(
            "a password in a statement", judge_value("", match["quoted"] or match["other"], password=True)
        )
    for match in _BASIC.finditer(line) if "asic " in line else ():
        yield Found("a user and password in base64", _of_basic(match["quoted"]))
    if "=" in line and ("password" in small or "pwd" in small):
        for value in _in_connection_strings(line, form):
            yield Found("a password in a connection string", judge_value("", value, password=True))


def _in_connection_strings(line: str, form: str) -> Iterator[str]:
    """Yield the passwords of `host=... password=...` and `Server=...;Pwd=...`.

    In code such a string is quoted: outside quotes, as in connect(host=host, password=password), names are passed on.
    """
    texts = [match[0] for match in _QUOTED.finditer(line)]
    if form == SETTINGS or not (texts or _CALL_MARKS.search(line)):
        texts = [line]
    for text in texts:
        small = text.lower()
        if ";" in text or any(mark in small for mark in _BESIDE_A_PASSWORD):
            yield from (match["quoted"].rstrip("),`") for match in _PAIR_IN_STRING.finditer(text))


def _of_programs(line: str) -> Iterator[str]:
    """Yield what programs take as a password behind a short option, and what `.netrc` or prose calls one."""
    if any(f"{program} " in line for program in PASSWORD_PROGRAMS):
        for words in read_script(line).commands:
            yield from short_passwords(words)
    spoken = spoken_password(line)
    if spoken:
        yield re.split(r"[/@]", spoken.rstrip("@"))[-1]


_NAMED = lazily(
    r"^\s*-?\s*[\"']?(?:name|key|property)[\"']?\s*:\s*[\"']?(?P<name>[\w.-]{3,80})[\"']?,?\s*$"
    r"|^\s*variable\s+\"?(?P<variable>[\w.-]{3,80})\"?\s*\{"
)
_VALUED = lazily(
    r"^\s*[\"']?(?:value[\"']?\s*:|default\s*=)\s*[\"']?(?P<value>[^\s\"'#,]{4,512})[\"']?,?\s*(?:#.*)?$"
)


def _of_basic(text: str) -> Strength:
    """Judge the password of `Basic dXNlcjpwYXNz`; what does not decode to user and password is none."""
    try:
        plain = base64.b64decode(text + "=" * (-len(text) % 4), validate=True).decode("ascii")
    except ValueError:
        return Strength.NONE
    user, colon, password = plain.partition(":")
    return judge_value(user, password, password=True) if colon and plain.isprintable() else Strength.NONE


def _literal(match: re.Match[str], form: str) -> str:
    """Return the value of a match that is a literal in a file of that form, or an empty text."""
    groups = match.groupdict()
    if groups.get("quoted"):
        return match["quoted"]
    bare = groups.get("bare") or ""
    if form != SETTINGS or _TYPE_NAMES.match(bare) or bare.endswith(("(", "{", "[")) or "(" in bare:
        return ""
    return bare


def _is_random(value: str) -> bool:
    return len(value) >= 16 and sum(map(str.isdigit, value)) >= 2 and any(map(str.isupper, value))


def _shown(name: str) -> str:
    """Return a name short enough for a message; names are words of the file and hold no secret of the line."""
    return f"`{name[:60]}`"
