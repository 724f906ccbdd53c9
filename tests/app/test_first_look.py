"""The first look: ten true lines give a wall, a memory answer and five questions, and each answer sharpens it."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from msgspec import structs

from poc_gate.app.assess.assess import assess
from poc_gate.app.assess.judge_case import judge_case
from poc_gate.app.assess.look.first_look import first_look, sharpening_questions
from poc_gate.app.assess.look.first_look_ends import Ends
from poc_gate.app.assess.look.unwritten_manifest import unwritten_manifest
from poc_gate.app.assess.reading.case import CaseRequest, read_case
from poc_gate.facts.known.assumed import assumptions_for, with_assumptions
from poc_gate.model.claim import Provenance
from poc_gate.model.finding import State
from poc_gate.model.parts.first_look import FirstAnswer, FirstLook
from poc_gate.report.interface import RenderOptions
from poc_gate.report.markdown.markdown_first_look import first_look_markdown
from poc_gate.report.markdown.markdown_report import render_markdown
from poc_gate.report.terminal.terminal_report import render_terminal

TEN = """\
apiVersion: poc-gate/v1
pilot: {name: ten, stage: pilot, uses: [llm]}
sources:
  - {id: handbook, system: postgres}
model: {name: Qwen/Qwen3-8B, hosting: self}
demand: {requests_per_day: 500 req/d}
slo: {ttft: 2 s}
target: {device: l4-24gb}
"""
RETRIEVED = TEN.replace("uses: [llm]", "uses: [llm, retrieval]")
FIVE = {
    "demand.out_tokens_p50": ("demand", "out_tokens_p50: 250 tok"),
    "demand.out_tokens_p95": ("demand", "out_tokens_p95: 600 tok"),
    "demand.in_tokens_p50": ("demand", "in_tokens_p50: 1200 tok"),
    "demand.in_tokens_p95": ("demand", "in_tokens_p95: 2600 tok"),
    "demand.peak_hour_share": ("demand", "peak_hour_share: 12 %"),
    "demand.burst_factor": ("demand", "burst_factor: 2.5"),
    "model.time_per_call": ("model", "time_per_call: 18 s"),
}


def written(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pilot.yaml").write_text(text)
    return folder


def looked(folder: Path, machine: str = "l4-24gb") -> FirstLook:
    request = CaseRequest(path=folder, today="2026-11-28", now="2026-11-28T00:00:00Z", machine=machine)
    case = read_case(request)
    return first_look(case, judge_case(case))


def answer(look: FirstLook, topic: str) -> FirstAnswer:
    return next(one for one in look.answers if one.topic == topic)


def with_line(text: str, section: str, line: str) -> str:
    """Return the manifest with one more key in a section written on one line."""
    head = f"{section}: {{"
    assert head in text
    return text.replace(head, f"{head}{line}, ")


def test_ten_lines_give_a_wall_a_memory_answer_and_five_questions(tmp_path: Path) -> None:
    look = looked(written(tmp_path, TEN))
    wall = answer(look, "wall")
    assert wall.low is not None
    assert wall.likely is not None
    assert wall.high is not None
    assert 0 < wall.low < wall.likely < wall.high
    memory = answer(look, "memory")
    assert memory.sentence.startswith("Fits: the weights take 14.9 GiB of 22.4 GiB, which leaves ")
    assert memory.sentence.endswith(" long requests at once.")
    assert memory.low is not None
    assert memory.low >= 1
    assert "cannot be bounded yet" in answer(look, "cost").sentence
    assert len(look.questions) == 5
    assert len({question.fact for question in look.questions}) == 5


def test_no_question_asks_what_the_tool_can_look_up(tmp_path: Path) -> None:
    folder = written(tmp_path, TEN)
    request = CaseRequest(path=folder, today="2026-11-28", now="2026-11-28T00:00:00Z", machine="l4-24gb")
    tree = read_case(request).tree
    for question in looked(folder).questions:
        assert tree.get(question.fact).value is None, question.fact
        assert not question.fact.startswith(("machine.", "flow.")), question.fact
    assert tree.get("model.parameters").provenance is Provenance.ASSUMED


def test_five_answers_bring_the_wall_below_a_factor_of_three(tmp_path: Path) -> None:
    text, widths = TEN, []
    for step in range(6):
        look = looked(written(tmp_path / str(step), text))
        wall = answer(look, "wall")
        assert wall.low is not None
        assert wall.high is not None
        widths.append(wall.high / wall.low)
        asked = [question.fact for question in look.questions if question.fact in FIVE]
        if not asked:
            break
        text = with_line(text, *FIVE[asked[0]])
    assert len(widths) <= 6
    assert widths[0] > 10
    assert widths[-1] < 3
    assert all(later < earlier * 1.001 for earlier, later in itertools.pairwise(widths)), widths


def test_every_assumed_value_is_labelled_with_its_interval_and_source(tmp_path: Path) -> None:
    look = looked(written(tmp_path, TEN))
    named = {one.fact for one in look.assumed}
    for one in look.answers:
        assert set(one.rests_on) <= named, one.topic
    for value in look.assumed:
        assert value.low <= value.likely <= value.high
        assert value.why


def test_assumed_facts_stay_out_of_the_verdict(tmp_path: Path) -> None:
    folder = written(tmp_path, TEN)
    result = assess(
        CaseRequest(path=folder, today="2026-11-28", now="2026-11-28T00:00:00Z", machine="l4-24gb")
    )
    passed = [finding for finding in result.findings if finding.state is State.PASS]
    facts = {fact.name: fact for fact in result.facts}
    assert "demand.in_tokens_p50" not in {name for name, fact in facts.items() if fact.value is not None}
    for finding in passed:
        assert finding.held is not None, finding.rule
    assert result.first_look is not None


def test_the_stated_device_is_looked_up_where_the_machine_has_no_accelerator(tmp_path: Path) -> None:
    assert answer(looked(written(tmp_path, TEN), machine="epyc-9654"), "memory").likely is not None


def test_both_ends_of_an_assumption_change_the_answer(tmp_path: Path) -> None:
    folder = written(tmp_path, TEN)
    request = CaseRequest(path=folder, today="2026-11-28", now="2026-11-28T00:00:00Z", machine="l4-24gb")
    tree = read_case(request).tree
    for one in assumptions_for(tree):
        better = with_assumptions(tree, end="better").get(one.fact)
        worse = with_assumptions(tree, end="worse").get(one.fact)
        assert better.value != worse.value, one.fact
        assert better.provenance is Provenance.ASSUMED
    ends = Ends(tree)
    assert sharpening_questions(ends)
    assert ends.width() > ends.width(sharpening_questions(ends))


def test_a_stated_value_is_never_assumed(tmp_path: Path) -> None:
    look = looked(written(tmp_path, with_line(TEN, "demand", "in_tokens_p50: 1200 tok")))
    assert "demand.in_tokens_p50" not in {one.fact for one in look.assumed}


ARCHETYPES = {
    "hosted chat": "pilot: {name: a, stage: pilot, uses: [llm]}\nmodel: {name: gpt-4o, hosting: hosted}\n"
    "demand: {requests_per_day: 2000 req/d}\nsources: []\n",
    "hosted retrieval": "pilot: {name: a, stage: pilot, uses: [llm, retrieval]}\n"
    "model: {name: claude-sonnet-4-5, hosting: hosted}\ndemand: {requests_per_day: 300 req/d}\n"
    "sources:\n  - {id: wiki, system: confluence}\nretrieval: {embedder: text-embedding-3-small}\n",
    "self-hosted retrieval": TEN.removeprefix("apiVersion: poc-gate/v1\n").replace(
        "[llm]", "[llm, retrieval]"
    ),
    "harmless agent": "pilot: {name: a, stage: pilot, uses: [llm, agent]}\nmodel: {name: gpt-4o, hosting: hosted}\n"
    "demand: {requests_per_day: 100 req/d}\nagent: {tools: [search]}\nsources: []\n",
    "agent on own machine": "pilot: {name: a, stage: pilot, uses: [llm, agent]}\n"
    "model: {name: openai/gpt-oss-20b, hosting: self}\ndemand: {requests_per_day: 100 req/d}\n"
    "target: {device: l40s-48gb}\nsources: []\n",
    "batch classifier": "pilot: {name: a, stage: pilot, uses: [classic-ml, batch], use_case_class: batch}\n"
    "model: {hosting: none}\nsources:\n  - {id: table, system: snowflake}\n",
    "batch language model": "pilot: {name: a, stage: pilot, uses: [llm, batch], use_case_class: batch}\n"
    "model: {name: mistralai/Mixtral-8x7B-v0.1, hosting: self}\ndemand: {requests_per_day: 50000 req/d}\n"
    "target: {device: a100-sxm-80gb}\nsources: []\n",
    "fraud scoring": "pilot: {name: a, stage: pilot, uses: [classic-ml], use_case_class: interactive}\n"
    "model: {hosting: self, kind: tabular}\ndemand: {requests_per_day: 200000 req/d}\nslo: {p99: 120 ms}\n"
    "sources: []\n",
    "training": "pilot: {name: a, stage: pilot, uses: [training]}\nmodel: {hosting: none}\nsources: []\n",
    "too large": "pilot: {name: a, stage: pilot, uses: [llm]}\nmodel: {name: deepseek-ai/DeepSeek-R1, hosting: self}\n"
    "demand: {requests_per_day: 500 req/d}\ntarget: {device: l4-24gb}\nsources: []\n",
}


@pytest.mark.parametrize("name", ARCHETYPES)
def test_ten_archetypes_each_get_a_first_look(name: str, tmp_path: Path) -> None:
    text = f"apiVersion: poc-gate/v1\n{ARCHETYPES[name]}"
    assert len(text.splitlines()) <= 10
    look = looked(written(tmp_path, text))
    assert len(look.questions) == 5
    named = {one.fact for one in look.assumed}
    for one in look.answers:
        assert one.sentence.endswith("."), one.sentence
        assert set(one.rests_on) <= named
        if one.low is not None and one.high is not None:
            assert one.likely is not None
            assert one.low <= one.likely * 1.0001
            assert one.likely <= one.high * 1.0001
    topics = {one.topic for one in look.answers}
    if "hosted" in name or "agent" in name:
        assert topics & {"quota", "wall"}
    if name == "too large":
        assert answer(look, "memory").sentence.startswith("Does not fit")


def repository(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "requirements.txt").write_text("openai==2.1.0\nfastapi==0.120.0\nsqlalchemy==2.0.40\n")
    (folder / "app.py").write_text(
        "import os\nfrom openai import OpenAI\n\nclient = OpenAI()\n\n\n"
        'def answer(text: str) -> str:\n    done = client.chat.completions.create(model="gpt-4o", '
        'messages=[{"role": "user", "content": text}])\n    return done.choices[0].message.content\n'
    )
    return folder


def test_a_folder_without_a_manifest_is_looked_at_and_nothing_is_written(tmp_path: Path) -> None:
    folder = repository(tmp_path / "shop-assistant")
    before = sorted(path.name for path in folder.iterdir())
    request = CaseRequest(path=folder, today="2026-11-28", now="2026-11-28T00:00:00Z", look=True)
    result = assess(request)
    assert sorted(path.name for path in folder.iterdir()) == before
    look = result.first_look
    assert look is not None
    assert look.without_manifest
    seen = {one.fact: one for one in look.seen}
    assert seen["model.name"].value == "gpt-4o"
    assert "app.py:8" in seen["model.name"].place
    assert "llm" in seen["pilot.uses"].value
    assert len(look.questions) == 5
    assert (
        result.verdict.word.value == "INSUFFICIENT EVIDENCE"
    )  # only production forbids an alias that can move
    assert "NO-GO" in result.verdict.reasons[0]
    for stage, word in (("pilot", "INSUFFICIENT EVIDENCE"), ("production", "NO-GO")):
        assert assess(structs.replace(request, stage=stage)).verdict.word.value == word
    assert result.machine is not None
    assert result.machine.kind == "none"


def test_a_comment_says_what_the_terminal_says_about_the_first_look(tmp_path: Path) -> None:
    result = assess(
        CaseRequest(
            path=written(tmp_path, TEN), today="2026-11-28", now="2026-11-28T00:00:00Z", machine="l4-24gb"
        )
    )
    assert result.first_look is not None
    text = first_look_markdown(result)
    assert text.startswith("### What can be said already")
    assert text.count("\n- ") == len(result.first_look.answers)
    assert "Assumed, because nobody has said" in text
    assert "5. " in text
    assert text in render_markdown(result, RenderOptions()).decode()


def test_a_promise_that_no_load_keeps_is_said_as_such(tmp_path: Path) -> None:
    sources = "".join(
        f"  - {{id: s{number}, system: postgresql, calls_per_request: 1, p50: 100 ms, p95: 300 ms, p99: 600 ms}}\n"
        for number in range(40)
    )
    manifest = (
        "apiVersion: poc-gate/v1\n"
        "pilot: {name: forty, stage: pilot, use_case_class: interactive, uses: [llm]}\n"
        "demand: {requests_per_day: 5000 req/d}\nslo: {p95: 2 s}\n"
        f"model: {{hosting: hosted, time_per_call: 1.2 s}}\nsources:\n{sources}"
    )
    said = answer(looked(written(tmp_path, manifest)), "wall").sentence
    assert said.startswith("As described, it cannot keep its promises at any load. The 95th percentile")
    assert "serves 0" not in said
    assert said.endswith("req/s.")


def test_without_a_device_it_says_from_how_much_memory_on_the_model_fits(tmp_path: Path) -> None:
    text = TEN.replace("target: {device: l4-24gb}\n", "")
    look = unprobed(written(tmp_path / "a", text))
    least = answer(look, "least-memory")
    assert least.low is not None
    assert least.high is not None
    weights = 8.19e9 * 2
    assert weights / 0.9 < least.low < least.high < 1.5 * weights
    assert least.sentence.startswith("No device is stated: the model fits from ")
    assert "16 GB of it for the weights" in least.sentence
    assert set(least.rests_on) <= {one.fact for one in look.assumed}
    assert "demand.in_tokens_p95" in least.rests_on
    assert "demand.peak_hour_share" not in least.rests_on
    assert not [one for one in look.answers if one.topic == "memory"]

    sharper = text
    for key in (
        "demand.in_tokens_p50",
        "demand.in_tokens_p95",
        "demand.out_tokens_p50",
        "demand.out_tokens_p95",
    ):
        sharper = with_line(sharper, *FIVE[key])
    known = answer(unprobed(written(tmp_path / "b", sharper)), "least-memory")
    assert known.low is not None
    assert known.high is not None
    assert known.high / known.low < least.high / least.low

    stated = looked(written(tmp_path / "c", TEN))
    assert not [one for one in stated.answers if one.topic == "least-memory"]


@pytest.mark.parametrize(
    "model", ["{name: openai/gpt-4o, hosting: hosted}", "{name: some/own-model, hosting: self}"]
)
def test_no_memory_is_named_for_a_model_that_runs_elsewhere_or_is_unknown(tmp_path: Path, model: str) -> None:
    text = TEN.replace("target: {device: l4-24gb}\n", "").replace(
        "{name: Qwen/Qwen3-8B, hosting: self}", model
    )
    assert not [one for one in unprobed(written(tmp_path, text)).answers if one.topic == "least-memory"]


def unprobed(folder: Path) -> FirstLook:
    """Return the first look where no machine is known at all."""
    request = CaseRequest(path=folder, today="2026-11-28", now="2026-11-28T00:00:00Z", unprobed=True)
    case = read_case(request)
    return first_look(case, judge_case(case))


def test_imported_prices_with_their_date_bound_the_cost_of_a_month(tmp_path: Path) -> None:
    prices = "prices: {gpu_hour: 0.80 EUR/h, read_on: 2026-11-01}\n"
    text = TEN.replace("pilot: {", "imports: [prices.yaml]\npilot: {")
    folder = written(tmp_path, text)
    (folder / "prices.yaml").write_text(prices)
    cost = answer(looked(folder), "cost").sentence
    assert cost == "A month costs 580 EUR at the prices of 2026-11-01."
    hosted = (
        text.replace("hosting: self", "hosting: hosted")
        .replace("Qwen/Qwen3-8B", "gpt-4o")
        .replace("device: l4-24gb", "")
    )
    (folder / "pilot.yaml").write_text(hosted)
    (folder / "prices.yaml").write_text("prices: {in_token: 2 EUR/Mtok, read_on: 2026-11-01}\n")
    cost = answer(looked(folder), "cost").sentence
    assert cost.startswith("A month costs at least ")
    assert cost.endswith("not counted, as nobody has said: cost.out_token.")


@pytest.mark.parametrize(("a_day", "says"), [("500", False), ("500,000", True)])
def test_a_plan_beyond_all_that_is_served_is_said(tmp_path: Path, a_day: str, says: bool) -> None:
    text = TEN.replace("500 req/d", f'"{a_day} req/d"')
    look = looked(written(tmp_path, text))
    wall, said = answer(look, "wall"), answer(look, "wall").sentence
    assert ("times that" in said) is says
    if says:
        factor = float(said.split("at least ")[1].split(" times")[0])
        assert factor == pytest.approx(answer_peak(said) / wall.high, rel=0.1)


def answer_peak(sentence: str) -> float:
    """Return the least load that a sentence names as planned, in requests a second."""
    return float(sentence.split("planned peak is ")[1].split(" ", maxsplit=1)[0])


def test_the_short_report_says_what_can_be_said_and_what_to_answer_first(tmp_path: Path) -> None:
    request = CaseRequest(
        path=written(tmp_path, TEN), today="2026-11-28", now="2026-11-28T00:00:00Z", machine="l4-24gb"
    )
    result = assess(request)
    rows = render_terminal(result, RenderOptions(width=80)).decode().splitlines()
    text = "\n".join(rows)
    assert len(rows) <= 24
    look = result.first_look
    assert look is not None
    for width in (60, 80):
        words = " ".join(render_terminal(result, RenderOptions(width=width)).decode().split())
        assert all(one.text in words for one in look.questions)
    assert max(map(len, rows)) <= 80
    assert "Not timed yet: the source handbook." in " ".join(text.split())
    assert "One replica of the model serves" in text
    assert "the weights take" in text
    assert "assumed values" in text
    assert "The five questions that matter most" in text
    assert text.index("demand.out_tokens_p50") < text.index("INSUFFICIENT EVIDENCE")
    assert text.index("INSUFFICIENT EVIDENCE") < text.index("next: poc-gate path")


@pytest.mark.parametrize("engine", ["", ", engine: vllm", ", engine: sglang", ", engine: tgi"])
def test_an_unstated_engine_leaves_the_memory_answer_what_it_is_on_every_usual_engine(
    tmp_path: Path, engine: str
) -> None:
    text = RETRIEVED.replace("hosting: self", f"hosting: self{engine}")
    assert answer(looked(written(tmp_path, text)), "memory").sentence.startswith("Fits: ")


def test_a_model_that_leaves_less_than_one_long_request_is_not_called_fitting(tmp_path: Path) -> None:
    tight = RETRIEVED.replace("Qwen/Qwen3-8B", "Qwen/Qwen3-14B")
    assert not answer(looked(written(tmp_path, tight)), "memory").sentence.startswith("Fits")


def test_a_retired_model_is_one_sentence_at_its_own_place_and_sources_are_named_once(tmp_path: Path) -> None:
    root = tmp_path / "shop"
    root.mkdir()
    (root / "ask.py").write_text(
        "import boto3\nfrom openai import OpenAI\n\nstore = boto3.client('s3', region_name='eu-west-1')\n"
        "OpenAI().chat.completions.create(model='gpt-3.5-turbo-0613', messages=[], max_tokens=64)\n"
    )
    asked = CaseRequest(path=root, today="2026-11-28", now="2026-11-28T00:00:00Z", look=True)
    text = " ".join(render_terminal(assess(asked), RenderOptions(width=100)).decode().split())
    assert "The provider stopped serving gpt-3.5-turbo-0613" in text
    assert re.search(r"\d+ days ago", text)
    assert "E12" not in text, "what nobody stated of the provider's terms has no gaps yet"
    assert "the answer today is INSUFFICIENT EVIDENCE, since nobody has said which stage this is for" in text
    assert "for production it would be NO-GO" in text
    assert "pilot.yaml:" not in text
    assert "retirements.yaml" not in text
    assert "data source: s3 ask.py:4" in text
    assert "region of s3: eu-west-1" in text
    assert "the model runs: at a provider" in text
    assert "longest answer: 64 tok" in text
    assert "talks to: api.openai.com" in text


def test_so_many_people_bound_the_load_that_nobody_stated(tmp_path: Path) -> None:
    """40 people with 23 to 89 seconds between two questions ask at most 40/89 to 40/23 times a second."""
    text = TEN.replace("demand: {requests_per_day: 500 req/d}", "purpose: {audience_size: 40}")
    said = answer(looked(written(tmp_path / "some", text)), "audience")
    assert (said.low, said.high) == pytest.approx((40 / 89, 40 / 23))
    assert "0.45 to 1.7 req/s" in said.sentence
    stated = looked(written(tmp_path / "stated", f"{TEN}purpose: {{audience_size: 40}}\n"))
    assert "audience" not in {one.topic for one in stated.answers}


def test_models_of_which_one_answers_are_named_and_left_to_be_confirmed(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("openai==1.50.0\nanthropic==0.40.0\n")
    (tmp_path / "service.py").write_text(
        "from openai import OpenAI\nfrom anthropic import Anthropic\n\n\ndef by_one(text):\n"
        "    return OpenAI().chat.completions.create(model='gpt-4o-2024-11-20', messages=[{'role': 'user', 'content': text}])\n\n\n"
        "def by_other(text):\n"
        "    return Anthropic().messages.create(model='claude-sonnet-4-5-20250929', max_tokens=900, messages=[])\n"
    )
    _, seen = unwritten_manifest(tmp_path, lambda _text, _share: None)
    (model,) = [one for one in seen if one.fact == "model.name"]
    assert model.value == "one of gpt-4o-2024-11-20, claude-sonnet-4-5-20250929"
    assert not model.certain
    assert model.place.endswith("service.py:6:51")


def test_a_model_of_chats_beside_the_one_that_answers_is_named_as_perhaps_asked(tmp_path: Path) -> None:
    asks = "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='{}', messages=[])\n"
    (tmp_path / "api").mkdir()
    (tmp_path / "api" / "chat.py").write_text(asks.format("gpt-4o-2024-11-20"))
    (tmp_path / "other.py").write_text(asks.format("gpt-4o-mini-2024-07-18"))
    seen = {one.fact: one for one in unwritten_manifest(tmp_path, lambda *_: None)[1]}
    assert seen["model.name"].value == "gpt-4o-2024-11-20"
    assert (seen["models.asked"].value, seen["models.asked"].place) == (
        "gpt-4o-mini-2024-07-18",
        "other.py:3:40",
    )
    assert "models" not in seen
    result = assess(CaseRequest(path=tmp_path, today="2026-11-28", now="2026-11-28T00:00:00Z", look=True))
    screen = render_terminal(result, RenderOptions(width=100)).decode()
    assert "perhaps other models: gpt-4o-mini-2024-07-18 (to confirm)" in screen


def test_models_beside_the_one_that_answers_and_stores_that_are_asked_about_are_named(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("openai==1.50\nredis==5.0\n")
    (tmp_path / "settings.yaml").write_text("database:\n  host: ${DATABASE_HOST:localhost:5432}\n")
    (tmp_path / "app.py").write_text(
        "import openai\nimport redis\n\nredis.Redis(host='cache')\nclient = openai.OpenAI()\n"
        "client.chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n"
        "client.embeddings.create(model='text-embedding-3-small', input='')\nclient.audio.transcriptions.create(model='whisper-1')\n"
    )
    seen = {one.fact: one for one in unwritten_manifest(tmp_path, lambda *_: None)[1]}
    assert seen["models"].value == "text-embedding-3-small (embedding), whisper-1 (speech)"
    assert (seen["sources.asked"].value, seen["sources.asked"].place) == ("postgresql", "settings.yaml:2:9")
    result = assess(CaseRequest(path=tmp_path, today="2026-11-28", now="2026-11-28T00:00:00Z", look=True))
    screen = render_terminal(result, RenderOptions(width=100)).decode()
    assert "other models: text-embedding-3-small (embedding), whisper-1 (speech)" in screen
    assert "perhaps a data source: postgresql (to confirm)" in screen


def test_a_model_that_screens_and_is_off_by_default_is_named_as_perhaps_used(tmp_path: Path) -> None:
    (tmp_path / "settings.py").write_text(
        "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    enable_guardrails: bool = False\n\n\nsettings = Settings()\n"
    )
    (tmp_path / "guardrails.py").write_text(
        "from openai import OpenAI\n\n\ndef screen(text):\n    return OpenAI().moderations.create(model='omni-moderation-2024-09-26', input=text)\n"
    )
    (tmp_path / "app.py").write_text(
        "from openai import OpenAI\nfrom guardrails import screen\nfrom settings import settings\n\nif settings.enable_guardrails:\n    screen('x')\n"
        "OpenAI().chat.completions.create(model='gpt-4o-2024-11-20', messages=[])\n"
    )
    seen = {one.fact: one for one in unwritten_manifest(tmp_path, lambda *_: None)[1]}
    assert seen["model.name"].value == "gpt-4o-2024-11-20"
    assert seen["models.asked"].value == "omni-moderation-2024-09-26"
    assert not seen["models.asked"].certain


def test_providers_that_are_asked_about_are_named_as_perhaps_talked_to(tmp_path: Path) -> None:
    (tmp_path / "service.py").write_text(
        "from anthropic import Anthropic\nfrom mistralai import Mistral\nfrom openai import OpenAI\n\n\ndef ask(text):\n"
        "    OpenAI().chat.completions.create(model='gpt-4o-2024-11-20', messages=[text])\n\n\n"
        "def by_others(text, name):\n    if name:\n        return Anthropic().messages.create(messages=[text])\n    return Mistral().chat.complete(messages=[text])\n"
    )
    seen = {one.fact: one for one in unwritten_manifest(tmp_path, lambda *_: None)[1]}
    assert seen["security.egress.asked"].value == "api.anthropic.com, api.mistral.ai"
    assert not seen["security.egress.asked"].certain
    assert not [fact for fact in seen if fact.startswith("security.egress[api.anthropic")]
    assert seen["security.egress[api.openai.com].name"].value == "api.openai.com"


def test_what_decides_against_it_begins_with_the_title_and_lists_three_places(tmp_path: Path) -> None:
    """Five files hold the key, each below a folder whose path is longer than a line; every path is shown whole."""
    root = tmp_path / "shop"
    folder = root / "deployment" / "of-the-assistant-for-people-who-call-the-shop" / "docker-compose-files"
    folder.mkdir(parents=True)
    key = "AKIA" + "Q3EGRIT7YJ5VN2XP"
    for number in range(5):
        (folder / f"settings-of-the-service-{number}.env").write_text(f"AWS_ACCESS_KEY_ID={key}\n")
    asked = CaseRequest(path=root, today="2026-11-28", now="2026-11-28T00:00:00Z", look=True)
    lines = render_terminal(assess(asked), RenderOptions(width=72)).decode().splitlines()
    words = " ".join(line.strip() for line in lines)
    assert "There are secrets in the repository (F06-no-secrets). Secrets that a scan found" in words
    place = str(folder.relative_to(root) / "settings-of-the-service-")
    assert [number for number in range(5) if f"{place}{number}.env:1" in words] == [0, 1, 2]
    assert f"{place}2.env:1 and 2 more." in words


def test_what_trains_is_not_told_to_wait_for_requests_that_nobody_is_asked_about(tmp_path: Path) -> None:
    root = tmp_path / "churn"
    root.mkdir()
    (root / "train.py").write_text(
        "from sklearn.linear_model import LogisticRegression\n\n"
        "model = LogisticRegression().fit([[0], [1]], [0, 1])\nprint(model.predict([[1]]))\n"
    )
    asked = CaseRequest(path=root, today="2026-11-28", now="2026-11-28T00:00:00Z", look=True)
    text = " ".join(render_terminal(assess(asked), RenderOptions(width=100)).decode().split())
    assert "trained model, training" in text
    assert "Nothing about load, memory, quota or cost yet." in text
    assert "demand.requests_per_day" not in text


def test_a_retired_version_is_named_since_others_may_be_served_still(tmp_path: Path) -> None:
    root = tmp_path / "chat"
    root.mkdir()
    (root / "main.bicep").write_text(
        "resource ai 'Microsoft.CognitiveServices/accounts@2023-05-01' = {\n  kind: 'OpenAI'\n}\n"
        "resource chat 'Microsoft.CognitiveServices/accounts/deployments@2023-05-01' = {\n  parent: ai\n"
        "  name: 'chat'\n  properties: {\n    model: {\n      name: 'gpt-35-turbo'\n      version: '0301'\n    }\n  }\n}\n"
    )
    (root / "ask.py").write_text(
        "from openai import AzureOpenAI\n\nAzureOpenAI().chat.completions.create(model='chat', messages=[])\n"
    )
    asked = CaseRequest(path=root, today="2026-11-28", now="2026-11-28T00:00:00Z", look=True)
    text = " ".join(render_terminal(assess(asked), RenderOptions(width=100)).decode().split())
    assert "The provider stopped serving version 0301 of gpt-35-turbo" in text
