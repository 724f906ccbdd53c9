"""Published shapes of access tokens -> which of them stands in a text; each begins at a token's start and has its full length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from poc_gate.text.lazy_pattern import lazily
from poc_gate.text.plain_words import PlainWords
from poc_gate.text.secrets.harmless_tokens import is_public
from poc_gate.text.secrets.secret_values import entropy

_SHAPES = (
    ("an AWS access key", r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}"),
    ("a GitHub token", r"(?:gh[opsur]_[A-Za-z0-9]{36,251}|github_pat_\w{36,255})"),
    ("a GitLab token", r"gl(?:pat|dt|ptt|rt|cbt|soat)-[\w-]{20,64}"),
    ("a Slack token", r"xox[abeoprs]-(?:\d+-){1,3}[A-Za-z0-9-]{16,}|xapp-\d-[A-Z0-9]+-\d+-[a-f0-9]{32,}"),
    ("a Slack webhook", r"hooks\.slack\.com/services/T[A-Z0-9]{7,12}/B[A-Z0-9]{7,12}/[A-Za-z0-9]{20,30}"),
    ("an OpenAI key", r"sk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20,170}T3BlbkFJ[A-Za-z0-9_-]{20,170}|sk-[A-Za-z0-9]{48}|sk-proj-[A-Za-z0-9_-]{40,200}"),
    ("an Anthropic key", r"sk-ant-(?:api|admin|sid|oat)\d\d-[\w-]{60,120}"),
    ("a model provider's key", r"(?:sk-or-v1-[0-9a-f]{64}|gsk_[A-Za-z0-9]{50,56}|xai-[A-Za-z0-9]{70,90}|r8_[A-Za-z0-9]{37}|nvapi-[\w-]{60,70}|pplx-[A-Za-z0-9]{48}|fw_[A-Za-z0-9]{22,30}|tvly-(?:dev-|prod-)?[A-Za-z0-9]{20,40}|sk-[0-9a-f]{32})"),
    ("a Hugging Face token", r"hf_[A-Za-z]{34}|hf_[A-Za-z0-9]{34,40}"),
    ("a LangSmith or Langfuse key", r"lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}|[sp]k-lf-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
    ("a Pinecone key", r"pcsk_[A-Za-z0-9_]{50,80}"),
    ("a Google key", r"AIza[\w-]{35}|GOCSPX-[\w-]{28}|ya29\.[\w-]{60,}"),
    ("a payment provider's key", r"[rs]k_(?:live|prod)_[0-9A-Za-z]{16,120}|whsec_[A-Za-z0-9+/]{32,}"),
    ("a mail or message service's key", r"SG\.[\w-]{22}\.[\w-]{43}|SK[0-9a-f]{32}|key-[0-9a-f]{32}|\d{8,10}:AA[\w-]{33}"),
    ("a package registry's token", r"npm_[A-Za-z0-9]{36}|pypi-AgEIcHlwaS5vcmc[\w-]{50,}|rubygems_[0-9a-f]{48}|dckr_pat_[\w-]{27,36}"),
    ("a cloud provider's token", r"dop_v1_[0-9a-f]{64}|dapi[0-9a-f]{32}(?:-\d)?|hvs\.[\w-]{24,}|tfp_[\w-]{59}|v1\.0-[0-9a-f]{24}-[0-9a-f]{100,}"),
    ("an infrastructure service's token", r"pul-[0-9a-f]{40}|pscale_(?:tkn|oauth|pw)_[\w=.-]{32,64}|sbp_[0-9a-f]{40}|sb_secret_[\w-]{30,50}|[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{60,70}|AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}|HRKU-AA[\w-]{58}|fo1_[\w-]{43}|tskey-(?:auth|api|client)-[A-Za-z0-9]+-[A-Za-z0-9]{20,40}"),
    ("a development service's token", r"lin_api_[A-Za-z0-9]{40}|ntn_\d{11}[A-Za-z0-9]{35}|glsa_[A-Za-z0-9]{32}_[0-9A-Fa-f]{8}|NRAK-[A-Z0-9]{27}|PMAK-[0-9a-f]{24}-[0-9a-f]{34}|sntryu_[0-9a-f]{64}|sntrys_eyJ[A-Za-z0-9+/=_-]{60,}|sgp_(?:[a-f0-9]{16}_|local_)?[a-f0-9]{40}|dp\.(?:pt|st|ct|sa|scim|audit)\.[A-Za-z0-9]{40,44}|figd_[\w-]{40,60}|shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}"),
    ("an Azure key", r"(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{42,88}={0,2}|[A-Za-z0-9_~.-]{3}\dQ~[A-Za-z0-9_~.-]{31,34}"),
    ("a signed address", r"[?&]sig=[A-Za-z0-9%]{40,120}(?=&|$|[\"'\s])"),
    ("a signed token (JWT)", r"eyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.[A-Za-z0-9_-]{20,}"),
)  # fmt: skip
"""Of cloud, model, payment and code services, as their documents and well-kept scanners give them."""
_START, _END = r"(?<![A-Za-z0-9_/+=-])", r"(?![A-Za-z0-9_])"
_TOKEN = lazily(
    "|".join(
        f"(?P<s{i}>{'' if shape[0] in '[h(' else _START}(?:{shape}){_END})"
        for i, (_, shape) in enumerate(_SHAPES)
    )
)
_KEY_BLOCK = lazily(r"-----BEGIN (?:[A-Z0-9 ]{0,30} )?PRIVATE KEY(?: BLOCK)?-----")
_FAKE = lazily(
    r"(?i)example|xxxx|sample|dummy|fake|your|test|placeholder|redacted|\*\*|\.\.\.|0{6}|1{6}|123456|abcdef(?:g|12|01)|insert|changeme|foobar|deadbeef|notreal|invalid"
)
TOKEN_MARKS = (
    b"AKIA", b"ASIA", b"ABIA", b"ACCA", b"AIza", b"gho_", b"ghp_", b"ghs_", b"ghu_", b"ghr_", b"github_pat_", b"glpat-", b"gldt-", b"glptt-", b"glrt-",
    b"glcbt-", b"glsoat-", b"xox", b"xapp-", b"hooks.slack", b"sk-", b"k-lf-", b"gsk_", b"xai-", b"r8_", b"nvapi-", b"pplx-", b"fw_", b"tvly-", b"hf_",
    b"lsv2_", b"pcsk_", b"GOCSPX-", b"ya29.", b"k_live_", b"k_prod_", b"whsec_", b"SG.", b"SK", b"key-", b":AA", b"npm_", b"pypi-AgE", b"rubygems_",
    b"dckr_pat_", b"dop_v1_", b"dapi", b"hvs.", b"tfp_", b"v1.0-", b"pul-", b"pscale_", b"sbp_",
    b"sb_secret_", b".atlasv1.", b"AGE-SECRET-KEY-1", b"HRKU-", b"fo1_", b"tskey-", b"lin_api_", b"ntn_", b"glsa_", b"NRAK-", b"PMAK-", b"sntry", b"sgp_",
    b"dp.", b"figd_", b"shpat_", b"shpca_", b"shppa_", b"shpss_", b"AccountKey=", b"SharedAccessKey=", b"Q~", b"sig=", b"eyJ", b"PRIVATE KEY",
)  # fmt: skip
"""What every shape has in it: looking for these first spares nearly all text the long expression."""


_OF_A_SIGNED_ADDRESS = ("X-Amz-Credential=", "X-Amz-Credential%3D")
"""What stands before the id of the key that signed an address of Amazon's: the key is not in it, and the address ends after
seven days at most (https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html)."""
_FARTHEST_MARK = 14
"""Characters from where a shape begins to its mark, at most: the word before `.atlasv1.`."""
_FOLLOWS = {
    b"SK": r"[0-9a-f]{8}", b"sk-": r"[\w-]{16}", b"key-": r"[0-9a-f]{8}", b"eyJ": r"[\w-]{15}", b"xox": r"[abeoprs]-", b"dp.": r"[a-z]{2,5}\.",
    b"sig=": r"[A-Za-z0-9%]{40}",
}  # fmt: skip
"""What follows marks that are common in other words, at least: `SK` is in `TASK`, and `sk-` in `risk-based`."""


_MARKS = PlainWords(TOKEN_MARKS)
_FOLLOWED = {mark: lazily(pattern.encode()) for mark, pattern in _FOLLOWS.items()}


def mark_places(content: bytes) -> list[int]:
    """Return the offsets of the marks of tokens."""
    return [
        at
        for mark, at in _MARKS.places_in(content)
        if mark not in _FOLLOWED or _FOLLOWED[mark].match(content, at + len(mark))
    ]


@cache
def _text_marks() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.ASCII) for pattern in _mark_patterns())


def _mark_patterns() -> Iterator[str]:
    by_first: dict[bytes, list[str]] = {}
    for mark in TOKEN_MARKS:
        by_first.setdefault(mark[:1], []).append(re.escape(mark[1:].decode()) + _FOLLOWS.get(mark, ""))
    for first, rests in by_first.items():
        yield f"{re.escape(first.decode())}(?:{'|'.join(rests)})"


def find_tokens(text: str) -> Iterator[tuple[str, str]]:
    """Yield kind and text of each token of a published shape; dummies that spell out what they are are left away."""
    end = 0
    for start in _starts(text):
        match = _TOKEN.match(text, start) if start >= end else None
        if match is None:
            continue
        end, found = match.end(), match[0]
        if text.endswith(_OF_A_SIGNED_ADDRESS, 0, start):
            continue
        if match.lastgroup and not _FAKE.search(found) and entropy(found) >= 2.8 and not is_public(found):
            yield _SHAPES[int(match.lastgroup[1:])][0], found
    if (block := _KEY_BLOCK.search(text)) and not _FAKE.search(text[block.end() : block.end() + 80]):
        yield "a private key", block[0]


def _starts(text: str) -> list[int]:
    """Return where a token may begin, in order: at a mark or shortly before, so that a long line costs little."""
    starts: set[int] = set()
    for pattern in _text_marks():
        for match in pattern.finditer(text):
            starts.update(range(max(0, match.start() - _FARTHEST_MARK), match.start() + 1))
    return sorted(starts)
