"""An answer into its JSON form and back."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import inf
from typing import Any

from sild.cores.allocation.answer import Answer, Ask, Change, FairShares, Moved, PlannedLicence, PooledOrder, Reason, Shipment, Unmet
from sild.cores.allocation.shape.reader import Reader, decimal, flag, list_, maybe, object_, text, texts, whole

# a shipment without its period or its pieces: the check then derives them
UNSAID = -1


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
        "parts": {name: float(worth) for name, worth in answer.parts},
        "fairness": [_fair_shares_to_json(one) for one in answer.fairness],
        "orders": [{**_plain(one), "bodies": list(one.bodies)} for one in answer.orders],
        "licences": [_licence_to_json(licence) for licence in answer.licences],
        "moved": [_moved_to_json(moved) for moved in answer.moved],
    }


def _fair_shares_to_json(one: FairShares) -> dict[str, Any]:
    return {"by": one.by, "sentence": one.sentence, "shares": {name: float(share) for name, share in one.shares}}


def _plain(order: PooledOrder) -> dict[str, Any]:
    return {name: getattr(order, name) for name in PooledOrder.__dataclass_fields__}


def _licence_to_json(licence: PlannedLicence) -> dict[str, Any]:
    plain = {name: getattr(licence, name) for name in PlannedLicence.__dataclass_fields__}
    return plain | {"quantile": str(licence.quantile)}


def _moved_to_json(moved: Moved) -> dict[str, Any]:
    return {name: getattr(moved, name) for name in Moved.__dataclass_fields__}


def _shipment_to_json(shipment: Shipment) -> dict[str, Any]:
    return {name: getattr(shipment, name) for name in ("need", "offer", "lots", "pieces", "period")}


def _change_to_json(change: Change) -> dict[str, Any]:
    whole = change.amount == change.amount.to_integral_value()
    data: dict[str, Any] = {"limit": change.limit, "owner": change.owner, "amount": int(change.amount) if whole else str(change.amount)}
    data["unit"] = change.unit
    for name in ("need", "offer", "donor", "body", "category", "period", "site", "resource"):
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
        "reached": list(ask.reached),
    }


def answer_from_json(data: object) -> Answer:
    """Read an answer; `shipments` and `objective` must be given. Raises ShapeRefused, naming the place. Unknown keys are left aside."""
    top = Reader(object_(data, "the answer"), "the answer")
    shipments = tuple(_shipment(one, f"shipments[{at}]") for at, one in enumerate(top.take("shipments", list_)))
    bound = top.take("bound", maybe(decimal), None)
    return Answer(
        shipments=shipments,
        objective=Fraction(top.take("objective", decimal)),
        bound=inf if bound is None else float(bound),
        status=top.one_of("status", ("optimal", "within-gap", "stopped"), "stopped"),
        basis=top.one_of("basis", ("provisional", "endorsed"), "provisional"),
        seed=top.take("seed", whole, 0),
        seconds=float(top.take("seconds", decimal, Decimal(0))),
        unmet=tuple(_unmet(one, f"unmet[{at}]") for at, one in enumerate(top.take("unmet", list_, []))),
        asks=tuple(_ask(one, f"asks[{at}]") for at, one in enumerate(top.take("asks", list_, []))),
        assumptions=tuple(top.take("assumptions", texts, [])),
        parts=tuple((name, Fraction(decimal(worth, f"parts[{name!r}]"))) for name, worth in top.take("parts", object_, {}).items()),
        fairness=tuple(_fair_shares(one, f"fairness[{at}]") for at, one in enumerate(top.take("fairness", list_, []))),
        orders=tuple(_order(one, f"orders[{at}]") for at, one in enumerate(top.take("orders", list_, []))),
        licences=tuple(_licence(one, f"licences[{at}]") for at, one in enumerate(top.take("licences", list_, []))),
        moved=tuple(_moved(one, f"moved[{at}]") for at, one in enumerate(top.take("moved", list_, []))),
    )


def _fair_shares(data: object, place: str) -> FairShares:
    read = Reader(object_(data, place), place)
    shares = tuple((name, Fraction(decimal(share, f"{place}.shares[{name!r}]"))) for name, share in read.take("shares", object_).items())
    return FairShares(by=read.take("by", text), sentence=read.take("sentence", text), shares=shares)


def _order(data: object, place: str) -> PooledOrder:
    read = Reader(object_(data, place), place)
    bodies = tuple(read.take("bodies", texts))
    return PooledOrder(offer=read.take("offer", text), minimum=read.take("minimum", whole), lots=read.take("lots", whole), bodies=bodies)


def _licence(data: object, place: str) -> PlannedLicence:
    read = Reader(object_(data, place), place)
    return PlannedLicence(
        offer=read.take("offer", text),
        authority=read.take("authority", text),
        quantile=read.take("quantile", decimal),
        routes=read.take("routes", whole),
        days=read.take("days", maybe(whole)),
        periods=read.take("periods", maybe(whole)),
    )


def _moved(data: object, place: str) -> Moved:
    read = Reader(object_(data, place), place)
    return Moved(
        need=read.take("need", text),
        offer=read.take("offer", text),
        period=read.take("period", whole),
        before=read.take("before", whole),
        now=read.take("now", whole),
        committed=read.take("committed", flag),
        why=read.take("why", text),
        sentence=read.take("sentence", text),
    )


def _shipment(data: object, place: str) -> Shipment:
    read = Reader(object_(data, place), place)
    lots = read.take("lots", whole)
    return Shipment(
        need=read.take("need", text),
        offer=read.take("offer", text),
        period=read.take("period", whole, UNSAID),
        lots=lots,
        pieces=read.take("pieces", whole, UNSAID),
    )


def _unmet(data: object, place: str) -> Unmet:
    read = Reader(object_(data, place), place)
    reasons = tuple(_reason(one, f"{place}.reasons[{at}]") for at, one in enumerate(read.take("reasons", list_, [])))
    return Unmet(
        need=read.take("need", text),
        missing=read.take("quantity", whole),
        reasons=reasons,
        unknown=tuple(read.take("unknown", texts, [])),
        examined=read.take("examined", flag, True),
    )


def _reason(data: object, place: str) -> Reason:
    read = Reader(object_(data, place), place)
    return Reason(
        changes=tuple(_change(one, f"{place}.changes[{at}]") for at, one in enumerate(read.take("changes", list_))),
        sentence=read.take("smallest_change", text),
        witness=tuple(_shipment(one, f"{place}.witness[{at}]") for at, one in enumerate(read.take("witness", list_))),
        pieces=read.take("unlocks_quantity", whole),
        value=Fraction(read.take("unlocks_value", decimal)),
        smallest=read.take("proven_smallest", flag),
    )


def _change(data: object, place: str) -> Change:
    read = Reader(object_(data, place), place)
    fields = {name: read.take(name, maybe(text), None) for name in ("need", "offer", "donor", "body", "category", "site", "resource")}
    return Change(
        limit=read.take("limit", text),
        owner=read.take("owner", text),
        amount=read.take("amount", decimal),
        unit=read.take("unit", text),
        period=read.take("period", maybe(whole), None),
        **fields,
    )


def _ask(data: object, place: str) -> Ask:
    read = Reader(object_(data, place), place)
    return Ask(
        change=_change(read.take("change", object_), f"{place}.change"),
        sentence=read.take("ask", text),
        gain=Fraction(read.take("gain", decimal)),
        pieces=read.take("quantity", whole),
        exact=read.take("exact", flag),
        reached=tuple(read.take("reached", texts, [])),
    )
