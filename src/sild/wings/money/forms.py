"""What people send about money: filters, a new flow, a step, a worth, a parent. What cannot be read is refused in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.refusals import Refused
from sild.kernel.sent import amount_of, chosen_marking, day_of
from sild.values.marking import Marking
from sild.wings.money.actions import NewFlow, Worth
from sild.wings.money.reads import DIMENSIONS, FlowFilter
from sild.wings.money.rules import FlowState, ShownAs

LONGEST = 300
RATE_PLACES = 8
"""Behind the point of a rate; what its column holds."""
CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
TEXTS = {"giver": 300, "through": 300, "body": 300, "title": 600, "category": 40, "method": 500, "source": 300, "address": 1000}
MARKINGS = (Marking.CLEAR, Marking.GREEN, Marking.AMBER)
"""What a new flow may be marked; higher ones are raised on its page about who sees it."""


def filter_of(told: Mapping[str, str]) -> FlowFilter:
    """The filter that an address says; a value that nobody knows finds nothing."""
    named = {name: _text(told, name) for name in FlowFilter.__dataclass_fields__ if name != "text"}
    return FlowFilter(**named, text=_text(told, "q"))


def _text(told: Mapping[str, str], name: str, most: int = LONGEST) -> str:
    return told.get(name, "").replace("\x00", "").strip()[:most]


def group_of(told: Mapping[str, str]) -> str:
    """By what totals are parted; "" for nothing."""
    return told.get("by", "") if told.get("by", "") in DIMENSIONS else ""


def currency_of(text: str) -> str:
    """A currency that an address or a form names; "" for none. Raises Refused."""
    code = text.strip().upper()
    if code and not CURRENCY.fullmatch(code):
        raise Refused(_("{currency} is no currency. Write its ISO code, such as EUR.").format(currency=text.strip()[:10]))
    return code


def state_of(text: str) -> FlowState:
    """A state that a form says. Raises Refused."""
    if text not in {*FlowState}:
        raise Refused(_("Choose how far the money has come."))
    return FlowState(text)


def shown_of(text: str) -> ShownAs:
    """How a form wants a flow shown. Raises Refused."""
    if text not in {*ShownAs}:
        raise Refused(_("Choose how it is shown."))
    return ShownAs(text)


def new_flow_of(told: Mapping[str, str]) -> NewFlow:
    """A flow that a form writes down. Raises Refused."""
    amount = amount_of(told.get("amount", ""))
    if amount is None:
        raise Refused(_("Say how much it is."))
    rest: dict[str, Any] = {name: _text(told, name, most) for name, most in TEXTS.items()}
    rest |= {name: day_of(told.get(name, "")) for name in ("on", "begins", "ends", "as_of")}
    rest |= {name: identity_of(told.get(name, "")) for name in ("need_id", "offer_id", "agreement_id")}
    return NewFlow(
        amount=amount,
        currency=currency_of(told.get("currency", "")) or "EUR",
        state=state_of(told.get("state", "")),
        shown_as=shown_of(told.get("shown_as", "named")),
        marking=chosen_marking(told.get("marking", str(int(Marking.AMBER))), MARKINGS),
        in_kind=told.get("in_kind", "") == "yes",
        **rest,
    )


def identity_of(text: str) -> UUID | None:
    """An identifier that a form names; None for an empty field. Raises Refused."""
    if not text.strip():
        return None
    try:
        return UUID(text.strip().rstrip("/").rsplit("/", 1)[-1])
    except ValueError as fault:
        raise Refused(_("That is no record of the desk. Copy its address from its page.")) from fault


def worth_of(told: Mapping[str, str]) -> Worth:
    """What a form says that a flow is worth. Raises Refused."""
    rate = amount_of(told.get("rate", ""), places=RATE_PLACES)
    return Worth(
        currency=currency_of(told.get("currency", "")) or "EUR",
        rate=rate,
        value=amount_of(told.get("value", "")) if rate is None else None,
        on=day_of(told.get("on", "")),
        source=_text(told, "rate_source"),
        method=_text(told, "method", 500),
    )


def part_of(told: Mapping[str, str]) -> Decimal | None:
    """How much of a flow moves on; None for all of it. Raises Refused."""
    return amount_of(told.get("amount", ""))
