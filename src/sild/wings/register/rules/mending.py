"""What of a line a person may mend, and in what form each field is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from sild.wings.register.rules.states import URGENCIES

KINDS = ("request", "offer", "update", "withdrawal", "question")
LARGEST = Decimal(10) ** 14
EARLIEST, LATEST = date(1990, 1, 1), date(2200, 1, 1)
MOST_PARTS = 20

CATEGORIES = frozenset(
    {
        "endpoint-protection",
        "network-security",
        "ddos-protection",
        "email-security",
        "identity-access",
        "log-monitoring",
        "threat-intelligence",
        "vulnerability-management",
        "incident-response",
        "digital-forensics",
        "backup-storage",
        "cloud-hosting",
        "colocation-hosting",
        "secure-communications",
        "satellite-connectivity",
        "network-equipment",
        "end-user-devices",
        "server-hardware",
        "power-continuity",
        "ot-security",
        "software-licences",
        "training",
        "exercises",
        "legal-policy-advice",
        "egovernance-platforms",
        "security-assessment",
        "expert-secondment",
    }
)
"""The codes of assistance categories (docs/reference); they are stable."""


@dataclass(eq=False)
class Misfit(Exception):
    """A value that a field does not take: `code` says why (number, negative, day, age, choice, length), `most` how much it takes."""

    code: str
    most: int = 0


TEXTS = {"item": 400, "unit": 60, "beneficiary": 300, "provider": 300, "reference": 200}
AMOUNTS = ("quantity", "value_amount")
DAYS = ("needed_by", "available_from", "available_until")
CHOICES: dict[str, frozenset[str]] = {
    "kind": frozenset(KINDS),
    "category": CATEGORIES | {""},
    "urgency": frozenset(URGENCIES) | {""},
}
MENDABLE = (*TEXTS, *AMOUNTS, *DAYS, *CHOICES, "value_currency")


def fitting(name: str, value: Any) -> Any:
    """The value as the field keeps it: text, Decimal, date or None; text is read. Raises Misfit; KeyError for an unmended field."""
    if name in TEXTS:
        text = str(value or "").replace("\x00", "").strip()
        if len(text) > TEXTS[name]:
            raise Misfit("length", TEXTS[name])
        return text
    if name in AMOUNTS:
        return _amount(value, 2 if name == "value_amount" else 3)
    if name in DAYS:
        return _day(value)
    if name == "value_currency":
        code = str(value or "").strip().upper()
        if code and not (len(code) == 3 and code.isascii() and code.isalpha()):
            raise Misfit("choice")
        return code
    if str(value or "") not in CHOICES[name]:
        raise Misfit("choice")
    return str(value or "")


def _amount(value: Any, places: int) -> Decimal | None:
    if value in (None, ""):
        return None
    try:
        amount = Decimal(str(value).replace("\u00a0", "").replace(" ", "").replace(",", "."))
    except InvalidOperation as fault:
        raise Misfit("number") from fault
    if not amount.is_finite() or amount >= LARGEST:
        raise Misfit("number")
    if amount < 0:
        raise Misfit("negative")
    return round(amount, places)


def _day(value: Any) -> date | None:
    if value in (None, ""):
        return None
    try:
        day = value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError as fault:
        raise Misfit("day") from fault
    if not EARLIEST <= day <= LATEST:
        raise Misfit("age")
    return day
