"""The JSON form of problem and answer; docs/reference/allocation-json.md lists every key. What cannot be read is refused by name.

Numbers may be read as int, float or Decimal; a float counts as the shortest decimal that names it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import inf
from typing import Any, TypeVar

from sild.cores.allocation.answer import Answer, Ask, Change, Reason, Shipment, Unmet
from sild.cores.allocation.problem import Licence, Need, Offer, Problem, ProblemRefused

T = TypeVar("T")
D = TypeVar("D")
Json = Mapping[str, Any]

# a shipment without its period or its pieces: the check then derives them
UNSAID = -1
_REQUIRED: Any = object()


class ShapeRefused(ValueError):
    """JSON that is not a problem or an answer; the message names the place and what was expected there."""


def problem_from_json(data: object) -> Problem:
    """Read a problem. Raises ShapeRefused or ProblemRefused, naming the record and the key."""
    top = _Reader(_object(data, "the problem"), "the problem")
    needs = tuple(_need(_Reader(_object(one, f"needs[{at}]"), f"needs[{at}]")) for at, one in enumerate(top.take("needs", _list)))
    offers = tuple(_offer(_Reader(_object(one, f"offers[{at}]"), f"offers[{at}]")) for at, one in enumerate(top.take("offers", _list)))
    pairs = top.take("pairs", _maybe(_list), None)
    problem: dict[str, Any] = {
        "needs": needs,
        "offers": offers,
        "pairs": None if pairs is None else frozenset(_pair(pair, at, needs, offers) for at, pair in enumerate(pairs)),
        "budgets": {donor: _maybe(_decimal)(money, f"budgets[{donor!r}]") for donor, money in top.take("budgets", _object, {}).items()},
        "absorption": _absorption(top.take("absorption", _object, {})),
    }
    for key, read in (("served_share", _decimal), ("basis", _text), ("period", _text), ("currency", _text)):
        if key in top.data:
            problem[key] = top.take(key, read)
    top.end()
    return Problem(**problem)


def _need(read: _Reader) -> Need:
    fields: dict[str, Any] = {"id": read.take("id", _text)}
    read.place += f" ({fields['id']})"
    military = read.take("military", _maybe(_flag), None)
    channel = read.take("channel", _maybe(_text), None)
    if military is not None and channel is not None and military != (channel == "military"):
        raise ShapeRefused(f"{read.place}: military is {military} and channel is {channel!r}; give one of the two")
    fields["channel"] = channel or ("military" if military else "civil")
    for key, reader in (("category", _text), ("quantity", _whole), ("weight", _decimal), ("body", _text)):
        fields[key] = read.take(key, reader)
    fields["minimum_fraction"] = read.take("minimum_fraction", _decimal, Decimal(0))
    fields["due"] = read.either("due_week", "due", _maybe(_whole), None)
    fields["endorsed"] = read.take("endorsed", _flag, True)
    for key in ("unit", "region", "sector"):
        fields[key] = read.take(key, _maybe(_text), None)
    read.end()
    return Need(**fields)


def _offer(read: _Reader) -> Offer:
    fields: dict[str, Any] = {"id": read.take("id", _text)}
    read.place += f" ({fields['id']})"
    several = read.take("categories", _maybe(_texts), None)
    one = read.take("category", _maybe(_text), None)
    if several is None and one is None:
        raise ShapeRefused(f"{read.place}: neither category nor categories is given")
    fields["categories"] = tuple(dict.fromkeys([*([one] if one else []), *(several or [])]))
    for key, reader in (("donor", _text), ("lot", _whole), ("lots", _whole)):
        fields[key] = read.take(key, reader)
    fields["unit_cost"] = read.take("unit_cost", _maybe(_decimal), Decimal(0))
    fields["lead"] = read.either("lead_weeks", "lead", _whole, 0)
    fields["available_from"] = read.take("available_from", _whole, 0)
    fields["available_until"] = read.take("available_until", _maybe(_whole), None)
    fields["civil_only"] = read.take("civil_only", _flag, False)
    fields["unit"] = read.take("unit", _maybe(_text), None)
    for key in ("regions", "earmark_bodies", "earmark_categories", "earmark_sectors"):
        fields[key] = frozenset(read.take(key, _texts, []))
    licence = read.take("licence", _maybe(_object), None)
    if licence is not None:
        inner = _Reader(licence, f"{read.place}.licence")
        state: Any = inner.take("state", _text)
        fields["licence"] = Licence(
            state=state, authority=inner.take("authority", _text, ""), lead=inner.take("lead", _maybe(_whole), None)
        )
        inner.end()
    read.end()
    return Offer(**fields)


def _pair(pair: object, at: int, needs: tuple[Need, ...], offers: tuple[Offer, ...]) -> tuple[str, str]:
    place = f"pairs[{at}]"
    two = _list(pair, place)
    if len(two) != 2:
        raise ShapeRefused(f"{place}: must be [need index, offer index], not {pair!r}")
    need, offer = _whole(two[0], f"{place}[0]"), _whole(two[1], f"{place}[1]")
    if not 0 <= need < len(needs):
        raise ShapeRefused(f"{place}: need index {need} lies outside 0..{len(needs) - 1}")
    if not 0 <= offer < len(offers):
        raise ShapeRefused(f"{place}: offer index {offer} lies outside 0..{len(offers) - 1}")
    return needs[need].id, offers[offer].id


def _absorption(data: Json) -> dict[tuple[str, int | None], int]:
    """Either body -> pieces in all, or body -> {period: pieces} with "all" for the whole; null: not known."""
    limits: dict[tuple[str, int | None], int] = {}
    for body, value in data.items():
        place = f"absorption[{body!r}]"
        if value is None:
            continue
        if not isinstance(value, Mapping):
            limits[body, None] = _whole(value, place)
            continue
        for period, pieces in value.items():
            if pieces is None:
                continue
            if period != "all" and not (isinstance(period, str) and period.isascii() and period.isdigit()):
                raise ShapeRefused(f'{place}: {period!r} is not a period; periods count from "0", "all" is the whole plan')
            limits[body, None if period == "all" else int(period)] = _whole(pieces, f"{place}[{period!r}]")
    return limits


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """The answer as plain JSON values; exact fractions as the nearest float."""
    return {
        "basis": answer.basis,
        "objective": float(answer.objective),
        "bound": answer.bound if answer.bound < inf else None,
        "gap": answer.gap,
        "status": answer.status,
        "seed": answer.seed,
        "seconds": round(answer.seconds, 3),
        "shipments": [_shipment_to_json(shipment) for shipment in answer.shipments],
        "unmet": [
            {
                "need": unmet.need,
                "quantity": unmet.missing,
                "reasons": [_reason_to_json(reason) for reason in unmet.reasons],
                "unknown": list(unmet.unknown),
                "examined": unmet.examined,
            }
            for unmet in answer.unmet
        ],
        "asks": [_ask_to_json(ask) for ask in answer.asks],
        "assumptions": list(answer.assumptions),
    }


def _shipment_to_json(shipment: Shipment) -> dict[str, Any]:
    return {name: getattr(shipment, name) for name in ("need", "offer", "lots", "pieces", "period")}


def _change_to_json(change: Change) -> dict[str, Any]:
    whole = change.amount == change.amount.to_integral_value()
    data: dict[str, Any] = {"limit": change.limit, "owner": change.owner, "amount": int(change.amount) if whole else str(change.amount)}
    data["unit"] = change.unit
    for name in ("need", "offer", "donor", "body", "category", "period"):
        value = getattr(change, name)
        if value is not None:
            data[name] = value
    return data


def _reason_to_json(reason: Reason) -> dict[str, Any]:
    return {
        "limit": reason.limit,
        "owner": reason.owner,
        "smallest_change": reason.sentence,
        "changes": [_change_to_json(change) for change in reason.changes],
        "unlocks_quantity": reason.pieces,
        "unlocks_value": float(reason.value),
        "proven_smallest": reason.smallest,
        "witness": [_shipment_to_json(shipment) for shipment in reason.witness],
    }


def _ask_to_json(ask: Ask) -> dict[str, Any]:
    change = _change_to_json(ask.change)
    return {
        "ask": ask.sentence,
        "owner": ask.change.owner,
        "change": change,
        "gain": float(ask.gain),
        "quantity": ask.pieces,
        "exact": ask.exact,
    }


def answer_from_json(data: object) -> Answer:
    """Read an answer; `shipments` and `objective` must be given. Raises ShapeRefused, naming the place. Unknown keys are left aside."""
    top = _Reader(_object(data, "the answer"), "the answer")
    shipments = tuple(_shipment(one, f"shipments[{at}]") for at, one in enumerate(top.take("shipments", _list)))
    bound = top.take("bound", _maybe(_decimal), None)
    return Answer(
        shipments=shipments,
        objective=Fraction(top.take("objective", _decimal)),
        bound=inf if bound is None else float(bound),
        status=top.one_of("status", ("optimal", "within-gap", "stopped"), "stopped"),
        basis=top.one_of("basis", ("provisional", "endorsed"), "provisional"),
        seed=top.take("seed", _whole, 0),
        seconds=float(top.take("seconds", _decimal, Decimal(0))),
        unmet=tuple(_unmet(one, f"unmet[{at}]") for at, one in enumerate(top.take("unmet", _list, []))),
        asks=tuple(_ask(one, f"asks[{at}]") for at, one in enumerate(top.take("asks", _list, []))),
        assumptions=tuple(top.take("assumptions", _texts, [])),
    )


def _shipment(data: object, place: str) -> Shipment:
    read = _Reader(_object(data, place), place)
    lots = read.take("lots", _whole)
    return Shipment(
        need=read.take("need", _text),
        offer=read.take("offer", _text),
        period=read.take("period", _whole, UNSAID),
        lots=lots,
        pieces=read.take("pieces", _whole, UNSAID),
    )


def _unmet(data: object, place: str) -> Unmet:
    read = _Reader(_object(data, place), place)
    reasons = tuple(_reason(one, f"{place}.reasons[{at}]") for at, one in enumerate(read.take("reasons", _list, [])))
    return Unmet(
        need=read.take("need", _text),
        missing=read.take("quantity", _whole),
        reasons=reasons,
        unknown=tuple(read.take("unknown", _texts, [])),
        examined=read.take("examined", _flag, True),
    )


def _reason(data: object, place: str) -> Reason:
    read = _Reader(_object(data, place), place)
    return Reason(
        changes=tuple(_change(one, f"{place}.changes[{at}]") for at, one in enumerate(read.take("changes", _list))),
        sentence=read.take("smallest_change", _text),
        witness=tuple(_shipment(one, f"{place}.witness[{at}]") for at, one in enumerate(read.take("witness", _list))),
        pieces=read.take("unlocks_quantity", _whole),
        value=Fraction(read.take("unlocks_value", _decimal)),
        smallest=read.take("proven_smallest", _flag),
    )


def _change(data: object, place: str) -> Change:
    read = _Reader(_object(data, place), place)
    fields = {name: read.take(name, _maybe(_text), None) for name in ("need", "offer", "donor", "body", "category")}
    return Change(
        limit=read.take("limit", _text),
        owner=read.take("owner", _text),
        amount=read.take("amount", _decimal),
        unit=read.take("unit", _text),
        period=read.take("period", _maybe(_whole), None),
        **fields,
    )


def _ask(data: object, place: str) -> Ask:
    read = _Reader(_object(data, place), place)
    return Ask(
        change=_change(read.take("change", _object), f"{place}.change"),
        sentence=read.take("ask", _text),
        gain=Fraction(read.take("gain", _decimal)),
        pieces=read.take("quantity", _whole),
        exact=read.take("exact", _flag),
    )


class _Reader:
    """One JSON object, read key by key; `end` refuses what was not asked for."""

    def __init__(self, data: Json, place: str) -> None:
        self.data, self.place = data, place
        self.asked: set[str] = set()

    def take(self, key: str, read: Callable[[object, str], T], default: D = _REQUIRED) -> T | D:
        self.asked.add(key)
        if key not in self.data:
            if default is _REQUIRED:
                raise ShapeRefused(f"{self.place}: the key {key!r} is missing")
            return default
        return read(self.data[key], f"{self.place}: {key}")

    def either(self, key: str, other: str, read: Callable[[object, str], T], default: D) -> T | D:
        if key in self.data and other in self.data:
            raise ShapeRefused(f"{self.place}: {key} and {other} are both given; they mean the same")
        self.asked.update((key, other))
        return self.take(key if key in self.data else other, read, default)

    def one_of(self, key: str, allowed: tuple[Any, ...], default: Any) -> Any:
        value = self.take(key, _text, default)
        if value not in allowed:
            raise ShapeRefused(f"{self.place}: {key} is {value!r}; it must be one of {', '.join(allowed)}")
        return value

    def end(self) -> None:
        unknown = sorted(str(key) for key in self.data if key not in self.asked)
        if unknown:
            raise ShapeRefused(f"{self.place}: unknown key {unknown[0]!r}; known are {', '.join(sorted(self.asked))}")


def _object(value: object, place: str) -> Json:
    if not isinstance(value, Mapping):
        raise ShapeRefused(f"{place} must be an object, not {_kind(value)}")
    return value


def _list(value: object, place: str) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise ShapeRefused(f"{place} must be a list, not {_kind(value)}")
    return list(value)


def _text(value: object, place: str) -> str:
    if not isinstance(value, str):
        raise ShapeRefused(f"{place} must be a text, not {_kind(value)}")
    return value


def _texts(value: object, place: str) -> list[str]:
    return [_text(one, f"{place}[{at}]") for at, one in enumerate(_list(value, place))]


def _flag(value: object, place: str) -> bool:
    if not isinstance(value, bool):
        raise ShapeRefused(f"{place} must be true or false, not {_kind(value)}")
    return value


def _whole(value: object, place: str) -> int:
    number = _decimal(value, place)
    if number != number.to_integral_value():
        raise ShapeRefused(f"{place} must be a whole number, not {value!r}")
    return int(number)


def _decimal(value: object, place: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        raise ShapeRefused(f"{place} must be a number, not {_kind(value)}")
    try:
        number = Decimal(repr(value) if isinstance(value, float) else value)
    except ArithmeticError:
        raise ShapeRefused(f"{place} must be a number, not {value!r}") from None
    if not number.is_finite():
        raise ShapeRefused(f"{place} must be a finite number, not {value!r}")
    return number


def _maybe(read: Callable[[object, str], T]) -> Callable[[object, str], T | None]:
    return lambda value, place: None if value is None else read(value, place)


def _kind(value: object) -> str:
    return "null" if value is None else f"{type(value).__name__} {value!r:.60}"


__all__ = ["ProblemRefused", "ShapeRefused", "answer_from_json", "answer_to_json", "problem_from_json"]
