"""What people send about custody copies: a receipt as a file, and who keeps, opens and reads the copy."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.http import HttpRequest
from django.utils.translation import gettext as _

from sild.kernel.refusals import Refused
from sild.kernel.sent import day_of
from sild.wings.continuity.actions.custody import CustodyTerms
from sild.wings.continuity.rules.custody import LONGEST_RECEIPT, USUAL_DRILL_DAYS

_NAMES = re.compile(r"[\n;]+")


def receipt_sent(request: HttpRequest) -> bytes:
    """The receipt that comes with the form. Raises Refused."""
    sent = request.FILES.get("receipt")
    if sent is None or sent.size is None or sent.size > LONGEST_RECEIPT:
        raise Refused(_("Choose the receipt that the command wrote."))
    data: bytes = sent.read()
    return data


def custody_terms_of(told: Mapping[str, str]) -> CustodyTerms:
    """What a form tells of a copy's keeping. Raises Refused."""
    return CustodyTerms(
        keeper=told.get("keeper", ""),
        needed=_number(told.get("needed", ""), 0),
        holders=_names(told.get("holders", "")),
        readers=_names(told.get("readers", "")),
        keep_until=day_of(told.get("keep_until", "")),
        drill_days=_number(told.get("drill_days", ""), USUAL_DRILL_DAYS),
    )


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in _NAMES.split(text) if name.strip())


def _number(text: str, usual: int) -> int:
    if not text.strip():
        return usual
    if not (text.strip().isascii() and text.strip().isdigit() and len(text.strip()) < 6):
        raise Refused(_("Write it as a whole number."))
    return int(text)
