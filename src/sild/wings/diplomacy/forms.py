"""What people send about norms, measures, contacts, positions and treaties. What cannot be read is refused in words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from django.utils.translation import gettext as _

from sild.kernel.refusals import Refused
from sild.kernel.sent import chosen_marking, day_of
from sild.values.marking import Marking
from sild.wings.diplomacy.actions import NewContact, NewDuty, NewImplementation, NewPosition, NewTreatyStep
from sild.wings.diplomacy.rules import ContactKind, Progress, TreatyAct

LONGEST = 4000
Told = TypeVar("Told", bound=StrEnum)


def implementation_of(told: Mapping[str, str], subject: str) -> NewImplementation:
    """An entry of the log. Raises Refused."""
    return NewImplementation(
        subject=subject,
        what=_text(told, "what"),
        agency=_text(told, "agency"),
        progress=progress_of(told),
        on=day_of(told.get("on", "")),
        proof=_text(told, "proof"),
        marking=chosen_marking(told.get("marking", "") or str(int(Marking.AMBER))),
    )


def progress_of(told: Mapping[str, str]) -> Progress:
    """How far something is. Raises Refused."""
    return _one_of(Progress, told.get("progress", ""), _("Choose how far it is."))


def duty_of(told: Mapping[str, str], subject: str) -> NewDuty:
    """A clock. Raises Refused."""
    due, every = day_of(told.get("due_on", "")), _text(told, "every_months") or "0"
    if due is None:
        raise Refused(_("Say on which day it is due."))
    if not (every.isascii() and every.isdigit() and len(every) < 4):
        raise Refused(_("{amount} is no amount. Write digits alone, such as 40 or 2.5.").format(amount=every[:40]))
    return NewDuty(
        subject=subject,
        what=_text(told, "what"),
        due_on=due,
        every_months=int(every),
        basis=_text(told, "basis"),
        marking=chosen_marking(told.get("marking", "") or str(int(Marking.AMBER))),
    )


def contact_of(told: Mapping[str, str], subject: str) -> NewContact:
    """A contact point. Raises Refused."""
    return NewContact(
        subject=subject,
        country=_text(told, "country"),
        office=_text(told, "office"),
        contact_kind=_one_of(ContactKind, told.get("contact_kind", ""), _("Choose what the contact point is for.")),
        reach=_text(told, "reach"),
        confirmed_on=day_of(told.get("confirmed_on", "")),
        marking=chosen_marking(told.get("marking", "") or str(int(Marking.AMBER))),
    )


def position_of(told: Mapping[str, str], topic: str) -> NewPosition:
    """A position. Raises Refused."""
    year = _text(told, "year")
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        raise Refused(_("Say the year of the document in four digits."))
    return NewPosition(
        topic=topic,
        country=_text(told, "country"),
        said=_text(told, "said"),
        year=int(year),
        stance=_text(told, "stance")[:40],
        document=_text(told, "document"),
        link=_text(told, "link"),
        marking=chosen_marking(told.get("marking", "") or str(int(Marking.AMBER))),
    )


def treaty_step_of(told: Mapping[str, str], treaty: str) -> NewTreatyStep:
    """An act on a treaty. Raises Refused."""
    return NewTreatyStep(
        treaty=treaty,
        country=_text(told, "country"),
        act=_one_of(TreatyAct, told.get("act", ""), _("Choose what the State did.")),
        on=day_of(told.get("on", "")),
        source=_text(told, "source"),
        marking=chosen_marking(told.get("marking", "") or str(int(Marking.AMBER))),
    )


def _text(told: Mapping[str, str], name: str) -> str:
    return told.get(name, "").replace("\x00", "").strip()[:LONGEST]


def _one_of(kind: type[Told], text: str, otherwise: str) -> Told:
    if text not in {*kind}:
        raise Refused(otherwise)
    return kind(text)
