"""Manifest keys as questions in plain words, and why each of them matters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Words(NamedTuple):
    """A question, and why the answer matters."""

    text: str
    why: str


ASKED: Mapping[str, Words] = {
    "pilot.name": Words("What is the pilot called?", "The name heads every report."),
    "pilot.stage": Words(
        "What should be decided: a pilot for a few people, a limited release, or production?",
        "The stage decides how much must be shown. If it is not stated, the strictest applies.",
    ),
    "pilot.use_case_class": Words(
        "How do people wait for the answer?", "Somebody at a screen needs seconds, a nightly batch hours."
    ),
    "pilot.uses": Words(
        "Which techniques does it use? Several are possible.",
        "Whole groups of rules apply or fall away with this answer.",
    ),
    "pilot.go_live": Words(
        "When is the launch planned?", "Access or approvals that come later hold up the launch."
    ),
    "purpose.intended_use": Words(
        "What is it for, in one sentence?", "What it is used for decides which duties apply."
    ),
    "purpose.audience": Words("Who sees its answers?", "The wider the audience, the more must be shown."),
    "purpose.decides": Words(
        "Does it decide, or help to decide, about people?",
        "Decisions about people need oversight and appeal.",
    ),
    "purpose.risk_tier": Words(
        "Which risk tier was it given?", "Nobody can release what has no approved tier."
    ),
    "purpose.role": Words(
        "Do you build the system for others, use it, or both?", "Duties differ for provider and deployer."
    ),
    "purpose.regimes": Words(
        "Which laws or supervisory rules apply? Write `none` if none do.",
        "One answer adds or removes a whole pack of rules.",
    ),
    "people.business_owner": Words(
        "Which role is responsible for it on the business side?",
        "Somebody must be able to accept or stop it.",
    ),
    "people.service_owner": Words("Which role runs the service?", "Somebody is called when it fails."),
    "people.reviewer": Words("Which role reviews it?", "The reviewer should not be the builder."),
    "people.builder": Words("Which role builds it?", "The reviewer should not be the builder."),
    "demand.requests_per_day": Words(
        "How many requests a day are planned?", "Load, memory, quota and cost all grow with it."
    ),
    "demand.peak_hour_share": Words(
        "What share of a day's requests falls in the busiest hour?", "Capacity has to carry the peak."
    ),
    "demand.burst_factor": Words(
        "How much busier is the busiest minute than its hour?", "Capacity has to carry the peak."
    ),
    "demand.in_tokens_p50": Words(
        "How many tokens does a typical prompt have, with everything that is retrieved?",
        "Long prompts fill memory and delay the first token.",
    ),
    "demand.in_tokens_p95": Words(
        "How many tokens does a long prompt have, one in twenty?", "Memory has to hold the long ones."
    ),
    "demand.out_tokens_p50": Words(
        "How many tokens does a typical answer have?",
        "The length of answers decides how many a machine serves.",
    ),
    "demand.out_tokens_p95": Words(
        "How many tokens does a long answer have, one in twenty?",
        "The long answers decide the slowest responses.",
    ),
    "demand.growth_12m": Words(
        "How many times today's planned load do you expect in a year?", "What fits today might not fit then."
    ),
    "slo.p50": Words(
        "How soon should half of the answers be complete?",
        "Without a promise there is nothing to keep or to break.",
    ),
    "slo.p99": Words(
        "How soon should nearly all answers (99 of 100) be complete?",
        "The slowest answers are what people remember.",
    ),
    "slo.ttft": Words("How soon should the first words appear?", "This is what people experience as speed."),
    "slo.availability": Words(
        "What share of the time must it be available?",
        "It decides how many machines and fallbacks are needed.",
    ),
    "sources[]": Words(
        "Which data sources does it read? Give short names separated by commas, or `none`.",
        "Most pilots stall because data cannot be reached in time.",
    ),
    "sources[].system": Words(
        "Which system holds this data?", "It decides how fast and how often it may be read."
    ),
    "sources[].owner": Words("Which role owns this data?", "The owner has to agree to this use."),
    "sources[].rights": Words(
        "Which agreement or licence allows the use of this data?",
        "Without the right to use the data it must not start.",
    ),
    "sources[].rights_allow_ai": Words("Does that agreement allow use by AI?", "Many agreements do not."),
    "sources[].classification": Words("How confidential is this data?", "It decides where the data may go."),
    "sources[].personal_data": Words(
        "Does it hold personal data?", "Personal data needs a basis and a reason."
    ),
    "sources[].prod_access": Words("Is access granted for production?", "Access often takes months."),
    "sources[].p50": Words("How long does a typical call to it take?", "Its time is part of every answer."),
    "sources[].p99": Words(
        "How long does a slow call to it take, one in a hundred?", "Slow calls make slow answers."
    ),
    "sources[].calls_per_request": Words(
        "How many calls to it does one request make?", "Calls multiply load and time."
    ),
    "sources[].max_age_needed": Words("How old may this data be at most?", "Old data gives wrong answers."),
    "model.name": Words("Which model answers?", "Its public name gives size, memory and context."),
    "model.hosting": Words(
        "Who runs the model: you, a provider, or is there none?", "It decides what must be measured."
    ),
    "model.artifact": Words("Where are the weights?", "What is released must be the thing that was tested."),
    "model.engine": Words(
        "Which engine serves the model?", "Engines differ in speed by a factor of several."
    ),
    "model.time_per_call": Words(
        "How long does one typical answer take today, measured?",
        "One measured time narrows every prediction of speed.",
    ),
    "model.planned_concurrency": Words(
        "How many requests must one replica work on at once?", "Each one takes memory."
    ),
    "model.quota_tokens": Words(
        "How many tokens a minute does the provider allow you?",
        "The quota is often reached before any other limit.",
    ),
    "target.device": Words("On which device does it run?", "Its memory and bandwidth limit everything."),
    "target.count": Words("How many of them does one replica have?", "Memory and speed depend on it."),
    "target.replicas": Words("How many replicas are planned?", "Each one adds the same capacity."),
    "agent.steps_typical": Words(
        "How many steps does a typical task of the agent take?", "Every step calls the model again."
    ),
    "cost.gpu_hour": Words("What does one device cost an hour?", "Without a price there is no cost."),
    "cost.in_token": Words("What does a prompt token cost?", "Without a price there is no cost."),
    "cost.out_token": Words("What does an answer token cost?", "Without a price there is no cost."),
    "cost.budget_12m": Words(
        "Which budget is approved for the first year?", "A cost is only too high compared with a budget."
    ),
    "purpose.users": Words("Who will use it?", "Who they are decides what training and notice they need."),
    "purpose.acts": Words(
        "What can it change without a person? What reaches outsiders counts as irreversible.",
        "What cannot be undone needs a person, or limits that are enforced.",
    ),
    "oversight.review_share": Words(
        "What share of its answers does a person review?", "Review finds errors, and often costs the most."
    ),
    "oversight.can_override": Words(
        "Can a person disregard, override and stop it?", "Somebody must be able to stop what goes wrong."
    ),
    "oversight.override_role": Words(
        "Which role may disregard, override and stop it?", "A right that nobody holds is not used."
    ),
    "oversight.override_signal": Words(
        "What tells that person to step in?", "Nobody steps in without a sign that it is time to."
    ),
    "evaluation.n": Words(
        "How many cases was it evaluated on?", "Few cases prove little, however well they went."
    ),
    "evaluation.failures": Words(
        "In how many of the evaluated cases did it fail?",
        "Together with the number of cases it shows how high the failure rate can be.",
    ),
    "evaluation.failure_max": Words(
        "What is the highest failure rate you accept?",
        "Fixed before the test, it cannot be bent to fit the result.",
    ),
    "monitoring.quality_signal": Words(
        "What would show you in daily use that answers are getting worse?",
        "Quality fades without an error message.",
    ),
    "monitoring.quality_owner": Words(
        "Which role acts when that signal drops?", "An alert that nobody answers changes nothing."
    ),
    "pipeline.input_gate": Words(
        "Do checks stop data that is broken or implausible before it is used?",
        "Wrong data gives wrong answers.",
    ),
    "pipeline.untrusted_separated": Words(
        "Is text from outsiders kept apart from instructions?",
        "What outsiders write can give instructions to a model.",
    ),
    "sources[].untrusted": Words(
        "Can outsiders put text into it: web pages, mail, uploads, tickets?",
        "What outsiders write can give instructions to a model.",
    ),
    "security.egress_listed": Words(
        "Is every outside destination that it may reach on a list?", "What is not listed cannot be blocked."
    ),
    "security.input_cap": Words(
        "What is the longest input it accepts?", "One huge input can stop everybody else."
    ),
    "security.output_cap": Words(
        "What is the longest answer it may give?", "Endless answers cost endless money."
    ),
    "security.rate_limit": Words(
        "Is the number of requests per user limited?", "One user can use it all up."
    ),
    "security.spend_limit": Words(
        "Is spending limited per user or tenant?", "One user can spend the whole budget."
    ),
    "operations.stop": Words(
        "How long does it take from the stop switch to a safe state?", "It has to be measured, not guessed."
    ),
    "operations.stop_target": Words(
        "How long may a safe stop take at most?", "Without a limit no time is too long."
    ),
    "operations.stop_tested_on": Words(
        "When was the stop switch last tested?", "A switch that was never used might not work."
    ),
    "operations.quality_gate": Words(
        "Does every change run the evaluation again, and stop where it fails?",
        "Small changes break behaviour.",
    ),
    "operations.gate_metrics": Words(
        "What does that evaluation measure?", "What it does not measure can get worse unseen."
    ),
    "operations.gate_triggers": Words(
        "Which changes start that evaluation?", "A change of provider or routing changes answers too."
    ),
    "operations.gate_veto": Words(
        "Can a reviewer's doubt stop a release that passes every number?", "Numbers miss what people notice."
    ),
    "evaluation.injection_reached_action": Words(
        "In how many attempts did an injection make a tool act or send data outside?",
        "One that got that far is an incident waiting to happen.",
    ),
    "security.outward_guard": Words(
        "What stops acts and messages to the outside after it has read text from outsiders?",
        "Whoever writes that text otherwise decides what is sent.",
    ),
    "agent.tools": Words(
        "Which tools may the agent call?", "Every tool is one more thing that can go wrong."
    ),
    "agent.high_impact_tools": Words(
        "Which of its tools do something that is hard to undo?",
        "Those need a person, or limits that are enforced.",
    ),
    "cost.monthly_cap": Words("At what monthly cost must it stop?", "Only a cap stops a runaway bill."),
    "cost.cap_enforced": Words(
        "Does spending stop at that cap by itself?", "A cap that only warns does not bound the cost."
    ),
    "cost.cap_alerts": Words(
        "At what shares of the cap is somebody alerted?", "An early alert leaves time to act."
    ),
    "operations.runbook": Words("Where is the runbook?", "Somebody has to know what to do at night."),
}
"""Manifest key -> words; `sources[]` asks for one more source."""
