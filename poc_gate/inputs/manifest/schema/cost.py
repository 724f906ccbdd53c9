"""The manifest's section on what it costs: prices with their day, caps, budgets."""

# No postponed annotations here: evaluating them as text costs each start 30 ms.
from typing import Annotated

from poc_gate.inputs.manifest.schema.field_types import (
    Date,
    Money,
    PricePerByte,
    PricePerTime,
    PricePerToken,
    Section,
    Share,
    Size,
    matching,
    said,
    wanted,
)


class Cost(Section):
    """Declared prices, with their date; poc-gate ships none."""

    currency: (
        Annotated[
            str,
            matching("ISO 4217 code used in every price of the file", example="EUR", pattern="^[A-Z]{3}$"),
        ]
        | None
    ) = None
    prices_on: Annotated[Date | None, said("Day the prices were read")] = None
    gpu_hour: Annotated[PricePerTime | None, said("Price of one accelerator", tier=1, low=0)] = None
    host_hour: Annotated[PricePerTime | None, said("Price of one host without accelerators", low=0)] = None
    in_token: Annotated[PricePerToken | None, said("Price of prompt tokens", tier=1, low=0)] = None
    out_token: Annotated[PricePerToken | None, said("Price of generated tokens", tier=1, low=0)] = None
    retrieval_per_request: Annotated[Money | None, said("Cost of retrieval per request", low=0)] = None
    egress: Annotated[PricePerByte | None, said("Price of outbound traffic", low=0)] = None
    egress_bytes_per_request: Annotated[Size | None, said("Outbound bytes per request", low=0)] = None
    wage: Annotated[PricePerTime | None, said("Cost of a reviewer's time", low=0)] = None
    fixed_month: Annotated[Money | None, said("Fixed cost per month", low=0)] = None
    monthly_cap: Annotated[Money | None, wanted("Hard cap per month", tier=1, low=0)] = None
    cap_enforced: Annotated[bool | None, said("Spending stops at the cap without a person")] = None
    unit_cost_max: Annotated[
        Money | None, wanted("Highest cost of one request that the business accepts", low=0)
    ] = None
    cap_alerts: Annotated[list[Share] | None, wanted("Shares of the cap that raise an alert")] = None
    budget_12m: Annotated[Money | None, wanted("Approved budget for twelve months", low=0)] = None
    funded_12m: Annotated[bool | None, said("Twelve months of run cost and staff are approved")] = None
    accepted_share: Annotated[
        Share | None, said("Share of answers that are used as they are or after editing", low=0, high=1)
    ] = None
    outcome_cost_max: Annotated[
        Money | None, wanted("Highest cost of one accepted result that is tolerated", low=0)
    ] = None
    task_alarm: Annotated[
        bool | None, said("An alarm fires when one task, user or tenant spends far above its usual")
    ] = None
    duty: Annotated[Share | None, said("Share of paid accelerator hours that are used", low=0, high=1)] = None
    scale_to_zero: Annotated[bool | None, said("Capacity is released when idle")] = None
    volume_discount_10x: Annotated[Share | None, said("Discount at ten times the volume", low=0, high=1)] = (
        None
    )
