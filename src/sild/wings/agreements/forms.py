"""What people send about an agreement: a proposal, a word with its amount, day and conditions. What cannot be read is refused in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from sild.kernel.refusals import Refused
from sild.kernel.sent import amount_of, day_of
from sild.wings.agreements.actions import Proposal, Saying
from sild.wings.agreements.reads import AgreementFilter
from sild.wings.agreements.rules import VERBS, NoHelpWhy, Visibility, Word

LONGEST = 300
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)


def filter_of(told: Mapping[str, str]) -> AgreementFilter:
    """The filter that an address says; a state or mover that nobody knows finds nothing."""
    named = {name: told.get(name, "").strip()[:LONGEST] for name in ("state", "mover", "category", "body", "giver")}
    return AgreementFilter(**named, text=told.get("q", "").strip()[:LONGEST])


def offer_of(told: Mapping[str, str]) -> UUID:
    """The offer that a form names. Raises Refused."""
    try:
        return UUID(told.get("offer", ""))
    except ValueError as fault:
        raise Refused(_("Choose the offer.")) from fault


def month_of(text: str) -> date | None:
    """A month as forms send it (2026-03); None for an empty field. Raises Refused."""
    if not text.strip():
        return None
    if not MONTH.fullmatch(text.strip()):
        raise Refused(_("{month} is no month. Write it as 2026-03.").format(month=text[:40]))
    try:
        return date.fromisoformat(f"{text.strip()}-01")
    except ValueError as fault:
        raise Refused(_("{month} is no month. Write it as 2026-03.").format(month=text[:40])) from fault


def plan_of(text: str) -> UUID | None:
    """The plan whose match is proposed; None for an empty field, and for what names no plan."""
    try:
        return UUID(text.strip()) if text.strip() else None
    except ValueError:
        return None


def proposal_of(told: QueryDict) -> Proposal:
    """What a form puts forward. Raises Refused."""
    quantity = amount_of(told.get("quantity", ""))
    if quantity is None:
        raise Refused(_("Say how much is proposed."))
    month, plan = month_of(told.get("month", "")), plan_of(told.get("plan", ""))
    shown, named_from = shown_of(told)
    return Proposal(quantity=quantity, month=month, plan=plan, visibility=shown, named_from=named_from)


def shown_of(told: Mapping[str, str]) -> tuple[Visibility | None, date | None]:
    """How it is shown to others (None: as the giver stated it), and the day from which it is named. Raises Refused."""
    said = told.get("visibility", "")
    if said and said not in {*Visibility}:
        raise Refused(_("Choose how it is shown to others."))
    return Visibility(said) if said else None, day_of(told.get("named_from", ""))


def word_of(told: Mapping[str, str]) -> Word:
    """The word that a form says. Raises Refused."""
    word = told.get("word", "")
    if word not in {*VERBS}:
        raise Refused(_("Choose what is said."))
    return Word(word)


def saying_of(told: QueryDict) -> Saying:
    """What goes with a word. Raises Refused."""
    conditions = told.get("conditions", "").splitlines()
    return Saying(quantity=amount_of(told.get("quantity", "")), on=day_of(told.get("on", "")), conditions=conditions)


def why_of(told: Mapping[str, str]) -> NoHelpWhy | None:
    """Why a giver cannot help; None where the form leaves it open. Raises Refused."""
    why = told.get("why", "")
    if why not in {"", *NoHelpWhy}:
        raise Refused(_("Choose why, or leave it open."))
    return NoHelpWhy(why) if why else None
