"""The path of a file -> in which form secrets stand in it, and whether it is part of what ships."""

from __future__ import annotations

from poc_gate.text.lazy_pattern import lazily
from poc_gate.text.secrets.secret_lines import CODE, RECORDS, SETTINGS, TOKENS_ONLY

_SETTINGS = lazily(
    r"(?i)(?:^|/)(?:[^/]*\.(?:ya?ml|json|toml|ini|cfg|conf|config|properties|env|tfvars|xml|plist|settings|tf|sh|bash|zsh|bat|tpl|j2|jinja2?|hcl|csv)"
    r"|\.env[^/]*|[^/]*\.env(?:\.[^/]*)?|dockerfile[^/]*|makefile|\.netrc|\.npmrc|\.pypirc|\.pgpass|credentials|\.htpasswd|docker-compose[^/]*)$"
)
_LOCKS = lazily(
    r"(?i)(?:^|/)(?:[^/]*\.lock(?:b)?|\.secrets\.baseline|\.gitleaks(?:ignore|-baseline)[^/]*|package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.ya?ml|poetry\.lock|uv\.lock|pipfile\.lock|go\.sum|composer\.lock"
    r"|[^/]*\.(?:min\.(?:js|css)|map|svg|csv|tsv|jsonl|parquet|ndjson|po|pot|lockfile|ipynb_checkpoints))$"
    r"|(?:^|/)messages/[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?\.json$|(?:^|/)(?:locales?|i18n|l10n|translations?|lang(?:uages?)?)/(?:.*/)?[^/]+\.(?:json|ya?ml|ts|js|properties|po|xlf|resx|arb)$"
)
_RECORDS = lazily(
    r"(?i)(?:^|/)(?:data|datasets?|corpus|corpora|knowledge(?:[_-]?base)?|kb)/(?:[^/]+/)*[^/]+\.json$"
)
_TESTS = lazily(
    r"(?i)(?:^|/)(?:tests?|__tests__|testing|testdata|test-data|fixtures?|mocks?|__mocks__|e2e[\w-]*|spec|specs|cypress|integration_?tests?|unit_?tests?|benchmarks?|evals?)/"
    r"|(?:^|/)(?:test_[^/]*|[^/]*_test\.\w+|[^/]*-tests?\.(?:sh|bats|ps1|py|[cm]?[jt]sx?|go|rb|php)|[^/]*\.(?:test|spec|stories)\.\w+|conftest\.py|\.env\.tests?|(?:playwright|jest|vitest)[.\w-]*\.\w+|cypress\.[^/]*|mock[-_.][^/]*|[^/]*Tests?\.(?:java|kt|cs))$|(?:^|/)[^/]*tests?/"
)
_DOCS = lazily(
    r"(?i)(?:^|/)(?:docs?|documentation|wiki|website|fern|blog)/|\.(?:md|mdx|rst|adoc|markdown|tex|rtf)$|(?:^|/)(?:readme|changelog|license|contributing)[^/]*$|(?:^|/)llms(?:-[\w-]+)?\.txt$|\.html?\.txt$"
    r"|(?:^|/)(?:[^/]*[_.-])?(?:openapi|swagger)s?(?:[_.-][^/]*)?(?:\.(?:json|ya?ml)$|/(?:.*/)?[^/]+\.(?:json|ya?ml)$)"
)
_EXAMPLES = lazily(
    r"(?i)(?:^|/)(?:examples?|samples?|demos?|tutorials?|quick-?start|notebooks?|cookbook|playground|homework|cohorts?|lessons?|workshop|[\w-]*-examples?)/"
    r"|(?:^|[/._-])(?:example|sample|template|dist|skel|tmpl)s?(?:$|[._-])|\.(?:example|sample|template|dist|tmpl|tpl)$"
)
_VENDORED = lazily(
    r"(?i)(?:^|/)(?:vendor|vendored|third[_-]?party|external|node_modules|bower_components|site-packages|dist-packages|charts/[^/]+/charts|helm-charts/[^/]+/charts)/"
)
_OF_FIREBASE = lazily(r"(?:^|/)(?:google-services\.json|GoogleService-Info\.plist|firebase_options\.dart)$")
"""What every installed client of Firebase carries; its keys are no secret (https://firebase.google.com/docs/projects/api-keys)."""
_HELM_SUBCHART = lazily(r"(?:^|/)charts/[^/]+/(?:charts/)?[^/]+/(?:values|Chart)\.ya?ml$")


def form_of(path: str) -> str:
    """Return in which form names and values stand in a file: as code, as settings, as records or not at all."""
    if _LOCKS.search(path):
        return TOKENS_ONLY
    if _RECORDS.search(path):
        return RECORDS
    return SETTINGS if _SETTINGS.search(path) else CODE


def beside_product(path: str) -> str:
    """Return why a file is not part of what ships, in a word: tests, documentation, an example, code of others; else empty.

    `path` is relative to the repository: where the repository itself lies says nothing.
    """
    for pattern, word in (
        (_VENDORED, "code of others"),
        (_TESTS, "tests"),
        (_EXAMPLES, "an example"),
        (_DOCS, "documentation"),
        (_OF_FIREBASE, "a file that every client of Firebase has"),
    ):
        if pattern.search(path):
            return word
    return "code of others" if _HELM_SUBCHART.search(path) else ""
