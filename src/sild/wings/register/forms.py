"""What people send about their own drafts of offers. What cannot be read is refused in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from sild.kernel.refusals import Refused
from sild.kernel.sent import amount_of, chosen_marking, day_of
from sild.values.marking import Marking
from sild.wings.register.rules import LONGEST_WORDS, DraftStep, DraftWords

MONEY_PLACES = 2


def draft_words_of(told: Mapping[str, str]) -> DraftWords:
    """What a draft says. Raises Refused."""
    return DraftWords(
        item=_text(told, "item"),
        category=_text(told, "category"),
        quantity=amount_of(_text(told, "quantity")),
        unit=_text(told, "unit"),
        beneficiary=_text(told, "beneficiary"),
        value_amount=amount_of(_text(told, "value_amount"), places=MONEY_PLACES),
        value_currency=_text(told, "value_currency").upper(),
        available_from=day_of(_text(told, "available_from")),
        available_until=day_of(_text(told, "available_until")),
        terms=_text(told, "terms"),
        marking=chosen_marking(_text(told, "marking") or str(int(Marking.AMBER))),
    )


def draft_step_of(told: Mapping[str, str]) -> DraftStep:
    """What is done with a draft. Raises Refused."""
    text = told.get("step", "")
    if text not in {*DraftStep}:
        raise Refused(_("Choose what is done with the draft."))
    return DraftStep(text)


def _text(told: Mapping[str, str], name: str) -> str:
    return told.get(name, "").replace("\x00", "").strip()[:LONGEST_WORDS]
