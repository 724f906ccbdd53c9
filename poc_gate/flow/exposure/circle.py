"""Words of a sentence about users -> the circle of people it speaks of."""

from __future__ import annotations

import re

_STAFF_OF = re.compile(
    r"\b(customer|client|citizen|patient)s?[ -](service|support|care|success|relations|advice)\b"
)
"""Names of departments: those who work there are employees, whatever the first word says."""

_WORDS = {
    "public": ("public", "citizens?", "everyone", "everybody", "anyone", "visitors?", "residents?", "consumers?"),
    "customers": (
        "customers?", "clients?", "patients?", "passengers?", "subscribers?", "members?", "merchants?", "applicants?",
        "students?", "tenants?", "guests?", "buyers?", "shoppers?", "players?", "payers?", "policyholders?", "claimants?",
        "borrowers?", "drivers?", "couriers?", "sellers?", "partners?", "suppliers?", "paying users",
    ),
    "employees": (
        "employees?", "staff", "colleagues?", "handlers?", "clerks?", "nurses?", "physicians?", "clinicians?", "doctors?",
        "analysts?", "engineers?", "developers?", "planners?", "underwriters?", "adjusters?", "officers?", "operators?",
        "advisers?", "advisors?", "accountants?", "lawyers?", "traders?", "technicians?", "dispatchers?", "managers?",
        "teams?", "department", "caseworkers?", "radiologists?",
    ),
}  # fmt: skip
_CIRCLES = {circle: re.compile(rf"\b({'|'.join(words)})\b") for circle, words in _WORDS.items()}


def circle_of(users: str) -> str:
    """Return the widest circle that the words name, or an empty text where they name none.

    A sentence can only be read upwards with confidence, so that the widest one named counts; `named
    colleagues` needs both words.
    """
    text = _STAFF_OF.sub("staff", users.casefold())
    for circle, words in _CIRCLES.items():
        if words.search(text):
            named = circle == "employees" and re.search(r"\bnamed\b", text)
            return "named-colleagues" if named else circle
    return ""
