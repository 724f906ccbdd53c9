"""The formats that code hosts read: valid by their schemas, readable by their libraries, one state mapping."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import jsonschema
import pytest
from google.protobuf.json_format import ParseDict
from in_toto_attestation.predicates.test_result.v0 import test_result_pb2
from in_toto_attestation.v1.statement import Statement
from jenkins_junit import junit_faults
from junitparser import JUnitXml
from msgspec import structs

from poc_gate.app.ground.packs.rule_packs import load_rule_packs
from poc_gate.model.claim import SHIPPED_TABLES, Place
from poc_gate.model.finding import Finding, State
from poc_gate.model.rule import Severity
from poc_gate.model.verdict import Result, Word
from poc_gate.report.formats import find_format, formats
from poc_gate.report.interface import RenderOptions
from poc_gate.report.lines.rule_address import rule_address
from poc_gate.report.machine.ci_places import repository_path
from poc_gate.report.state_words import state_table

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "sarif-schema-2.1.0.json").read_text())
DOCS = Path(__file__).parents[2] / "docs"


def render(name: str, result: Result, **options: Any) -> str:
    return find_format(name).render(result, RenderOptions(**options)).decode("utf-8-sig")


def only(result: Result, *findings: Finding) -> Result:
    return structs.replace(result, findings=findings)


def finding_of(result: Result, rule: str) -> Finding:
    return next(finding for finding in result.findings if finding.rule == rule)


# --- SARIF ---------------------------------------------------------------------------------------------


def sarif(result: Result, **options: Any) -> dict[str, Any]:
    run: dict[str, Any] = json.loads(render("sarif", result, **options))["runs"][0]
    return run


def test_sarif_is_valid_by_the_official_schema(result: Result) -> None:
    jsonschema.Draft7Validator(SCHEMA).validate(json.loads(render("sarif", result)))


def test_sarif_without_findings_is_valid_and_clears_alerts(result: Result) -> None:
    log = json.loads(render("sarif", only(result)))
    jsonschema.Draft7Validator(SCHEMA).validate(log)
    assert log["runs"][0]["results"] == []


def test_sarif_passes_the_checks_that_github_documents(result: Result) -> None:
    run = sarif(result)
    rules = run["tool"]["driver"]["rules"]
    for rule in rules:
        for key in ("shortDescription", "fullDescription"):
            assert 0 < len(rule[key]["text"]) <= 1024
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert len(rule["properties"]["tags"]) <= 20
        # A number above zero would turn every alert into a security alert.
        assert "security-severity" not in rule["properties"]
    for found in run["results"]:
        assert rules[found["ruleIndex"]]["id"] == found["ruleId"]
        assert found["message"]["text"]
        assert len(found["locations"]) == 1
        region = found["locations"][0]["physicalLocation"]["region"]
        assert set(region) == {"startLine", "startColumn", "endLine", "endColumn"}
        assert min(region.values()) >= 1
        assert (region["endLine"], region["endColumn"]) >= (region["startLine"], region["startColumn"])
        assert list(found["partialFingerprints"]) == ["primaryLocationLineHash"]
        assert not found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].startswith("/")
    assert run["automationDetails"]["id"].count("/") >= 2
    assert len(run["results"]) <= 5000


def test_sarif_lists_every_rule_so_that_fixed_alerts_close(result: Result) -> None:
    assert {rule["id"] for rule in sarif(result)["tool"]["driver"]["rules"]} == {
        f.rule for f in result.findings
    }
    shown = {(found["ruleId"], found["properties"]["state"]) for found in sarif(result)["results"]}
    assert shown == {
        (f.rule, f.state.value) for f in result.findings if f.state not in (State.PASS, State.NOT_APPLICABLE)
    }


@pytest.mark.parametrize(
    ("pages", "address"),
    [
        ("https://example.org/docs/rules/", "https://example.org/docs/rules/core/A09-prod-access-granted.md"),
        ("https://example.org/{pack}/{rule}.html", "https://example.org/core/A09-prod-access-granted.html"),
    ],
)
def test_each_rule_links_to_a_page_that_is_there_and_to_none_where_nobody_said_where(
    result: Result, pages: str, address: str
) -> None:
    finding = structs.replace(finding_of(result, "A09-prod-access-granted"), pack="core")
    alone = structs.replace(finding, rule="X01-statements-agree", pack="")
    told = sarif(only(result, finding, alone), rule_pages=pages)["tool"]["driver"]["rules"]
    assert [rule.get("helpUri") for rule in told] == [address, None]
    log = json.loads(render("sarif", only(result, finding), rule_pages=pages))
    jsonschema.Draft7Validator(SCHEMA).validate(log)
    silent = sarif(only(result, finding))["tool"]["driver"]["rules"]
    assert "helpUri" not in silent[0], "an address that nobody can open is none"


def test_the_address_of_each_rule_is_a_page_that_is_written(result: Result) -> None:
    for name, rule in load_rule_packs().rules.items():
        finding = structs.replace(result.findings[0], rule=name, pack=rule.pack)
        address = rule_address("https://example.org/docs/rules", finding)
        page = DOCS / address.removeprefix("https://example.org/docs/")
        assert page.read_text(encoding="utf-8").startswith(f"# {name}\n"), address


def test_a_moved_line_keeps_its_fingerprint_and_another_subject_does_not(result: Result) -> None:
    first = finding_of(result, "D02-answer-age")
    moved = structs.replace(first, place=Place(first.place.file, 900, 1))
    other = structs.replace(first, subject="sources[policy-db]", fingerprint="")
    prints = [
        sarif(only(result, finding))["results"][0]["partialFingerprints"]["primaryLocationLineHash"]
        for finding in (first, moved, other)
    ]
    assert prints[0] == prints[1] != prints[2]


def test_a_waived_finding_is_suppressed_with_its_reason(result: Result) -> None:
    waived = next(r for r in sarif(result)["results"] if r["ruleId"] == "A06-quality-slo-met")
    assert waived["suppressions"][0]["kind"] == "external"
    assert "until 2027-02-28" in waived["suppressions"][0]["justification"]
    assert not [
        r for r in sarif(result)["results"] if r["properties"]["state"] != "waived" and "suppressions" in r
    ]


@pytest.mark.parametrize(
    "file",
    [
        "/etc/passwd",
        "../../x.yaml",
        "C:\\x.yaml",
        "datasheet:l4-24gb",
        f"{SHIPPED_TABLES}retirements.yaml",
        "",
    ],
)
def test_a_place_outside_the_repository_is_shown_at_the_manifest(result: Result, file: str) -> None:
    finding = structs.replace(finding_of(result, "D02-answer-age"), place=Place(file, 7, 3))
    location = sarif(only(result, finding))["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == result.manifest
    assert location["region"]["startLine"] == 1


def test_paths_are_relative_to_the_repository_root() -> None:
    assert repository_path("pilot.yaml", "pilots/a") == "pilots/a/pilot.yaml"
    assert repository_path("./x/../pilot.yaml") == "pilot.yaml"
    assert repository_path("../pilot.yaml", "pilots/a") == "pilots/pilot.yaml"
    assert repository_path("../../../pilot.yaml", "pilots/a") == ""


# --- JUnit ---------------------------------------------------------------------------------------------


def test_junit_opens_in_a_reader_and_counts_agree(result: Result) -> None:
    suites = JUnitXml.fromstring(render("junit", result).encode())
    cases = [case for suite in suites for case in suite]
    assert suites.tests == len(cases) == len(result.findings)
    assert suites.failures == sum(case.is_failure for case in cases)
    assert suites.errors == sum(case.is_error for case in cases) == 1
    assert suites.skipped == sum(case.is_skipped for case in cases)


def test_junit_names_are_unique_within_their_suite(result: Result) -> None:
    cases = [case for suite in JUnitXml.fromstring(render("junit", result).encode()) for case in suite]
    assert len({(case.classname, case.name) for case in cases}) == len(cases)


@pytest.mark.parametrize("state", [State.UNKNOWN, State.ERROR, State.FAIL])
@pytest.mark.parametrize("severity", list(Severity))
def test_what_is_open_is_never_green_anywhere(result: Result, state: State, severity: Severity) -> None:
    finding = structs.replace(finding_of(result, "D02-answer-age"), state=state, severity=severity)
    one = only(result, finding)
    case = next(iter(next(iter(JUnitXml.fromstring(render("junit", one).encode())))))
    assert not case.is_passed
    assert case.is_skipped == (severity in {Severity.MEDIUM, Severity.LOW}), (
        "red only for what holds a GO back"
    )
    assert sarif(one)["results"][0]["level"] != "none"
    assert json.loads(render("gitlab", one))
    assert (
        "::error " in render("github", one)
        or "::warning " in render("github", one)
        or "::notice " in render("github", one)
    )
    assert json.loads(render("intoto", one))["predicate"]["failedTests"]


# --- GitHub --------------------------------------------------------------------------------------------


def test_annotations_stay_under_what_github_shows_and_tell_the_rest(result: Result) -> None:
    worst = finding_of(result, "D02-answer-age")
    many = only(result, *(structs.replace(worst, subject=f"sources[s{n}]") for n in range(25)))
    rows = render("github", many).splitlines()
    assert sum(row.startswith("::error ") for row in rows) == 10
    assert rows[-1] == "::notice title=poc-gate::15 more findings are in the log and the summary"


def test_the_stop_token_depends_on_the_report(result: Result) -> None:
    tokens = [render("github", one).splitlines()[0] for one in (result, only(result))]
    assert all(re.fullmatch(r"::stop-commands::[0-9a-f]{64}", token) for token in tokens)
    assert tokens[0] != tokens[1]


# --- GitLab, CSV, in-toto --------------------------------------------------------------------------------


def test_gitlab_entries_have_what_gitlab_requires(result: Result) -> None:
    entries = json.loads(render("gitlab", result))
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    for entry in entries:
        assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert entry["description"]
        assert entry["check_name"]
        assert entry["location"]["lines"]["begin"] >= 1
        assert not entry["location"]["path"].startswith(("/", "./"))


def test_csv_has_one_row_a_finding(result: Result) -> None:
    rows = list(csv.DictReader(io.StringIO(render("csv", result), newline="")))
    assert len(rows) == len(result.findings)
    assert {row["state"] for row in rows} == {state.value for state in State}


@pytest.mark.parametrize(
    ("word", "said"),
    [
        (Word.GO, "PASSED"),
        (Word.CONDITIONAL, "WARNED"),
        (Word.INSUFFICIENT, "FAILED"),
        (Word.NO_GO, "FAILED"),
    ],
)
def test_the_statement_is_valid_in_toto(result: Result, word: Word, said: str) -> None:
    judged = structs.replace(result, verdict=structs.replace(result.verdict, word=word))
    statement = json.loads(render("intoto", judged))
    Statement.copy_from_pb(ParseDict(statement, Statement([], "", {}).pb.__class__())).validate()
    predicate = {key: value for key, value in statement["predicate"].items() if key != "annotations"}
    parsed = ParseDict(predicate, test_result_pb2.TestResult())
    assert parsed.result == said
    assert statement["predicateType"] == "https://in-toto.io/attestation/test-result/v0.1"


def test_the_statement_names_the_result_by_its_bytes(result: Result) -> None:
    import hashlib

    content = find_format("json").render(result, RenderOptions())
    subjects = {s["name"]: s["digest"]["sha256"] for s in json.loads(render("intoto", result))["subject"]}
    assert subjects["result.json"] == hashlib.sha256(content).hexdigest()


# --- the mapping ---------------------------------------------------------------------------------------


WORDS = {one.name: one.states for one in formats() if one.states is not None}


def test_every_state_has_a_word_in_each_format_that_gives_one() -> None:
    assert {"sarif", "junit", "github", "gitlab", "markdown", "csv", "intoto"} <= set(WORDS)
    for words in WORDS.values():
        assert set(words.states) == set(State)
        assert words.due
        for word in words.states.values():
            assert word if isinstance(word, str) else set(word) == set(Severity)


def test_the_docs_print_the_words_that_the_code_uses() -> None:
    assert state_table(list(WORDS.items())) in (DOCS / "reports.md").read_text(encoding="utf-8")


def test_a_duty_that_binds_later_is_told_but_does_not_fail(result: Result) -> None:
    later = finding_of(result, "E06-log-retention")
    assert WORDS["sarif"].of(later) == "note"
    assert WORDS["junit"].of(later) == "skipped"
    assert (
        next(r for r in sarif(result)["results"] if r["ruleId"] == later.rule)["properties"]["due"]
        == "2027-12-02"
    )


def test_a_failure_that_only_falls_short_stops_no_check(result: Result) -> None:
    """What is a condition in the verdict is a warning in the formats for machines."""
    failing = next(
        f for f in result.findings if f.state is State.FAIL and f.severity is Severity.HIGH and not f.due
    )
    assert WORDS["sarif"].of(failing) == WORDS["github"].of(failing) == "error"
    short = structs.replace(failing, short=True)
    assert WORDS["sarif"].of(short) == WORDS["github"].of(short) == "warning"
    assert WORDS["gitlab"].of(short) == "major"
    assert WORDS["junit"].of(short) == "skipped"


def test_junit_is_valid_by_the_schema_of_jenkins(result: Result) -> None:
    assert junit_faults(fromstring(render("junit", result))) == []
    assert junit_faults(fromstring(render("junit", only(result)))) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('<testsuites skipped="1"/>', "testsuites has skipped"),
        ("<testsuites><testsuite/></testsuites>", "testsuite lacks errors"),
        ('<testsuites><testcase name="a"/></testsuites>', "testsuites holds testcase"),
        ('<testsuites time="soon"/>', "testsuites takes no time 'soon'"),
        (
            '<testsuite name="a" tests="1" failures="0" errors="0"><testcase name="a" file="b"/></testsuite>',
            "testcase has file",
        ),
        ("<failure/>", "failure cannot be the root"),
    ],
)
def test_what_jenkins_refuses_is_recognised(text: str, fault: str) -> None:
    assert fault in junit_faults(fromstring(text))


def test_junit_of_a_go_has_no_red_test(result: Result) -> None:
    lesser = [f for f in result.findings if f.severity.value in ("medium", "low")]
    text = render("junit", structs.replace(result, findings=tuple(lesser)))
    suites = fromstring(text)
    assert lesser
    assert suites.findall(".//failure") == suites.findall(".//error") == []


def test_names_in_backticks_are_code_on_a_code_host_and_the_next_step_has_its_own_line(
    result: Result,
) -> None:
    first = next(f for f in result.findings if f.severity.value == "blocker" and f.state is State.FAIL)
    told = structs.replace(first, fix="Write `slo.p99` down, then *look*.", action="", resolve=())
    text = render("markdown", structs.replace(result, findings=(told,)))
    assert "Write `slo.p99` down, then \\*look\\*." in text
    assert "\\\n  Next: " in text
    rule = json.loads(render("sarif", structs.replace(result, findings=(told,))))["runs"][0]["tool"][
        "driver"
    ]["rules"][0]
    assert "`slo.p99`" in rule["help"]["markdown"]
