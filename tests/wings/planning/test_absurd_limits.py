"""A limit that somebody stated absurdly high breaks no page of others: it is refused where the plan could not count it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from sild.cores.allocation.problem import LARGEST_PERIOD
from sild.wings.planning.public import lights_of, make_plan, record_limit
from sild.wings.planning.rules import KIND_FORMS, LimitEntry, LimitKind
from tests.wings.agreements.conftest import MINISTRY, Table, table

__all__ = ["table"]

TODAY = date(2026, 2, 10)
ABSURD = Decimal(10) ** 16 - 1
"""The most that the form and programs can say."""
WITH_AMOUNT = sorted(kind for kind, form in KIND_FORMS.items() if "amount" in form.fields)


def entry(kind: LimitKind, amount: Decimal) -> LimitEntry:
    form = KIND_FORMS[kind]
    told = {"subject": MINISTRY if form.about == "body" else "Estonia", "source": "a note", "as_of": date(2026, 2, 1)}
    told |= {"month": "2026-03"} if "month" in form.fields else {}
    told |= {"currency": "EUR"} if "currency" in form.fields else {}
    told |= {"state": "pending", "authority": "a ministry"} if kind == "licence" else {}
    return LimitEntry.model_validate({"kind": kind, "amount": amount, **told})


@pytest.mark.parametrize("kind", WITH_AMOUNT)
def test_what_may_be_stated_breaks_neither_plan_nor_lights(table: Table, kind: LimitKind) -> None:
    try:
        said = entry(kind, ABSURD)
    except ValidationError:
        # kept before it was refused: read as far as it can be counted
        said = entry(kind, Decimal(2)).model_copy(update={"amount": ABSURD})
    record_limit(table.cast.officer, said, reason="a slip of the hand")
    assert make_plan(table.cast.run, TODAY).findings == ()
    assert {one.need for one in lights_of(table.cast.officer)} <= {table.need, table.unendorsed}


def test_months_are_refused_above_what_a_plan_counts() -> None:
    for kind in ("lead-time", "licence"):
        assert entry(kind, Decimal(LARGEST_PERIOD)).amount == LARGEST_PERIOD
        with pytest.raises(ValidationError, match="at most 1200"):
            entry(kind, Decimal(LARGEST_PERIOD + 1))
