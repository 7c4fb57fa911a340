"""A limit as a form sends it, field by field of its kind. What cannot be read is refused in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, get_args

from django.http import QueryDict
from django.utils.translation import gettext as _
from pydantic import ValidationError

from sild.kernel.refusals import Refused
from sild.kernel.sent import amount_of, day_of
from sild.wings.planning.rules import KIND_FORMS, LimitEntry, LimitKind
from sild.wings.register.public import CATEGORIES

KINDS: tuple[LimitKind, ...] = get_args(LimitKind)
MOST_ROWS = 4
"""Rows of a category with its number: parts of a bundle, what is accepted instead."""
LONGEST, MOST_LINES = 300, 50
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)


def kind_of(told: Mapping[str, str]) -> LimitKind | None:
    """The kind that a form or an address names."""
    return next((one for one in KINDS if one == told.get("kind", "")), None)


def entry_of(told: QueryDict) -> LimitEntry:
    """The limit of a form. Raises Refused."""
    kind = kind_of(told)
    if kind is None:
        raise Refused(_("Choose what the limit speaks of."))
    asked = KIND_FORMS[kind]
    fields: dict[str, Any] = {"kind": kind, "subject": _line(told, "subject"), "source": _line(told, "source"), "note": _line(told, "note")}
    fields["as_of"] = day_of(told.get("as_of", ""))
    fields |= {name: value for name in asked.fields if (value := _field(told, name)) not in (None, "", [], {})}
    for name in ("subject", *asked.needs, "source", "as_of"):
        if fields.get(name) in (None, "", [], {}):
            raise Refused(_("“{field}” is missing: a limit of this kind needs it.").format(field=_(FIELD_WORDS[name])))
    if "amount" in fields and "currency" in asked.fields and not fields.get("currency"):
        raise Refused(_("“{field}” is missing: a limit of this kind needs it.").format(field=_(FIELD_WORDS["currency"])))
    if fields.get("category") and fields["category"] not in CATEGORIES:
        raise Refused(_("There is no category {category}. Choose one of the list.").format(category=fields["category"][:40]))
    try:
        return LimitEntry.model_validate(fields)
    except ValidationError as fault:
        why = fault.errors()[0]["msg"].removeprefix("Value error, ")
        raise Refused(_("The limit does not fit its kind: {why}.").format(why=why)) from fault


FIELD_WORDS: Mapping[str, str] = {
    "subject": "Of whom",
    "category": "Category",
    "month": "Month",
    "amount": "How much",
    "currency": "Currency",
    "state": "How it stands",
    "authority": "Who decides, or who objects",
    "parts": "Categories and pieces in one set",
    "accepts": "Categories and what a piece of each counts",
    "uses": "Uses",
    "place": "Where",
    "visibility": "How it is shown",
    "source": "Who said so, and where",
    "as_of": "As of",
}
"""The labels of the fields (the book of labels marks them for translation)."""


def _field(told: QueryDict, name: str) -> Any:
    if name == "amount":
        return amount_of(told.get(name, ""), places=2)
    if name == "month":
        month = told.get(name, "").strip()
        if month and not _MONTH.fullmatch(month):
            raise Refused(_("{month} is no month. Write it as 2026-12.").format(month=month[:20]))
        return month
    if name in ("bodies", "sectors", "uses"):
        return _lines(told.get(name, ""))
    if name in ("parts", "accepts"):
        rows = [(told.get(f"{name}-category-{at}", "")[:40], told.get(f"{name}-number-{at}", "")) for at in range(MOST_ROWS)]
        found = {category: number for category, text in rows if category and (number := amount_of(text)) is not None}
        unknown = [category for category in found if category not in CATEGORIES]
        if unknown:
            raise Refused(_("There is no category {category}. Choose one of the list.").format(category=unknown[0]))
        return found
    if name == "waives":
        return told.getlist(name)[:10]
    return _line(told, name).upper() if name == "currency" else _line(told, name)


def _line(told: QueryDict, name: str) -> str:
    return " ".join(told.get(name, "").split())[:LONGEST]


def _lines(text: str) -> list[str]:
    return [line for one in text.splitlines()[:MOST_LINES] if (line := " ".join(one.split())[:LONGEST])]


def shown(filled: Mapping[str, Any], today: date) -> dict[str, Any]:
    """What a form shows at first: the fields of an address, or of an ask, as text; categories with their numbers as rows."""
    told = {name: _as_text(value) for name, value in filled.items() if value is not None}
    for name in ("parts", "accepts"):
        given = filled.get(name)
        rows = [(category, str(number)) for category, number in given.items()] if isinstance(given, Mapping) else []
        told[name] = (rows + [("", "")] * MOST_ROWS)[:MOST_ROWS]
    return {"as_of": today.isoformat()} | told


def _as_text(value: Any) -> Any:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "\n".join(str(one) for one in value)
    return f"{value.normalize():f}" if hasattr(value, "normalize") else str(value)
