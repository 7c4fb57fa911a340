"""The parts of a hit's points in the reader's language: why it is one, and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

SENTENCES = {
    "same-word": noop("“{party}” is in both names"),
    "other-script": noop("“{party}” is “{entry}” in another alphabet"),
    "other-spelling": noop("“{party}” and “{entry}” sound the same"),
    "other-language": noop("“{party}” is “{entry}” in another language"),
    "near-spelling": noop("“{party}” is nearly “{entry}”"),
    "initial": noop("“{party}” and “{entry}”: one is the first letter of the other"),
    "joined": noop("“{party}” is “{entry}”, written as one word or several"),
    "acronym": noop("“{party}” and “{entry}”: one is the first letters of the other"),
    "only-in-party": noop("only the party has “{party}”"),
    "only-in-entry": noop("only the entry has “{entry}”"),
    "order": noop("the words stand in another order"),
    "form-same": noop("both have the same kind of legal form"),
    "form-differs": noop("their legal forms differ in kind"),
    "country-same": noop("they share a country ({party})"),
    "country-differs": noop("their countries differ ({party}; the entry: {entry})"),
    "kind-differs": noop("one is a person, an organisation or a thing, the other is not"),
    "weak-name": noop("the list itself calls this name a weak one"),
    "short-name": noop("one short or common word says little"),
}


def reasons_of(parts: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The parts as sentences with their points, in the order in which they add up: {text, weight}."""
    return [
        {
            "text": _(SENTENCES[part["kind"]]).format(party=_countries(part, "party"), entry=_countries(part, "entry")),
            "weight": float(Decimal(part["points"])),
        }
        for part in parts
    ]


def _countries(part: Mapping[str, Any], side: str) -> str:
    told: str = part[side]
    return told.upper() if part["kind"].startswith("country") else told
