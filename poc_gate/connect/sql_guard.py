"""One SQL text -> every reason why it is no plain read; parsed, before any connection is made.

A list of what is allowed, not of what is forbidden: one SELECT, of node types that only read, with functions
that are known to be pure. What the parser does not know is refused.
"""

from __future__ import annotations

import logging
import re
from functools import cache
from typing import Any

_PURE = frozenset(
    """abs acos asin atan atan2 avg bit_length cbrt ceil ceiling char_length character_length coalesce concat
    concat_ws cos cot count current_date current_timestamp date date_diff date_part date_trunc datediff datetime
    day degrees dense_rank epoch exp extract first_value floor from_unixtime greatest hour ifnull isfinite isnan
    json_array_length json_extract json_extract_scalar json_value jsonb_array_length last_value lag lead least left
    length ln localtimestamp log log10 log2 lower ltrim max md5 min minute mod month now nullif octet_length
    percent_rank pi position pow power quarter radians rank regexp_like regexp_replace replace reverse right round
    row_number rtrim second sign sin split_part sqrt stddev stddev_pop stddev_samp str_position strftime strpos
    substr substring sum tan time_to_str timestamp timestampdiff to_char to_timestamp trim trunc truncate typeof unix_timestamp
    upper utc_timestamp var_pop var_samp variance week year
    array_length bool_and bool_or cardinality cosine_distance inner_product l2_distance l1_distance vector_dims
    ts_or_ds_to_timestamp ts_or_ds_to_date ts_or_ds_add str_to_date str_to_time unix_to_time time_to_unix date_add
    date_sub timestamp_trunc timestamp_add timestamp_sub cast case if and or not like ilike in between""".split()
)
_READING_NODES = frozenset(
    """Select Subquery Union Intersect Except SetOperation With CTE From Where Group Having Order Ordered Limit Offset
    Fetch Join Lateral Table TableAlias Alias Aliases Column Identifier Star Literal National Null Boolean Paren Tuple
    Interval Distinct Window WindowSpec Filter DataType DataTypeParam Placeholder Parameter Cast TryCast Case If And Or
    Not EQ NEQ GT GTE LT LTE NullSafeEQ NullSafeNEQ Is Between In Like ILike RegexpLike RegexpILike SimilarTo Any All
    Exists Add Sub Mul Div IntDiv Mod Neg BitwiseAnd BitwiseOr BitwiseXor BitwiseNot BitwiseLeftShift
    BitwiseRightShift DPipe Dot Bracket Array Slice Var Escape Collate AtTimeZone Distance CosineDistance
    EuclideanDistance JSONExtract JSONExtractScalar JSONBExtract JSONBExtractScalar JSONBContains JSONPath
    JSONPathRoot JSONPathKey JSONPathSubscript JSONPathWildcard Values TableSample Hint NullOrdering
    TimeUnit Qualify Grouping Rollup Cube GroupingSets IgnoreNulls RespectNulls Extract Xor
    ArrayContainsAll ArrayContainedBy ArrayOverlaps HexString BitString ByteString UnicodeString RawString""".split()
)
_COMMENT = re.compile(r"--|/\*|\*/")
_KEY = re.compile(r"(?<![:\w]):key\b")
_LONGEST = 20_000


def refuse_statement(statement: str, dialect: str) -> tuple[str, ...]:
    """Return every reason to refuse a statement in sqlglot's `dialect`; none means one plain SELECT."""
    if not statement.strip():
        return ("the statement is empty",)
    if len(statement) > _LONGEST:
        return (f"the statement is longer than {_LONGEST:,} characters",)
    if "\x00" in statement or _COMMENT.search(_outside_quotes(statement)) or _hash_comment(statement, dialect):
        return ("comments are refused: a server may run what a parser skips",)
    try:
        trees = _parse(statement, dialect)
    except _parse_errors() as error:
        return (f"it does not parse as {dialect}: {str(error).splitlines()[0][:120]}",)
    if len(trees) != 1 or trees[0] is None:
        return (f"it holds {len(trees)} statements; one is allowed",)
    return _refusals(trees[0])


def _outside_quotes(statement: str) -> str:
    return re.sub(r"'(?:[^']|'')*'", "''", statement)


def _hash_comment(statement: str, dialect: str) -> bool:
    return dialect == "mysql" and "#" in _outside_quotes(statement)


def _parse(statement: str, dialect: str) -> list[Any]:
    import sqlglot

    # The parser warns on what it only keeps as a command; such a statement is refused here anyway.
    logging.getLogger("sqlglot").setLevel(logging.ERROR)
    return list(sqlglot.parse(_KEY.sub("0", statement), read=dialect))


@cache
def _parse_errors() -> tuple[type[Exception], ...]:
    from sqlglot.errors import SqlglotError

    return (SqlglotError, RecursionError, ValueError)


def _refusals(tree: Any) -> tuple[str, ...]:
    from sqlglot import exp

    if not isinstance(tree, exp.Select | exp.SetOperation | exp.Subquery):
        return (f"it is a {_kind(tree)}, not a SELECT",)
    found: dict[str, None] = {}
    for node in tree.walk():
        reason = _refusal(node)
        if reason:
            found[reason] = None
    return tuple(found)


def _refusal(node: Any) -> str:
    from sqlglot import exp

    if isinstance(node, exp.Select) and (node.args.get("into") or node.args.get("locks")):
        return "it writes to a table or a file" if node.args.get("into") else "it takes locks (FOR UPDATE or FOR SHARE)"
    if isinstance(node, exp.Table) and not isinstance(node.this, exp.Identifier):
        return "it reads from a function or a file instead of a table"
    if isinstance(node, exp.Identifier) and re.search(r"[/\\.*:]", str(node.this)):
        return "it names a file or an address as a table"
    if isinstance(node, exp.Dot) and isinstance(node.expression, exp.Func):
        return "it calls a function of a named schema, not known as pure"
    name = type(node).__name__
    if isinstance(node, exp.Func) and name not in _READING_NODES:
        return "" if _function_names(node) & _PURE else f"it calls {sorted(_function_names(node))[0]}, not known as pure"
    if name not in _READING_NODES and not isinstance(node, exp.Func):
        return f"it holds {_kind(node)}, which is no part of a plain read"
    return ""


def _function_names(node: Any) -> set[str]:
    from sqlglot import exp

    if isinstance(node, exp.Anonymous | exp.AnonymousAggFunc):
        return {str(node.this).lower()}
    return {name.lower() for name in node.sql_names()} | {str(node.sql_name()).lower()}


def _kind(node: Any) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(node).__name__).upper()
