"""A tool's name and what its code calls -> whether it reads, writes, or does what cannot be undone."""

from __future__ import annotations

import re
from collections.abc import Iterable

from poc_gate.inputs.repository.noting.meanings import RUNS_STATEMENTS

_IRREVERSIBLE = re.compile(
    r"^(?:delete|discard|remove|drop|cancel|refund|transfer|pay|purchase|buy|sell|execute|exec|run|terminate|teardown|revoke|grant|deploy|destroy|purge|empty|trash|wipe|reset|kill|approve|reject|charge|withdraw|submit|place|shell|bash|merge)$"
)
_WRITES = re.compile(
    r"^(?:send|post|create|update|write|add|insert|save|store|publish|notify|email|mail|schedule|book|upload|put|set|edit|modify|append|invite|assign|register|escalate|open|move|rename|push|upsert|comment|reply|trigger|enqueue|log|record|remember|issue|file)$"
)
_BEGINS = re.compile(
    r"^(?:apply|mark|unpublish|reorder|resend|start|stop|restart|enable|disable|pause|resume|archive|restore|sync|attach|detach|link|unlink|finali[sz]e|import|pin|unpin|block|unblock|lock|unlock|suspend|activate|deactivate|toggle|capture|tag|subscribe|unsubscribe|react|complete|ship|clone|fork|acknowledge)$"
)
"""What changes something where a name begins with it; behind another word it is the name of a thing."""
_MAKES = re.compile(r"^(?:generate|design|plan|assemble|compose|outline|sketch)$")
"""What only makes a text where a name begins with it: a later word says what the text is about."""
_OUTWARD = re.compile(
    r"^(?:send|post|publish|notify|email|mail|book|ship|block|suspend|lock|invite|reply|refund|transfer|pay|purchase|buy|sell|charge|withdraw|cancel|terminate)$"
)
"""What reaches somebody outside, or takes something from them."""
_SENDS = frozenset({"send", "reply", "post", "broadcast"})
_TO_PEOPLE = frozenset(["email", "emails", "mail", "mails", "gmail", "outlook", "sms", "dm", "dms", "slack", "teams", "whatsapp", "telegram", "discord", "channel", "notification", "notifications", "invite", "invites", "invitation", "invitations", "newsletter", "newsletters", "tweet", "tweets", "alert", "alerts", "communication", "letter", "replacement", "parcel"])  # fmt: skip
"""What goes out to people, and the ways it goes: nobody takes it back."""
_READS = re.compile(
    r"^(?:get|list|search|fetch|find|read|query|lookup|look|check|retrieve|calculate|compute|describe|show|count|summarize|summarise|analyze|analyse|validate|convert|parse|view|browse|web|load|extract|translate|compare|estimate|recommend|rank|inspect|semantic|similarity|current|weather|web(?:search|scrape|fetch)|scrape|crawl|ask|answer|explain|review|assess|score|match|monitor|track|evaluate|identify|propose|suggest|draft|simulate|prepare|select|filter|classify|detect|verify|display|render|preview|rag|retrieval|retriever|research)$"
)
_CLOSED = re.compile(r"^(?:accounts?|tickets?|orders?|cases?|issues?|positions?|incidents?|claims?)$")
"""What is closed for somebody: a page or a session is only left."""
_PROGRAMS = re.compile(r"^(?:code|commands?|shell|bash|scripts?|sql|query|queries|python|programs?|terminal|cmd|jobs?|workflows?|pipelines?|actions?|container|notebook|cell|in|on|process|task|playbook|deployment|migration)$")  # fmt: skip
"""What is run with effects that its name does not say."""
_PLANNED = re.compile(r"^(?:scheduled?|schedules|reminders?|timers?|alarms?|tasks?|wake(?:up)?s?|crons?)$")
"""What is called off and can be planned again."""
_OF_A_VIEW = re.compile(
    r"^(?:cameras?|views?|viewport|zoom|scenes?|layout|canvas|display|screen|theme|highlights?|selections?|filters?|caches?|limits?|counters?|timers?|quotas?|ui)$"
)
"""What is put back to how it was at first, and nothing that anybody keeps is lost."""
_BASKETS = re.compile(r"^(?:carts?|baskets?|wishlists?|watchlists?|favou?rites?|bookmarks?|playlists?)$")
"""What things are put into and taken out of again."""
_SUMS = re.compile(r"^(?:days?|weeks?|months?|years?|hours?|minutes?|numbers?|integers?|floats?)$")
"""What is only worked out where it is added: a day that lies later, a sum."""
_RUNNERS = re.compile(r"^(?:agents?|tests?|evals?|evaluations?|research|simulations?)$")
"""What is run where the name of the whole thing comes first: `agent_run`."""
_AGENTS = re.compile(r"^(?:agents?|root|supervisor|orchestrator|coordinator|parent|assistant)$")
"""Who takes a conversation over within the pilot: nothing leaves it."""
_PEOPLE = frozenset({"human", "person", "live", "real", "staff", "operator"})
_ASKED = _PEOPLE | {"expert", "manager", "colleague", "supervisor", "team"}
"""Who gets a message when he is asked something."""
_ASKED_THERE = re.compile(r"^(?:panel|dashboard|metrics?|logs?|traces?|promql|logql|search|report)$")
"""Of what a query only reads, whoever runs it."""
_ONLY_ASKS = re.compile(r"^(?:promql|logql|traceql)$")
"""Languages in which nothing but a question can be put."""
_STUDIES = re.compile(r"^(?:analysis|search|report|check|checks|evaluation|forecast|simulation|prediction|inference|diagnostics|audit|backtests?|benchmarks?|tests?|experiments?|scans?|assessments?|validations?|review|lookup|comparison)$")  # fmt: skip
_GIVEN = re.compile(
    r"^(?:answers?|results?|responses?|outputs?|final|findings?|summary|verdict|conclusion|solution|plan)$"
)
"""What an agent hands in to end its work: it stays within the pilot."""
_MONEY = re.compile(r"^(?:refunds?|compensations?|payments?|payouts?|reimbursements?|invoices?|vouchers?)$")
"""What is paid out, or asked for, is not taken back."""
_ABOUT = re.compile(
    r"^(?:polic(?:y|ies)|faqs?|info|information|details|status|rules|guidelines|terms|eligibility|history|options|quotes?|rag|search)$"
)
"""What is asked about money or goods: `refund_policy` pays nothing back."""
_ALSO_THINGS = frozenset({"refund", "transfer", "charge", "purchase", "withdraw", "place", "file"})
"""Verbs that are names of things as well."""
_PAYS = re.compile(r"^(?:authori[sz]e|process|confirm|initiate|make|capture|request)$")
"""What sets money in motion where a payment follows."""
_WORDS = re.compile(r"[A-Za-z][a-z]*|[A-Z]+(?![a-z])")

_KEPT = r"(?:db|database|index|store|storage|vector_?store|collection|table|graph|knowledge_?base|memory|supabase|postgres|neo4j|qdrant|pinecone|chroma|milvus|weaviate|elastic(?:search)?|opensearch|mongo(?:db)?|redis|dynamodb|bigquery|s3|blob)"
"""What a function of the pilot's own puts things into, by its name."""
_ACTS = (
    ("irreversible", RUNS_STATEMENTS, re.compile(r"\(\w+\)$")),
    ("irreversible", "runs programs", re.compile(r"(?:^|\.)(?:subprocess\.(?:run|call|Popen|check_output|check_call)|os\.(?:system|popen)|exec|eval|execSync|spawn|create_subprocess_(?:exec|shell))$")),
    ("irreversible", "deletes", re.compile(r"(?:requests|httpx|client|session|axios|http)\.delete$|(?:^|\.)(?:os\.remove|unlink|rmtree|delete_(?:object|item|one|many|table|collection)\w*|terminate_instances|drop_\w+)$")),
    ("writes", "sends messages", re.compile(r"(?:^|\.)(?:send_message|sendmail|send_mail|send_email|chat_postMessage|sendMail|publish)$|smtplib")),
    ("writes", "changes data", re.compile(r"(?:requests|httpx|session|axios|http)\.(?:put|patch)$|(?:^|\.)(?:put_(?:object|item)|insert_(?:one|many)|update_(?:one|many|item)|create_(?:issue|event|ticket|task|order|record)\w*|upsert|commit)$")),
    ("writes", "keeps what it is given", re.compile(rf"(?:^|[._])(?:add|insert|store|save|upsert|write|ingest)_(?:\w+_)?(?:to|in|into)_(?:\w+_)?{_KEPT}$|(?:^|[._])(?:upsert|insert|store|save|ingest)_(?:\w+_)?(?:documents?|chunks?|embeddings?|vectors?|rows?|nodes?)$")),
    ("posts", "posts", re.compile(r"(?:requests|httpx|client|session|axios|http)\.post$")),
)  # fmt: skip
_SQL = re.compile(
    r"(?is)^\s*(?:insert\s+into|update\s+\w+\s+set|delete\s+from|drop\s|truncate\s|alter\s|merge\s+into)"
)
_HARMLESS = frozenset(
    ["get", "int", "str", "float", "bool", "len", "strip", "lower", "upper", "format", "join", "append", "items", "keys", "values", "isinstance", "dict", "list", "tuple", "set", "round", "max", "min", "sum", "sorted", "abs", "any", "all", "zip", "enumerate", "range", "split", "startswith", "endswith", "replace", "info", "debug", "warning", "error", "exception", "isoformat", "now", "utcnow", "dumps", "loads"]
)  # fmt: skip
"""Calls that reach nothing outside the function."""
_SIDE_BY_SIDE = re.compile(r"(?i)(?:^|[._])(?:asyncio|loop|tg|tasks?_?group|nursery)\.create_task$")
"""What only runs at the same time: it makes no task for anybody. An `eval` without the names of Python works out figures."""
_ORDER = ("reads", "unknown", "writes", "irreversible")


def effect_of_tool(name: str, calls: Iterable[str] = (), texts: Iterable[str] = ()) -> tuple[str, str]:
    """Return a tool's effect and the reason: by what its code calls first, then by the verb of its name."""
    texts = list(texts)
    figures = "__builtins__" in texts
    calls = [call for call in calls if not (_SIDE_BY_SIDE.search(call) or (figures and call == "eval"))]
    by_name, verb = _by_verb(name)
    if calls and all(call.rpartition(".")[2] in _HARMLESS for call in calls):
        if _OUTWARD.match(verb):  # one that only pretends
            return "unknown", f"its name says {verb}, and its code calls nothing outside"
        return "reads", "its code calls nothing outside"
    said = by_name, f"by its name: {verb}" if verb else "neither its name nor its code says"
    worst, why = _by_calls(calls, said)
    changes = [text for text in texts if _SQL.match(text)]
    if changes and worst != "irreversible":
        deletes = any(map(_DELETES.match, changes))
        return ("irreversible" if deletes else "writes"), "its code changes rows by SQL"
    return worst, why


_WORKS_OUT = frozenset({"calculate", "compute", "evaluate", "math", "solve"})
"""Where what a model wrote is run as code of Python to work it out, the code can do anything."""


def only_shows(why: str) -> bool:
    """Say whether the verb that a reason names speaks of showing or looking at something, whatever comes of it."""
    return why.rpartition(" ")[2] in {"render", "review", "track"}


_DELETES = re.compile(r"(?i)\s*(?:delete|drop|truncate)")


def _by_calls(calls: Iterable[str], said: tuple[str, str]) -> tuple[str, str]:
    """Return the worst that a tool's calls do, with the call; what its name says where none does worse."""
    by_name, (worst, why) = said[0], said
    verb = why.rpartition(" ")[2]
    for call in calls:
        for effect, reason, pattern in _ACTS:
            takes_apart = call == "eval" and verb not in _WORKS_OUT
            if not pattern.search(call) or (by_name == "reads" and (effect == "posts" or takes_apart)):
                continue  # searches are often asked by POST, and what was read is often taken apart with `eval`
            found = "writes" if effect == "posts" else effect
            if _ORDER.index(found) > _ORDER.index(worst):
                worst, why = found, f"its code {reason} ({call[:60]})"
    return worst, why


def _by_object(words: list[str]) -> tuple[str, str] | None:
    """Return what a verb of two meanings does to what it is said of, or None where the verb alone says it."""
    verb, objects = words[0] if words else "", words[1:4]
    asks = objects[1:] in (["query"], ["queries"]) and _ASKED_THERE.match(objects[0]) is not None
    if verb == "run" and objects and (asks or not any(map(_PROGRAMS.match, objects))):
        studied = objects[0] if asks else next(filter(_STUDIES.match, objects), "")
        return ("reads", studied) if studied else ("unknown", "")
    if said := _goes_out(words) or ("" if not _hands_over(words) else "transfer to an agent"):
        return ("reads" if "agent" in said else "irreversible"), said
    if _leaves_it_open(words):
        return "unknown", ""
    if (filled := _fills_a_store(words)) or _can_be_undone(verb, objects):
        return "writes", "load in bulk" if filled else verb
    if verb == "close" and any(map(_CLOSED.match, objects)):
        return "irreversible", "close"
    return ("reads", "add") if verb == "add" and any(map(_SUMS.match, objects[:1])) else None


def _only_asks(words: list[str]) -> tuple[str, str] | None:
    """Return that a tool reads where it runs a language that only asks: `execute_promql`; None for others."""
    said = [word for word in words[1:3] if _ONLY_ASKS.match(word)]
    return ("reads", said[0]) if said and words[0] in {"run", "execute", "exec"} else None


def _hands_over(words: list[str]) -> bool:
    """Say whether a conversation is handed to another agent: `transfer_to_billing_agent`; people are none."""
    at = words.index("transfer") if "transfer" in words[:2] else -1
    if at < 0 or words[at + 1 : at + 2] != ["to"] or _PEOPLE & set(words):
        return False
    return any(map(_AGENTS.match, words[at + 2 : at + 4]))


def _goes_out(words: list[str]) -> str:
    """Return the verb where a message or a parcel goes out to people: `send_email`, `slack_post_message`; or an empty text."""
    at = next((at for at, word in enumerate(words[:3]) if word in _SENDS), -1)
    led = at < 0 or any(_READS.match(word) or _WRITES.match(word) for word in words[:at] if word not in _TO_PEOPLE)  # fmt: skip
    return "" if led or not _TO_PEOPLE & {*words[:at], *words[at + 1 :]} else words[at]


_IN_BULK = frozenset({"bulk", "ingest", "import"})
"""What stands beside a load that goes into a store, not out of one."""


def _fills_a_store(words: list[str]) -> bool:
    """Say whether a store is loaded in bulk: `neptune_bulk_load`; how such a load stands is only asked."""
    at = words.index("load") if "load" in words[:3] else -1
    if at < 0 or not _IN_BULK & {*words[max(0, at - 1) : at], *words[at + 1 : at + 2]}:
        return False
    asked = at > 0 and _READS.match(words[0]) is not None
    return not asked and not any(map(_ABOUT.match, words[at + 1 :]))


def _leaves_it_open(words: list[str]) -> bool:
    """Say whether an agent is asked, a result handed in, or a runner started: what comes of it is not said."""
    verb, objects = words[0] if words else "", words[1:4]
    if verb == "ask" and any(_AGENTS.match(one) or one in _ASKED for one in objects):
        return True
    if verb == "submit" and any(map(_GIVEN.match, objects)):
        return True
    return words[-1:] == ["run"] and any(map(_RUNNERS.match, words[-2:-1]))


def _can_be_undone(verb: str, objects: list[str]) -> bool:
    """Say whether what sounds final can be undone: a plan is called off, a basket emptied, a view put back, something dragged."""
    if verb == "cancel":
        return any(map(_PLANNED.match, objects))
    if verb == "reset":
        return any(map(_OF_A_VIEW.match, objects))
    empties = verb in {"remove", "delete", "clear", "empty"}
    return verb == "drag" or (empties and any(map(_BASKETS.match, objects)))


def _by_verb(name: str) -> tuple[str, str]:
    words = [word.lower() for word in _WORDS.findall(name.replace("_", " "))]
    words = words[1:] if len(words) > 1 and words[0] == "tool" else words
    words = [word for at, word in enumerate(words) if (*words[max(0, at - 1) : at], word) != ("cloud", "run")]
    if (said := _only_asks(words) or _by_object(words)) is not None:
        return said
    paid = next((word for word in words[1:4] if _MONEY.match(word)), "")
    if paid and (_WRITES.match(words[0]) or _PAYS.match(words[0])):
        return "irreversible", f"{words[0]} {paid}"
    if (
        words
        and words[0] in _ALSO_THINGS
        and (asked := next((word for word in words[1:4] if _ABOUT.match(word)), ""))
    ):
        return "reads", asked
    for effect, pattern in (("irreversible", _IRREVERSIBLE), ("writes", _WRITES), ("reads", _READS), ("writes", _BEGINS)):  # fmt: skip
        if words and pattern.match(words[0]):
            return effect, words[0]
    made = bool(words) and _MAKES.match(words[0]) is not None and "and" not in words
    for effect, pattern in (("reads", _READS), ("irreversible", _IRREVERSIBLE), ("writes", _WRITES))[: 1 if made else 3]:  # fmt: skip
        found = next((word for word in words[1:3] if pattern.match(word)), "")
        if found:
            return effect, found
    return "unknown", ""
