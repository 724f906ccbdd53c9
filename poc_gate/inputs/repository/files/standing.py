"""A path -> whose file it is: the pilot's own service first, what other people wrote last."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

from poc_gate.inputs.repository.files.copied_packages import is_of_a_copied_package
from poc_gate.inputs.repository.files.made_beforehand import makes_data, writes_prompts


class Standing(IntEnum):
    """How close a file is to what runs in production; the lower, the closer."""

    SERVICE = 0
    """Code, settings and infrastructure of what ships."""
    SUPPORT = 1
    """Scripts, tools, continuous integration, development containers."""
    NOTEBOOK = 2
    EXAMPLE = 3
    MEASURED = 4
    """Evaluations, load tests, benchmarks."""
    TEST = 5
    DOCS = 6
    VENDORED = 7
    """Code and charts of other people."""

    @property
    def words(self) -> str:
        """Return what such a file is, in words."""
        return _WORDS[self]


_WORDS = {
    Standing.SERVICE: "the service itself",
    Standing.SUPPORT: "scripts and tooling",
    Standing.NOTEBOOK: "a notebook",
    Standing.EXAMPLE: "an example",
    Standing.MEASURED: "an evaluation or a benchmark",
    Standing.TEST: "a test",
    Standing.DOCS: "documentation",
    Standing.VENDORED: "a copy of somebody else's files",
}

_FOLDERS = {
    Standing.VENDORED: {
        "third_party", "third-party", "thirdparty", "vendor", "vendored", "external", "extern", "charts_vendor",
        "site-packages", "node_modules", "archive", "archived", "deprecated", "legacy", "3rdparty",
        "_build", "doctrees", "backup", "backups", "_backup", "_backups", ".backup", ".backups", "bak", ".version-backups",
    },
    Standing.DOCS: {
        "docs", "doc", "documentation", "website", "site", "book", "fern", "wiki", "guides", "blog", "proposals",
        ".claude", ".claude-plugin", ".cursor", ".cursor-plugin", ".agent", ".agents", ".gemini", ".codex", ".kiro", ".windsurf", ".opencode", ".openclaw",
        "community", "rfcs", "assets", "images", "media", "design", "i18n", "locales", "locale", "translations", "migrations", "alembic",
    },
    Standing.TEST: {
        "tests", "test", "__tests__", "testing", "spec", "specs", "e2e", "fixtures", "fixture", "test-fixtures", "test_fixtures", "testdata", "test_data",
        "mock", "mocks", "__mocks__", "__fixtures__", "__snapshots__", "integration-test", "integration-tests", "integration_test", "integration_tests",
        "integraton-test", "test-utils", "test_utils", "testutils", "testhelpers", "test-helpers", "test_helpers", "testsupport", "test-support", "smoke", "cypress", "playwright", "storybook", ".storybook",
    },
    Standing.MEASURED: {
        "benchmark", "benchmarks", "benchmarking", "bench", "perf", "performance", "eval", "evals", "evaluation",
        "evaluations", "loadtest", "loadtests", "load-test", "load-tests", "load_test", "load_tests", "load-testing", "load_testing", "loadtesting", "stress-tests", "stress_tests", "locust", "k6",
        "experiments", "experiment", "rag-perf", "test_outputs",
    },
    Standing.EXAMPLE: {
        "example", "examples", "sample", "samples", "sampledata", "sample_data", "sample-data", "demo", "demos", "tutorial", "tutorials", "cookbook", "cookbooks",
        "playground", "quickstart", "quickstarts", "templates_examples", "showcase", "experimental", "spike", "spikes", "labs", "contrib", "drafts", "sandbox", "workshop", "workshops",
        "homework", "cohorts", "assignments", "exercises", "snippets", "code_snippets", "code-snippets", "code_samples", "code-samples", "sample_code", "recipes", "workbench", "launchable", "optional", "getting_started", "getting-started",
    },
    Standing.NOTEBOOK: {"notebooks", "notebook", "nbs", "jupyter", "jupyterlab", "colab", "research", "analysis", "eda"},
    Standing.SUPPORT: {
        "scripts", "script", "tools", "tool_scripts", "hack", "ci", ".ci", ".github", ".gitlab", ".circleci", ".azdo",
        ".azure-pipelines", ".devcontainer", ".project", "dev", "devtools",
        "utils_scripts", ".husky", "custom_resources", "custom-resources", "custom_resource", "custom-resource", "seed", "seeds", "seeddata", "seed_data", "seed-data", "seeding", "datagenerator", "data_generator", "data-generator", "makefiles", "skills",
    },
}  # fmt: skip
_PUT_AWAY = frozenset({"archive", "archived", "deprecated", "legacy", "old", "unused", "attic", "trash"})
"""Folders of what nobody runs any more, as they are called with an underscore or two before: `_old`, `__legacy`."""
_BY_FOLDER = {name: standing for standing, names in _FOLDERS.items() for name in names} | {
    f"{before}{name}": Standing.VENDORED for name in _PUT_AWAY for before in ("_", "__")
}

_NAMES = (
    (Standing.TEST, re.compile(r"(?i)^(test[-_].*|debug[-_](?!(?:agents?|chains?|nodes?|crews?)[._-]).*|mock|mock[-_.].*|.*_test|conftest|.*[._-](test|spec|mock|e2e|tests|stories)|.*tests?)\.(py|go|[cm]?[jt]sx?|java|cs|ya?ml|json|toml|kt|bicep|tf)$")),
    (Standing.TEST, re.compile(r"(?i)^(?:(?:smoke|sanity)[-_]?test[-_.].*|(?:\w+_)?(?:build|make|create|generate|gen)_(?:\w+_)?fixtures?|.*[-_]fixtures?)\.(?:py|sh|[jt]s|ya?ml|json|toml)$|^(?:smoke|sanity)[-_]?test[-_][\w-]+\.\w+$")),
    (Standing.TEST, re.compile(r"(?i)^(?:.*_)?test_(?:default|data|util|helper|fixture|support)\w*\.go$")),
    (Standing.TEST, re.compile(r"(?i)^(?:\.env\.tests?|(?:jest|vitest|playwright|cypress)[.-].*\.[cm]?[jt]sx?)$")),
    (Standing.VENDORED, re.compile(r"(?i)^\.?(?:langfuse|airflow|mlflow|superset|grafana|keycloak|metabase|prefect|dagster|n8n)\.env(?:\..+)?$")),
    (Standing.MEASURED, re.compile(r"(?i)^(locustfile.*|k6.*|.*load[-_]?test.*|bench(mark)?([._-].*)?|eval(uate|s)?([._-].*)?|.*[-_.](bench|benchmark|benchmarks|eval|evals|loadtest))\.(py|js|ts|ya?ml|json)$")),
    (Standing.MEASURED, re.compile(r"(?i)^(create|generate|make|build|gen|synthesi[sz]e)[-_](\w+[-_])*(data[-_]?sets?|questions|qa([-_]pairs)?|ground[-_]?truth|synthetic[-_]\w+|test[-_]?(data|set))([-_](with|using|by|for)[-_]\w+)?\.(py|js|ts|ya?ml|json|toml)$")),
    (Standing.MEASURED, re.compile(r"(?i)^(?:db|database|index|vector\w*)[-_](?:inspect(?:or)?|peek|debug)\.(?:py|[cm]?[jt]s)$")),
    (Standing.EXAMPLE, re.compile(r"(?i)^(?:placeholders?|dummy|fake)(?:[-_.]?(?:data|items|rows))?\.(?:[cm]?[jt]sx?|py|json|cs|java|go)$")),
    (Standing.EXAMPLE, re.compile(r"(?i)^(?:(?:\[(?:wip|draft|todo)\]|(?:wip|draft)[-_. ]).*|.+ copy(?: \d+)?)\.(?:py|ipynb|[cm]?[jt]sx?|scala|sql|ya?ml|json|toml)$")),
    (Standing.NOTEBOOK, re.compile(r"(?i)\.ipynb$")),
    (Standing.SUPPORT, re.compile(r"(?i)^(setup\.py|noxfile\.py|tasks\.py|gulpfile.*|webpack.*|.*\.config\.[cm]?[jt]s|\.pre-commit-config.*|mkdocs\.ya?ml|conf\.py|devcontainer\.json)$")),
    (Standing.DOCS, re.compile(r"(?i)^(?:(?:generate|make|create|write|draft|update)[-_]?)?(?:release[-_]?notes?|changelogs?)\.(?:[cm]?[jt]s|py|sh)$")),
    (Standing.SUPPORT, re.compile(r"(?i)^(?:convert|publish|release|bump)[-_][\w-]+\.(?:[cm]?js|ts|py|sh)$")),
    (Standing.EXAMPLE, re.compile(r"(?i)^(?!\.?env).*[-_.](example|sample)\.(ya?ml|json|toml)$")),
    (Standing.EXAMPLE, re.compile(r"(?i)(?:^|[-_.])x{6,}(?:[-_.]).*\.?(?:ya?ml|json|toml|ini|tfvars)$")),
    (Standing.DOCS, re.compile(r"(?i)\.(md|rst|adoc|mdx)$")),
    (Standing.EXAMPLE, re.compile(r"(?i)^(?:(example|sample|demo)(?:_?dags?)?([._-].*)?|.*code[-_]?sample|.*[-_](?:example|demo)s?\d*)\.(py|js|ts|go|java|cs|ya?ml|json|toml)$")),
)  # fmt: skip
_COPIES = re.compile(r"^(?:references?|upstream|inspiration)/")
"""Folders at the top in which people keep other people's projects to look things up in."""
_PLATFORMS = re.compile(
    r"(?:^|/)kubeflow(?:-manifests|/manifests)/"
    r"|(?:^|/)manifests/(?:[^/]+/)*upstream/"
    r"|(?:^|/)manifests/apps/(?:katib|kserve|pipelines?|jupyter|centraldashboard|profiles|tensorboard|training-operator|admission-webhook|volumes-web-app|pvcviewer-controller|model-registry|spark)/"
    r"|(?:^|/)manifests/common/(?:istio|knative|cert-manager|dex|oauth2-proxy|oidc-client|kubeflow)[\w-]*/"
    r"|(?:^|/)istio-\d+(?:\.\d+)+/"
)
"""Manifests of a whole platform that a cluster runs the pilot on, as its makers hand them out."""
_TRIAL = re.compile(
    r"^(?:check|fix|verify|validate|debug|diagnos\w*|query|cleanup|clear|reset|backfill|patch|inspect|investigate|migrate|seed)[-_][\w-]+\.(?:py|js|mjs|cjs|ts)$"
)
"""Names of programs at the top of a repository that somebody runs by hand."""
_TESTED = re.compile(
    r"(?:^|/)src/(?:it|itest|inttest|integrationtest|functionaltest|androidtest)/|^\.(?:github|gitlab|circleci)/(?:[\w-]+/)*[\w.-]*compose[\w.-]*\.ya?ml$"
)
"""Sources of tests as the builds of Java and Scala name them, and the services that a workflow starts for its tests."""
_PROGRAMS = re.compile(r"(?:^|/)packages/(?:data-?sets?/|[^/]+/src/bin/(?!(?:www|server|start|serve|main|index|app|api|worker)\b).*\.[cm]?[jt]s$)")  # fmt: skip
"""In a repository of several packages, the one that makes data sets, and programs that people start by hand."""
_COMPARES = re.compile(
    r"^(?:compare|debug|diagnos\w*|reproduce|repro|profile)[-_][\w-]+\.(?:py|js|mjs|cjs|ts)$"
)
"""Names of scripts that try something out or look for a mistake: what they ask runs for nobody."""
_SUBCHART = re.compile(r"(^|/)charts/[^/]+/charts/|(^|/)charts/[^/]+/(charts|docs)/")
_CI = re.compile(
    r"^(\.github/workflows|\.gitlab-ci|\.circleci|azure-pipelines|\.azdo|jenkinsfile|bitbucket-pipelines)"
)


_SOURCE_ROOT = re.compile(r"src/main/(?:java|kotlin|scala|resources)/.*(?=/[^/]+$)")
"""Below it folders are packages, whose names say nothing of what the files are for."""


def _of_folder(folder: str) -> Standing | None:
    """Return what a folder's name says, or None."""
    if folder in _BY_FOLDER:
        return _BY_FOLDER[folder]
    measures = (
        (folder.endswith(_MEASURES) and not _HAS_ONE.search(folder))
        or folder.startswith(("benchmark_", "benchmark-"))
        or re.search(r"(?:^|[-_])load[-_]?test|(?:^|[-_])fake[-_]", folder)
    )
    if measures:
        return Standing.MEASURED
    if re.match(r"(?:examples?|samples?|demos?|optional)[-_]|(?:workshop|tutorial)s?-|(?:client|usage|api|sdk)[-_]examples?(?:[-_]|$)|(?:streamlit|gradio|web|ui|chat|notebook|colab)[-_]demos?$", folder):  # fmt: skip
        return Standing.EXAMPLE
    if re.match(r"(?:e2e|smoke)[-_]", folder):
        return Standing.TEST
    if folder.startswith("alembic"):
        return Standing.DOCS
    tests = folder.startswith("test_") or folder.endswith(
        (
            "-tests",
            "_tests",
            "-test",
            ".test",
            ".tests",
            ".unittests",
            ".integrationtests",
            ".functionaltests",
        )
    )
    return Standing.TEST if tests else None


_SCRIPT = re.compile(r"\.(?:[cm]?[jt]sx?|py)$")
_MEASURES = ("-eval", "-evals", "_eval", "_evals", "-benchmark", "-benchmarks", "_benchmarks")
_HAS_ONE = re.compile(r"(?:^|[-_])(?:with|and)[-_](?:evals?|benchmarks?)$")
"""Names of parts that have an evaluation beside what they do: `planner_with_eval`."""


_OF_A_TOOL = re.compile(r"(?:^|/)(?:next|nuxt|vite|vitest|jest|tailwind|postcss|webpack|rollup|babel|eslint|prettier|playwright|cypress|drizzle|metro|svelte|astro|remix|vue|karma|commitlint|tsup|stylelint|capacitor|expo|ecosystem|knip|sentry)\.config\.[cm]?[jt]s$")  # fmt: skip


def is_own_settings(path: str) -> bool:
    """Say whether a file such as `src/rag.config.ts` holds settings of the service, not of a tool that builds it."""
    folders = path.split("/")[:-1]
    named = re.search(r"\.config\.[cm]?[jt]s$", path) is not None and not _OF_A_TOOL.search(path)
    return named and bool({"src", "config", "configs", "settings"} & set(folders))


@lru_cache(maxsize=65_536)
def standing_of(path: str) -> Standing:
    """Return whose file a path is, by its folders and its name."""
    small = path.lower()
    name = small.rpartition("/")[2]
    folders = _SOURCE_ROOT.sub("src/main", small).split("/")[:-1]
    worst = Standing.SERVICE
    for depth, folder in enumerate(folders):
        found = _of_folder(folder)
        if _is_of_a_library(folder, folders[depth - 1] if depth else "", name):
            continue
        if (
            folder not in _NEVER_OWN
            and (found in {Standing.MEASURED, Standing.SUPPORT, Standing.DOCS} or folder in _OWN_WORDS)
            and _is_own_code(folders, depth)
        ):
            continue
        if _is_of_the_program(folders, depth, found, name):
            continue
        if found is not None:
            worst = max(worst, found)
    if worst is Standing.SUPPORT and _COMPARES.match(name):
        worst = Standing.MEASURED
    if (not folders and _TRIAL.match(name)) or _PROGRAMS.search(small) or writes_prompts(name):
        worst = max(worst, Standing.SUPPORT)
    for standing, pattern in () if _CI.match(small) or is_own_settings(small) else _NAMES:
        if pattern.search(name):
            worst = max(worst, standing)
            break
    worst = max(worst, Standing.MEASURED if makes_data(small) else worst, Standing.TEST if _TESTED.search(small) else worst)  # fmt: skip
    if _SUBCHART.search(small) or _COPIES.search(small) or _PLATFORMS.search(small) or is_of_a_copied_package(small):  # fmt: skip
        worst = Standing.VENDORED
    return worst


def _is_of_the_program(folders: list[str], depth: int, found: Standing | None, name: str) -> bool:
    """Tell a module of the build, whatever it is called, and a package of Python right below `src` that calls itself a demonstration."""
    module = folders[depth + 1 : depth + 3] == ["src", "main"] and not _SCRIPT.search(name)
    package = _PACKAGE.match(folders[depth]) and folders[max(0, depth - 1) : depth] == ["src"]
    return (found is Standing.SUPPORT and module) or (found is Standing.EXAMPLE and bool(package) and name.endswith(".py"))  # fmt: skip


def _is_own_code(folders: list[str], depth: int) -> bool:
    """Tell a package of the service that is called `evaluation` from a folder of evaluations: it lies in the code."""
    if folders[depth] in {"docs", "doc", "documentation"} or "data" in folders[depth + 1 :]:
        return False
    if folders[depth] in {"evaluation", "evaluations"} and _MAKES_QUESTIONS.intersection(
        folders[depth + 1 :]
    ):
        return False
    before = folders[:depth]
    return any(folder in _CODE for folder in before) or (folders[depth] == "tools" and any(_ACTS.search(one) for one in before))  # fmt: skip


_MAKES_QUESTIONS = frozenset({"qa_generation", "question_generation", "dataset_generation", "testset_generation", "test_generation", "golden", "ground_truth"})  # fmt: skip
"""Parts of a package called `evaluation` that make what answers are measured by."""
_PACKAGE = re.compile(r"(?:demo|sample|example)_\w+$")
"""Names of packages right below `src`: the program itself, which calls itself a demonstration."""


def _is_of_a_library(folder: str, above: str, name: str) -> bool:
    """Say whether a folder is called after what a library makes or works.

    That may be assets of Dagster, a browser, or a page on which people talk to a model.
    """
    return (folder in _OF_LIBRARIES and name.endswith(".py")) or (folder == "playground" and above in _PAGES)


_PAGES = frozenset({"page", "pages", "views", "screens"})
_OF_LIBRARIES = frozenset({"assets", "media", "playwright"})
"""Folders of pictures and of tests, which in Python are called after the library that their code is for, or after what it makes."""
_NEVER_OWN = frozenset(
    {
        "scripts",
        "script",
        "hack",
        "ci",
        ".ci",
        "migrations",
        "alembic",
        "i18n",
        "locales",
        "locale",
        "custom_resources",
        "custom-resources",
        "custom_resource",
        "custom-resource",
        "eval",
        "evals",
    }
)
"""Folders that are what they are called, also within the code."""
_OWN_WORDS = frozenset({"sandbox", "research", "analysis", "external", "extern"})
"""Folders of trials, notebooks and other people's code by name, which within the code are packages of the service."""
_CODE = frozenset({"src", "app", "backend", "server", "api", "lib", "pkg", "internal", "service", "services"})


_ACTS = re.compile(r"(?:^|[-_])(?:agents?|agentic|assistants?|chatbot|bot|mcp|copilot)(?:$|[-_])")
"""Folders of agents: what is called `tools` in them is what a model calls."""


_TOOLS = re.compile(r"(?i)(?<=/)tools/|^tools/")


def holds_tools(path: str) -> bool:
    """Say whether a folder called `tools` alone makes a file tooling: where an agent is, what it is given lies in such folders."""
    return standing_of(_TOOLS.sub("", path)) is Standing.SERVICE


def is_workflow(path: str) -> bool:
    """Say whether a path is a definition of continuous integration."""
    return bool(_CI.match(path.lower()))


_DEPLOYED = re.compile(
    r"/(?:deploy\w*|k8s|kubernetes|manifests?|helm|charts?|infra\w*|base|overlays?|gitops|argocd|argo|flux|clusters?|kustomize|ops|iac|production|prod)/"
)


def is_deployment_place(path: str) -> bool:
    """Say whether cluster files in that place are deployed: their folder says so, or they lie near the top."""
    folder = path.lower().rpartition("/")[0]
    return bool(_DEPLOYED.search(f"/{folder}/")) or path.count("/") <= 1
