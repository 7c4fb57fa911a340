"""The fields of the inventory and of hosts, said once: what forms ask for, what they send, and which columns a sheet of them has.

A field's `kind` is line, words, choice, amount, day, or one of a list of records; its words come in the language that is active.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.refusals import Refused
from sild.kernel.said import said
from sild.kernel.sent import amount_of, day_of
from sild.wings.continuity.rules import (
    LONGEST_CODE,
    LONGEST_NAME,
    LONGEST_WORDS,
    DependencyKind,
    Dongle,
    HostAgreement,
    HostState,
    Immunity,
    KeyCustody,
    Layer,
    Permission,
    Portability,
)

E = TypeVar("E", bound=StrEnum)
_IDENTITY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field: its name, what it is called, what stands beside it. `options` are (value, words); `must`: it is not left empty."""

    name: str
    words: str
    kind: str = "line"
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    must: bool = False
    most: int = LONGEST_NAME
    value: str = ""


def choices(kind: type[StrEnum], table: str) -> tuple[tuple[str, str], ...]:
    """The words of a vocabulary, as (value, what it is called)."""
    return tuple((one.value, said().label(one.value, table)) for one in kind)


def system_fields() -> tuple[Field, ...]:
    """What is asked of a system."""
    return (
        Field(
            name="code",
            words=_("Code"),
            hint=_("Short and your own, such as POP-REG. Sheets speak of the system by it."),
            must=True,
            most=LONGEST_CODE,
        ),
        Field(name="name", words=_("Name"), must=True),
        Field(name="purpose", words=_("What it is for"), kind="words", most=LONGEST_WORDS),
        Field(name="operator", words=_("Who runs it")),
        Field(name="layer", words=_("Layer"), kind="choice", options=choices(Layer, "layer")),
        Field(name="portability", words=_("How it can be moved"), kind="choice", options=choices(Portability, "portability")),
        Field(name="custody", words=_("Who holds the keys"), kind="choice", options=choices(KeyCustody, "key-custody")),
        Field(name="dongle", words=_("Licences and hardware"), kind="choice", options=choices(Dongle, "dongle")),
        Field(name="territory", words=_("Territory"), hint=_("The region where it stands, no address.")),
        Field(name="cloud", words=_("Cloud")),
        Field(name="vendor", words=_("Vendor")),
        Field(name="crew", words=_("People without whom it does not go on")),
        Field(name="racks", words=_("Racks"), kind="amount"),
        Field(name="kilowatts", words=_("Power, kW"), kind="amount"),
        Field(name="effort_hours", words=_("Hours of a team to move it"), kind="amount"),
        Field(name="note", words=_("Note"), kind="words", most=LONGEST_WORDS),
    )


def dataset_fields() -> tuple[Field, ...]:
    """What is asked of a dataset, but for its permission."""
    return (
        Field(name="name", words=_("Name"), must=True),
        Field(name="data_owner", words=_("Owner of the data")),
        Field(name="size", words=_("Size, GB"), kind="amount"),
        Field(name="change", words=_("Change, GB a day"), kind="amount"),
        Field(name="rpo", words=_("RPO, hours"), hint=_("How much of the newest work may be lost."), kind="amount"),
        Field(name="rto", words=_("RTO, hours"), hint=_("How long it may be away."), kind="amount"),
        Field(name="loss_if_gone", words=_("Points lost if it is gone for ever"), kind="amount"),
        Field(name="custody", words=_("Who holds the keys"), kind="choice", options=choices(KeyCustody, "key-custody")),
        Field(name="note", words=_("Note"), kind="words", most=LONGEST_WORDS),
    )


def permission_fields() -> tuple[Field, ...]:
    """What is asked of the permission of a dataset."""
    return (
        Field(name="permission", words=_("Permission to leave the country"), kind="choice", options=choices(Permission, "permission")),
        Field(name="permission_of", words=_("Whose permission")),
        Field(name="permission_act", words=_("By which act")),
        Field(name="permission_on", words=_("Day"), kind="day"),
    )


def service_fields() -> tuple[Field, ...]:
    """What is asked of a service."""
    return (
        Field(name="name", words=_("Name"), must=True),
        Field(name="users", words=_("Who uses it")),
        Field(name="loss_per_hour", words=_("Loss for each hour of standing still"), hint=_("In points of your own scale."), kind="amount"),
        Field(name="currency", words=_("Currency"), hint=_("Three letters where the loss is money, else empty."), most=3),
        Field(name="rto", words=_("RTO, hours"), kind="amount"),
        Field(name="note", words=_("Note"), kind="words", most=LONGEST_WORDS),
    )


def tie_fields() -> tuple[Field, ...]:
    """What is asked of a dependency, but for who leans on whom."""
    return (
        Field(name="kind", words=_("How much it leans"), kind="choice", options=choices(DependencyKind, "dependency")),
        Field(name="hours_without", words=_("Hours that it goes on alone"), kind="amount"),
        Field(name="note", words=_("Note"), kind="words", most=LONGEST_WORDS),
    )


def host_fields() -> tuple[Field, ...]:
    """What is asked of a host, but for its place."""
    return (
        Field(name="name", words=_("Name"), hint=_("One that does not tell where it stands."), must=True),
        Field(name="country", words=_("Country"), hint=_("Its name or code. The place is sealed, it never stands here.")),
        Field(name="state", words=_("State"), kind="choice", options=choices(HostState, "host")),
        Field(name="agreement", words=_("Agreement"), kind="choice", options=choices(HostAgreement, "host-agreement")),
        Field(name="agreement_words", words=_("Which agreement")),
        Field(name="immunity", words=_("Immunity"), kind="choice", options=choices(Immunity, "immunity")),
        Field(name="access", words=_("Who may come in"), kind="words", most=LONGEST_WORDS),
        Field(name="exit_terms", words=_("How one leaves again"), kind="words", most=LONGEST_WORDS),
        Field(name="cloud", words=_("Cloud")),
        Field(name="vendor", words=_("Vendor")),
        Field(name="free", words=_("Free, TB"), kind="amount"),
        Field(name="racks", words=_("Free racks"), kind="amount"),
        Field(name="kilowatts", words=_("Power, kW"), kind="amount"),
        Field(name="link", words=_("Line, Mbit/s"), kind="amount"),
        Field(name="shipping_days", words=_("Days for a shipment of media"), kind="amount"),
        Field(name="shipment", words=_("TB in a shipment"), kind="amount"),
        Field(name="note", words=_("Note"), kind="words", most=LONGEST_WORDS),
    )


def filled(fields: Sequence[Field], record: object) -> tuple[Field, ...]:
    """The fields with what a record says in them."""
    return tuple(_with(field, getattr(record, field.name, None)) for field in fields)


def _with(field: Field, value: Any) -> Field:
    told = "" if value is None else value.isoformat() if hasattr(value, "isoformat") else _plain(value)
    return Field(**{name: getattr(field, name) for name in Field.__dataclass_fields__} | {"value": told})


def _plain(value: object) -> str:
    text = str(value)
    return text.rstrip("0").rstrip(".") if re.fullmatch(r"-?\d+\.\d+", text) else text


def sent(fields: Sequence[Field], told: Mapping[str, str]) -> dict[str, Any]:
    """What a form sent, by field. Raises Refused for what cannot be read."""
    return {field.name: _read(field, told.get(field.name, "")) for field in fields}


def _read(field: Field, text: str) -> Any:
    if field.kind == "amount":
        return amount_of(text)
    if field.kind == "day":
        return day_of(text)
    if field.kind == "choice":
        values = [value for value, _words in field.options]
        if not text.strip():
            return values[0] if "unknown" not in values else "unknown"
        if text not in values:
            raise Refused(_("Choose one of the list."))
    return text


def chosen(kind: type[E], text: str, default: E) -> E:
    """One of a vocabulary; the default for an empty field. Raises Refused."""
    if not text:
        return default
    if text not in {*kind}:
        raise Refused(_("Choose one of the list."))
    return kind(text)


def identity_of(text: str) -> UUID | None:
    """An identifier, alone or in the address of a page; None for an empty field. Raises Refused."""
    if not text.strip():
        return None
    found = _IDENTITY.search(text.lower())
    if found is None:
        raise Refused(_("{text} is no address of a page here. Copy the address from the browser.").format(text=text.strip()[:60]))
    return UUID(found.group())
