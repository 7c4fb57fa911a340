"""What one reader sees of everything that a report tells, as plain rows: every read takes that reader, and none looks past it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sild.kernel.actor import Actor
from sild.wings.agreements.public import AgreementFilter, AgreementRow, list_agreements
from sild.wings.clearance.public import CaseFilter, CaseRow, list_cases
from sild.wings.delivery.public import ConsignmentFilter, ConsignmentRow, list_consignments, statuses_of
from sild.wings.disclosure.reads.lights import lights_by_agreement
from sild.wings.disclosure.reads.showing import Behind, shown_by
from sild.wings.disclosure.rules import Row, Section, Shown, View, quieted
from sild.wings.money.public import FlowFilter, FlowRow, list_flows, totals_of
from sild.wings.outlook.public import sustainment_page
from sild.wings.parties.public import desk_day
from sild.wings.register.public import NeedView, OfferView, needs, offers

AT_A_TIME = 500
MOST_ROWS = 20_000
"""Of one kind; more stand in no report that a person reads."""
AHEAD, BEHIND = timedelta(days=180), timedelta(days=90)
"""What lapses is told half a year ahead, and for a quarter after it did."""
Key = tuple[datetime, UUID]


def material_of(reader: Actor) -> View:
    """Everything that a reader sees and that may be told, by section and identifier.

    `pieces` are quantities in their places: needs are counted from them. What givers want shown quietly is left out already.
    """
    wanted = needs(reader)
    asked = [one.id for one in wanted]
    behind = behind_of(reader)
    consignments = _keyed(_consignment(row) for row in behind.moving)
    view = {
        "needs": _keyed(_need(one) for one in wanted),
        "offers": _keyed(_offer(one) for one in behind.given),
        "agreements": _keyed(_agreement(row) for row in behind.agreed),
        "consignments": consignments,
        "licences": _keyed(_case(row) for row in behind.cases),
        "lapses": _keyed(_lapses(reader, desk_day(reader), consignments)),
        "flows": _keyed(_flows(reader)),
        "lights": _keyed(lights_by_agreement(reader, asked)),
        "pieces": _keyed(_pieces(reader, asked)),
    }
    return quieted(view, _with_pieces(shown_by(reader, behind), view["pieces"]))


def behind_of(reader: Actor) -> Behind:
    """What a reader sees that can hang on an agreement."""
    return Behind(
        agreed=list(_all(lambda after: list_agreements(reader, AgreementFilter(), **after))),
        moving=list(_all(lambda after: list_consignments(reader, ConsignmentFilter(), **after))),
        cases=list(_all(lambda after: list_cases(reader, CaseFilter(), **after))),
        given=offers(reader),
    )


def _with_pieces(shown: Shown, pieces: Section) -> Shown:
    """The pieces too, each as its agreement is shown."""
    agreements = shown.get("agreements", {})
    return {**shown, "pieces": {key: agreements[row["agreement"]] for key, row in pieces.items() if row["agreement"] in agreements}}


def _all(asked: Callable[[dict[str, Any]], tuple[list[Any], Key | None]]) -> Iterable[Any]:
    """The rows of a list that is read in slices."""
    after: Key | None = None
    for _slice in range(MOST_ROWS // AT_A_TIME):
        rows, after = asked({"after": after, "limit": AT_A_TIME})
        yield from rows
        if after is None:
            return


def _keyed(rows: Iterable[Row]) -> Section:
    return {row["id"]: row for row in rows}


def _need(one: NeedView) -> Row:
    return {
        "id": str(one.id),
        "title": one.title,
        "body": one.beneficiary,
        "category": one.category,
        "quantity": number(one.quantity),
        "unit": one.unit,
        "needed_by": day(one.needed_by),
        "urgency": one.urgency,
        "channel": one.channel,
        "state": one.state,
        "provisional": one.provisional,
        "marking": one.marking,
    }


def _offer(one: OfferView) -> Row:
    alike = {name: getattr(one, name) for name in ("title", "category", "provider", "unit", "answer", "withdrawn", "marking")}
    days = {name: day(getattr(one, name)) for name in ("available_from", "available_until")}
    return {"id": str(one.id), **alike, **days, "body": one.beneficiary, "quantity": number(one.quantity)}


def _agreement(row: AgreementRow) -> Row:
    alike = {name: getattr(row, name) for name in ("title", "body", "giver", "category", "unit", "mover", "marking")}
    amounts = {name: number(getattr(row, name)) for name in ("proposed", "standing", "committed")}
    days = {"since": day(row.since), "month": day(row.month)}
    return {"id": str(row.id), "need": str(row.need_id), **alike, **amounts, **days, "state": str(row.state)}


def _consignment(row: ConsignmentRow) -> Row:
    alike = {name: getattr(row, name) for name in ("title", "body", "giver", "category", "unit", "mover", "overdue", "marking")}
    amounts = {name: number(getattr(row, name)) for name in ("quantity", "arrived", "accepted", "disputed", "lost")}
    return {"id": str(row.id), **alike, **amounts, "state": str(row.state), "since": day(row.since), "due": day(row.due)}


def _case(row: CaseRow) -> Row:
    alike = {name: getattr(row, name) for name in ("provider", "jurisdiction", "authority", "state", "mover", "overdue", "marking")}
    days = {name: day(getattr(row, name)) for name in ("since", "due_on", "expires_on")}
    told = {"title": row.item, "body": row.beneficiary, "unit": row.unit, "quantity": number(row.quantity)}
    return {"id": str(row.id), **alike, **days, **told}


def _lapses(reader: Actor, today: date, consignments: Section) -> Iterable[Row]:
    page = sustainment_page(reader)
    for row in page.rows:
        one = row.running
        if not today - BEHIND <= one.on <= today + AHEAD:
            continue
        term = page.terms.get(one.id)
        carried = consignments.get(str(one.id))
        if term is None and carried is None:
            continue
        yield {
            "id": str(one.id),
            "title": one.title,
            "body": one.body,
            "kind": one.kind,
            "on": day(one.on),
            "quantity": number(one.quantity),
            "unit": one.unit,
            "giver": one.giver,
            "term": term is not None,
            "marking": term.marking if term is not None else carried["marking"] if carried is not None else None,
        }


def _flows(reader: Actor) -> Iterable[Row]:
    """The money, each row with whether the total of its state counts it: what lies inside another row is not counted twice."""
    rows: list[FlowRow] = list(_all(lambda after: list_flows(reader, FlowFilter(), **after)))
    told = totals_of(reader, FlowFilter())
    counting = {(pot.pot, key) for pot in told.pots for one in pot.whole.sums for key in one.rows}
    for row in rows:
        alike = {name: getattr(row, name) for name in ("title", "body", "giver", "currency", "source", "ended", "marking")}
        counts = (str(row.state), row.id) in counting
        state = str(row.state)
        days = {"on": day(row.on), "as_of": day(row.as_of)}
        yield {"id": str(row.id), **alike, **days, "state": state, "amount": number(row.amount), "in_kind": row.in_kind, "counts": counts}


def _pieces(reader: Actor, asked: list[UUID]) -> Iterable[Row]:
    """Every quantity in its place: one row for each need, agreement, consignment and place."""
    for need, status in statuses_of(reader, asked).items():
        sums: dict[tuple[str, str, str], Decimal] = {}
        for piece in status.pieces:
            key = (str(piece.agreement), str(piece.consignment or ""), str(piece.place))
            sums[key] = sums.get(key, Decimal(0)) + piece.quantity
        for (agreement, consignment, place), quantity in sums.items():
            name = f"{need}/{agreement}/{consignment}/{place}"
            yield {"id": name, "need": str(need), "agreement": agreement, "place": place, "quantity": number(quantity)}


def number(amount: Decimal | None) -> str | None:
    """An exact number as text without zeros behind; None for what nobody said."""
    return None if amount is None else f"{amount.normalize():f}"


def day(value: date | None) -> str | None:
    """A day as ISO text."""
    return None if value is None else value.isoformat()
