"""Compiled public facts with their sources and contradictions (YAML, or a table): claims, each source's word for itself.

A number is read where the words are a number with a unit ("over 240 million EUR"); what says less stays words. Nothing is settled here:
what a compiler preferred is kept as a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sild.formats.flows.rows import ClaimRow, FlowFile, NotFlows, decimal_of

_SCALES = {"": 1, "k": 10**3, "thousand": 10**3, "m": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9}
_SAID = re.compile(
    r"(?P<more>(?:over|more than|above|at least)\s+)?(?P<about>(?:about|around|some|nearly)\s+)?(?P<number>\d[\d,.]*)"
    r"\s*(?P<scale>k|thousand|m|million|bn|billion)?\s*(?P<unit>[A-Z]{3})?",
    re.IGNORECASE,
)


def is_facts(told: object) -> bool:
    """Whether a YAML document is a list of compiled facts."""
    return isinstance(told, dict) and isinstance(told.get("entries"), list) and isinstance(told.get("meta"), dict)


def read_facts(told: Mapping[str, Any]) -> FlowFile:
    """A claim for each fact that says a value, and one for each value that contradicts it."""
    source = str(told["meta"].get("title") or "compiled facts")
    claims: list[ClaimRow] = []
    faults: list[str] = []
    empty = 0
    for number, entry in enumerate(told["entries"], 1):
        try:
            found = list(_claims_of(entry, source, f"entry {number}"))
        except NotFlows as fault:
            faults.append(str(fault))
            continue
        claims += found
        empty += not found
    return FlowFile(form="facts", claims=tuple(claims), rows=len(told["entries"]), empty=empty, faults=tuple(faults))


def _claims_of(entry: object, source: str, where: str) -> Iterator[ClaimRow]:
    if not isinstance(entry, dict) or not entry.get("id"):
        raise NotFlows(f"{where}: it has no id")
    where = f"{where} ({entry['id']})"
    topic, label = f"fact:{entry.get('conflict_group') or entry['id']}", str(entry.get("label_en") or entry["id"])
    contradictions = entry.get("contradiction") or []
    # one conflict group may hold entries that each speak of a thing of their own: the entry's id keeps them apart
    topic = f"fact:{entry['id']}"
    described = str(entry.get("description") or "")
    values = {name: entry[name] for name in ("value", "in_acquisition", "delivered") if entry.get(name) is not None}
    currency = str(entry.get("currency") or "")
    for name, value in values.items():
        whole = topic if name == "value" else f"{topic}:{name}"
        named = label if name == "value" else f"{label}: {name.replace('_', ' ')}"
        note = described if not entry.get("preferred") else f"{described} (preferred by who compiled it)"
        yield _claim(value, currency, source, (whole, named, note), (str(entry.get("as_of") or ""), _texts(entry.get("sources"))))
    if not values and contradictions:
        yield _claim(described, "", source, (topic, label, ""), (str(entry.get("as_of") or ""), _texts(entry.get("sources"))))
    for other in contradictions:
        if not isinstance(other, dict):
            raise NotFlows(f"{where}: a contradiction of it is no value with its sources")
        said = other.get("value", other.get("note", ""))
        yield _claim(said, currency, source, (topic, label, str(other.get("note") or "")), ("", _texts(other.get("sources"))))


def _texts(found: object) -> tuple[str, ...]:
    return tuple(str(one) for one in found) if isinstance(found, list | tuple) else ()


def _claim(value: object, currency: str, source: str, named: tuple[str, str, str], told: tuple[str, tuple[str, ...]]) -> ClaimRow:
    said = "; ".join(str(one) for one in value) if isinstance(value, list | tuple) else str(value)
    amount, unit, at_least = number_in(said)
    return ClaimRow(
        source=source,
        series="facts",
        topic=named[0],
        label=named[1],
        said=f"{said} {currency}" if currency and not unit and amount is not None else said,
        amount=amount,
        unit=(unit or currency) if amount is not None else "",
        at_least=at_least,
        as_of=told[0],
        cited=told[1],
        note=named[2],
    )


def number_in(said: str) -> tuple[Decimal | None, str, bool]:
    """(amount, its currency where the words name one, whether they say "over") of words that are a number and nothing else."""
    found = _SAID.fullmatch(said.strip())
    if found is None or found["about"]:
        return None, "", False
    try:
        amount = decimal_of(found["number"].replace(",", ""), "a number") * _SCALES[(found["scale"] or "").lower()]
        decimal_of(amount, "a number")
    except NotFlows:
        return None, "", False
    return amount, (found["unit"] or "").upper(), bool(found["more"])


FACT_COLUMNS = frozenset({"fact_id", "topic", "value", "unit", "as_of", "source_url"})
_CURRENCY = re.compile(r"[A-Z]{3}(?![A-Z])")


def read_table_of_facts(rows: Sequence[Mapping[str, str]]) -> FlowFile:
    """A claim for each row of a table of facts; rows of one conflict group speak of one thing."""
    claims = []
    for row in rows:
        amount, _unit, at_least = number_in(row["value"])
        currency = _CURRENCY.match(row["unit"])
        money = amount is not None and currency is not None
        claims.append(
            ClaimRow(
                source=f"table of facts, {row['source_url']}",
                series="facts",
                topic=f"fact:{row.get('conflict_group') or row['topic']}",
                label=row["topic"].replace("_", " "),
                said=f"{row['value']} {row['unit']}".strip() if row["unit"] not in ("date", "text", "org", "iso2") else row["value"],
                amount=amount if amount is not None and row["unit"] != "date" else None,
                unit=currency.group() if money and currency is not None else row["unit"] if amount is not None else "",
                at_least=at_least,
                as_of=row["as_of"],
                cited=(row["source_url"],),
            )
        )
    return FlowFile(form="facts-table", claims=tuple(claims), rows=len(rows))
