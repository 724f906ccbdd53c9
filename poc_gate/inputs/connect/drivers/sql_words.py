"""The words of a plain read: functions that only compute, and the parser's node types that only read."""

from __future__ import annotations

_FUNCTIONS = """
    abs acos asin atan atan2 avg bit_length cbrt ceil ceiling char_length character_length coalesce concat
    concat_ws cos cot count current_date current_timestamp date date_diff date_part date_trunc datediff
    datetime day degrees dense_rank epoch exp extract first_value floor from_unixtime greatest hour ifnull
    isfinite isnan json_array_length json_extract json_extract_scalar json_value jsonb_array_length
    last_value lag lead least left length ln localtimestamp log log10 log2 lower ltrim max md5 min minute
    mod month now nullif octet_length percent_rank pi position pow power quarter radians rank regexp_like
    regexp_replace replace reverse right round row_number rtrim second sign sin split_part sqrt stddev
    stddev_pop stddev_samp str_position strftime strpos substr substring sum tan time_to_str timestamp
    timestampdiff to_char to_timestamp trim trunc truncate typeof unix_timestamp upper utc_timestamp
    var_pop var_samp variance week year array_length bool_and bool_or cardinality cosine_distance
    inner_product l2_distance l1_distance vector_dims ts_or_ds_to_timestamp ts_or_ds_to_date ts_or_ds_add
    str_to_date str_to_time unix_to_time time_to_unix date_add date_sub timestamp_trunc timestamp_add
    timestamp_sub cast case if and or not like ilike in between
"""
_NODES = """
    Select Subquery Union Intersect Except SetOperation With CTE From Where Group Having Order Ordered
    Limit Offset Fetch Join Lateral Table TableAlias Alias Aliases Column Identifier Star Literal National
    Null Boolean Paren Tuple Interval Distinct Window WindowSpec Filter DataType DataTypeParam Placeholder
    Parameter Cast TryCast Case If And Or Not EQ NEQ GT GTE LT LTE NullSafeEQ NullSafeNEQ Is Between In
    Like ILike RegexpLike RegexpILike SimilarTo Any All Exists Add Sub Mul Div IntDiv Mod Neg BitwiseAnd
    BitwiseOr BitwiseXor BitwiseNot BitwiseLeftShift BitwiseRightShift DPipe Dot Bracket Array Slice Var
    Escape Collate AtTimeZone Distance CosineDistance EuclideanDistance JSONExtract JSONExtractScalar
    JSONBExtract JSONBExtractScalar JSONBContains JSONPath JSONPathRoot JSONPathKey JSONPathSubscript
    JSONPathWildcard Values TableSample Hint NullOrdering TimeUnit Qualify Grouping Rollup Cube
    GroupingSets IgnoreNulls RespectNulls Extract Xor ArrayContainsAll ArrayContainedBy ArrayOverlaps
    HexString BitString ByteString UnicodeString RawString
"""

PURE_FUNCTIONS = frozenset(_FUNCTIONS.split())
"""Lower case, also in the parser's own spelling of a dialect's function."""

READING_NODES = frozenset(_NODES.split())
"""Class names of sqlglot's expressions; functions are judged by their names instead."""
