"""Numbers put into an expression."""

from __future__ import annotations

from poc_gate.judge.evaluate.telling.put_in import put_in


def test_numbers_are_put_in() -> None:
    shown = {"need": "60 GiB", "have": "80 GiB"}
    assert put_in("need <= have * 90 % && content.need", shown) == "60 GiB <= 80 GiB * 90 % && content.need"


def test_what_stands_before_the_first_name_stays() -> None:
    assert put_in("(a > 1)", {"a": "2"}) == "(2 > 1)"
    assert put_in("!a", {"a": "true"}) == "!true"
