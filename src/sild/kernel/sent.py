"""What a form sent: the version that it was made from, a reason, a day, a marking, an amount. What cannot be read is refused in words."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.http import HttpRequest
from django.utils.translation import gettext as _

from sild.kernel.refusals import Refused
from sild.values.marking import Marking

LONGEST_REASON = 2000
MOST_DIGITS = 15
"""Of the whole part of an amount; what tables hold."""
MOST_PLACES = 3
"""Of an amount behind the point; what tables hold of quantities. What is finer would be kept as less, or as nothing."""
_AMOUNT = re.compile(r"[+-]?(?=\.?\d)(?P<whole>\d{0,40})(?:\.(?P<part>\d{0,40}))?", re.ASCII)


def read_version(request: HttpRequest) -> int:
    """The version that the form was made from; a form without one is stale whatever the record."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def reason_of(request: HttpRequest) -> str:
    """The reason of a form."""
    return request.POST.get("reason", "").strip()[:LONGEST_REASON]


def day_of(text: str) -> date | None:
    """A day as forms send it; None for an empty field. Raises Refused."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as fault:
        raise Refused(_("{day} is no day. Write it as 2026-12-15.").format(day=text[:40])) from fault


def chosen_marking(text: str, among: Collection[Marking] = tuple(Marking)) -> Marking:
    """A marking that a form chooses, as the number that its choice sends. Raises Refused."""
    if text not in {str(int(one)) for one in among}:
        raise Refused(_("Choose its marking."))
    return Marking(int(text))


def amount_of(text: str, *, places: int = MOST_PLACES) -> Decimal | None:
    """An amount as people write it into a form, with a comma or a point before the part; None for an empty field. Raises Refused."""
    said = "".join(text.split()).replace(",", ".")
    if not said:
        return None
    # digits alone: a power of ten is one short word, and written out it fills the memory
    digits = _AMOUNT.fullmatch(said)
    if digits is None or len(digits["whole"].lstrip("0")) > MOST_DIGITS:
        raise Refused(_("{amount} is no amount. Write digits alone, such as 40 or 2.5.").format(amount=text.strip()[:40]))
    if len((digits["part"] or "").rstrip("0")) > places:
        raise Refused(_("{amount} is finer than what is kept. Write fewer places after the point.").format(amount=text.strip()[:40]))
    return Decimal(said)
