"""Doubts about a line and reasons of quarantine in the reader's words, each with what to do next."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from sild.wings.intake.rules import Doubt

WORDS = {
    "unknown-body": noop("The parties file does not know {told}. Mend the name, or have the body added to that file."),
    "no-body": noop("It does not say for whom. Ask the sender."),
    "no-giver": noop("It does not say who gives. Ask the sender."),
    "no-category": noop("No category was found. Mend the line and give it one."),
    "no-quantity": noop("It does not say how many. Ask the sender, or mend the line."),
    "range": noop("The text says “{told}”: a range, of which the upper end was taken. See whether so many are meant."),
    "at-least": noop("The text says “{told}”: at least so many. See whether more are meant."),
    "at-most": noop("The text says “{told}”: at most so many. See whether fewer are meant."),
    "about": noop("The text says “{told}”: the number is not exact."),
    "no-channel": noop("Nothing says whether it is civil or military. Rule it; until then nothing can be offered."),
    "unsure": noop("This was read with doubt; compare it with the message."),
    "check": noop("The check of the reading says: {told}"),
}


def in_words(doubts: Iterable[Doubt]) -> list[tuple[str, str]]:
    """(field, sentence) for each doubt; the field is empty where the doubt is about the whole line."""
    return [(doubt.field, _(WORDS[doubt.code]).format(told=doubt.told)) for doubt in doubts]
