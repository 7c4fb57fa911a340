"""A problem out of its JSON form."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sild.cores.allocation.problem import Bundle, Earlier, Fairness, Licence, Need, Offer, Problem
from sild.cores.allocation.shape.reader import Json, Reader, ShapeRefused, decimal, flag, list_, maybe, object_, text, texts, whole


def problem_from_json(data: object) -> Problem:
    """Read a problem. Raises ShapeRefused or ProblemRefused, naming the record and the key."""
    top = Reader(object_(data, "the problem"), "the problem")
    needs = tuple(_need(Reader(object_(one, f"needs[{at}]"), f"needs[{at}]")) for at, one in enumerate(top.take("needs", list_)))
    offers = tuple(_offer(Reader(object_(one, f"offers[{at}]"), f"offers[{at}]")) for at, one in enumerate(top.take("offers", list_)))
    pairs = top.take("pairs", maybe(list_), None)
    problem: dict[str, Any] = {
        "needs": needs,
        "offers": offers,
        "pairs": None if pairs is None else frozenset(_pair(pair, at, needs, offers) for at, pair in enumerate(pairs)),
        "budgets": {donor: maybe(decimal)(money, f"budgets[{donor!r}]") for donor, money in top.take("budgets", object_, {}).items()},
        "absorption": _absorption(top.take("absorption", object_, {})),
    }
    for key, read in (("served_share", decimal), ("basis", text), ("period", text), ("currency", text)):
        if key in top.data:
            problem[key] = top.take(key, read)
    problem["committed"] = _earlier(top, "committed")
    problem["planned"] = _earlier(top, "planned")
    problem["bundles"] = tuple(_bundle(one, f"bundles[{at}]") for at, one in enumerate(top.take("bundles", list_, [])))
    if "licence_quantile" in top.data:
        problem["licence_quantile"] = top.take("licence_quantile", decimal)
    problem["fairness"] = tuple(_fairness(one, f"fairness[{at}]") for at, one in enumerate(top.take("fairness", list_, [])))
    problem["hosting"] = _hosting(top.take("hosting", object_, {}))
    problem["intake"] = _intake(top.take("intake", object_, {}))
    problem["lasting"] = frozenset(top.take("lasting", texts, []))
    problem["declined"] = frozenset(_pair(pair, at, needs, offers, "declined") for at, pair in enumerate(top.take("declined", list_, [])))
    problem["stability"] = top.take("stability", decimal, Decimal(0))
    top.end()
    return Problem(**problem)


def _bundle(data: object, place: str) -> Bundle:
    read = Reader(object_(data, place), place)
    parts = {need: whole(pieces, f"{place}.parts[{need!r}]") for need, pieces in read.take("parts", object_).items()}
    bundle = Bundle(id=read.take("id", text), parts=tuple(parts.items()))
    read.end()
    return bundle


def _fairness(data: object, place: str) -> Fairness:
    read = Reader(object_(data, place), place)
    by: Any = read.take("by", text)
    rule: Any = read.take("rule", text)
    weight, among = read.take("weight", decimal), frozenset(read.take("among", texts, []))
    found = Fairness(by=by, rule=rule, weight=weight, floor=read.take("floor", decimal, Decimal(1)), among=among)
    read.end()
    return found


def _hosting(data: Json) -> dict[tuple[str, int], int]:
    """Either site -> units, or site -> {period: units from then on}."""
    limits: dict[tuple[str, int], int] = {}
    for site, value in data.items():
        place = f"hosting[{site!r}]"
        steps = value if isinstance(value, Mapping) else {"0": value}
        for period, units in steps.items():
            if not (isinstance(period, str) and period.isascii() and period.isdigit()):
                raise ShapeRefused(f'{place}: {period!r} is not a period; periods count from "0"')
            limits[site, int(period)] = whole(units, f"{place}[{period!r}]")
    return limits


def _intake(data: Json) -> dict[tuple[str, str, int | None], int]:
    """Body -> resource -> what `absorption` holds of a body: units in all, or by period."""
    limits: dict[tuple[str, str, int | None], int] = {}
    for body, resources in data.items():
        told = _absorption(object_(resources, f"intake[{body!r}]"), f"intake[{body!r}]")
        limits |= {(body, resource, period): units for (resource, period), units in told.items()}
    return limits


def _earlier(top: Reader, key: str) -> tuple[Earlier, ...]:
    found = []
    for at, one in enumerate(top.take(key, list_, [])):
        read = Reader(object_(one, f"{key}[{at}]"), f"{key}[{at}]")
        found.append(
            Earlier(
                need=read.take("need", text),
                offer=read.take("offer", text),
                period=read.take("period", whole),
                lots=read.take("lots", whole),
            )
        )
        read.end()
    return tuple(found)


def _need(read: Reader) -> Need:
    fields: dict[str, Any] = {"id": read.take("id", text)}
    read.place += f" ({fields['id']})"
    military = read.take("military", maybe(flag), None)
    channel = read.take("channel", maybe(text), None)
    if military is not None and channel is not None and military != (channel == "military"):
        raise ShapeRefused(f"{read.place}: military is {military} and channel is {channel!r}; give one of the two")
    fields["channel"] = channel or ("military" if military else "civil")
    for key, reader in (("category", text), ("quantity", whole), ("weight", decimal), ("body", text)):
        fields[key] = read.take(key, reader)
    fields["minimum_fraction"] = read.take("minimum_fraction", decimal, Decimal(0))
    fields["due"] = read.either("due_week", "due", maybe(whole), None)
    accepted = read.take("substitutes", object_, {})
    fields["substitutes"] = tuple((one, decimal(quality, f"{read.place}.substitutes[{one!r}]")) for one, quality in accepted.items())
    fields["endorsed"] = read.take("endorsed", flag, True)
    fields["passes_on"] = read.take("passes_on", maybe(flag), None)
    for key in ("unit", "region", "sector", "end_use", "site"):
        fields[key] = read.take(key, maybe(text), None)
    read.end()
    return Need(**fields)


def _offer(read: Reader) -> Offer:
    fields: dict[str, Any] = {"id": read.take("id", text)}
    read.place += f" ({fields['id']})"
    several = read.take("categories", maybe(texts), None)
    one = read.take("category", maybe(text), None)
    if several is None and one is None:
        raise ShapeRefused(f"{read.place}: neither category nor categories is given")
    fields["categories"] = tuple(dict.fromkeys([*([one] if one else []), *(several or [])]))
    for key, reader in (("donor", text), ("lot", whole), ("lots", whole)):
        fields[key] = read.take(key, reader)
    fields["unit_cost"] = read.take("unit_cost", maybe(decimal), Decimal(0))
    fields["lead"] = read.either("lead_weeks", "lead", whole, 0)
    fields["available_from"] = read.take("available_from", whole, 0)
    fields["available_until"] = read.take("available_until", maybe(whole), None)
    fields["civil_only"] = read.take("civil_only", flag, False)
    fields["unit"] = read.take("unit", maybe(text), None)
    fields["minimum_lots"] = read.take("minimum_lots", whole, 0)
    fields["footprint"] = read.take("footprint", whole, 0)
    fields["no_reexport"] = read.take("no_reexport", flag, False)
    used = read.take("uses", object_, {})
    fields["uses"] = tuple((one, whole(units, f"{read.place}.uses[{one!r}]")) for one, units in used.items())
    for key in ("regions", "earmark_bodies", "earmark_categories", "earmark_sectors", "end_uses"):
        fields[key] = frozenset(read.take(key, texts, []))
    licence = read.take("licence", maybe(object_), None)
    if licence is not None:
        inner = Reader(licence, f"{read.place}.licence")
        state: Any = inner.take("state", text)
        fields["licence"] = Licence(
            state=state,
            authority=inner.take("authority", text, ""),
            lead=inner.take("lead", maybe(whole), None),
            days=tuple(whole(one, f"{inner.place}: days[{at}]") for at, one in enumerate(inner.take("days", list_, []))),
            waited=inner.take("waited", whole, 0),
            until=inner.take("until", maybe(whole), None),
        )
        inner.end()
    read.end()
    return Offer(**fields)


def _pair(pair: object, at: int, needs: tuple[Need, ...], offers: tuple[Offer, ...], key: str = "pairs") -> tuple[str, str]:
    place = f"{key}[{at}]"
    two = list_(pair, place)
    if len(two) != 2:
        raise ShapeRefused(f"{place}: must be [need index, offer index], not {pair!r}")
    need, offer = whole(two[0], f"{place}[0]"), whole(two[1], f"{place}[1]")
    if not 0 <= need < len(needs):
        raise ShapeRefused(f"{place}: need index {need} lies outside 0..{len(needs) - 1}")
    if not 0 <= offer < len(offers):
        raise ShapeRefused(f"{place}: offer index {offer} lies outside 0..{len(offers) - 1}")
    return needs[need].id, offers[offer].id


def _absorption(data: Json, within: str = "absorption") -> dict[tuple[str, int | None], int]:
    """Either body -> pieces in all, or body -> {period: pieces} with "all" for the whole; null: not known."""
    limits: dict[tuple[str, int | None], int] = {}
    for body, value in data.items():
        place = f"{within}[{body!r}]"
        if value is None:
            continue
        if not isinstance(value, Mapping):
            limits[body, None] = whole(value, place)
            continue
        for period, pieces in value.items():
            if pieces is None:
                continue
            if period != "all" and not (isinstance(period, str) and period.isascii() and period.isdigit()):
                raise ShapeRefused(f'{place}: {period!r} is not a period; periods count from "0", "all" is the whole plan')
            limits[body, None if period == "all" else int(period)] = whole(pieces, f"{place}[{period!r}]")
    return limits
