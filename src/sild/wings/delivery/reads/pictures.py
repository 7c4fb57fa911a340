"""What moves, as pictures: commitments from who gives to how far they are, and the days of every consignment for a scale of time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from sild.formats.drawing.sankey import Flow, SankeyWords, folded_flows, sankey_picture
from sild.formats.drawing.shapes import Drawn, Tone
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.said import said, wording
from sild.wings.agreements.public import Agreement, AgreementState
from sild.wings.delivery.models import Consignment
from sild.wings.delivery.reads.needs import PLACES
from sild.wings.delivery.reads.records import row_of
from sild.wings.delivery.rules.consignments import ConsignmentDeed, State
from sild.wings.delivery.rules.legs import legs_of
from sild.wings.delivery.rules.status import Carried, Place, Promise, status_of
from sild.wings.parties.public import desk_day

TONES: dict[Place, Tone] = {
    Place.PROPOSED: "unknown",
    Place.AGREED: "unknown",
    Place.COMMITTED: "part",
    Place.UNDER_WAY: "part",
    Place.DELIVERED: "part",
    Place.ACCEPTED: "good",
    Place.DISPUTED: "gap",
}
BEHIND = (Place.DISPUTED, Place.PROPOSED, Place.AGREED, Place.COMMITTED, Place.UNDER_WAY, Place.DELIVERED, Place.ACCEPTED)
"""An agreement of which pieces are in several places stands in the first of these: what has to be looked at, then what is least far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """The days of a consignment: prepared, set out, came (or was handed over), each None while it has not happened; `due` as planned."""

    id: UUID
    title: str
    body: str
    giver: str
    quantity: Decimal
    unit: str
    state: State
    since: date
    prepared: date
    left: date | None
    there: date | None
    due: date | None
    overdue: bool


@read
def journeys(actor: Actor, *, body: str = "") -> list[Journey]:
    """The days of every consignment that was not called off, of one body or of all, the earliest prepared first."""
    today = desk_day(actor)
    found = Consignment.objects.exclude(state=State.CALLED_OFF)
    if body:
        found = found.filter(body=body)
    return sorted(
        (_journey(one, today) for one in found.order_by("created_at", "id")), key=lambda one: (one.prepared, one.title, str(one.id))
    )


def _journey(one: Consignment, today: date) -> Journey:
    row, legs = row_of(one, today), legs_of(one.legs)
    said_on: dict[str, date] = {}
    for step in one.steps:
        said_on.setdefault(step["deed"], date.fromisoformat(step["on"]))
    prepared = said_on.get(ConsignmentDeed.PREPARE, one.state_since)
    left = [leg.left for leg in legs if leg.left is not None] + [said_on[deed] for deed in (ConsignmentDeed.DEPART,) if deed in said_on]
    came = [said_on[deed] for deed in (ConsignmentDeed.HAND_OVER, ConsignmentDeed.RECEIVE) if deed in said_on]
    if legs and legs[-1].came is not None:
        came.append(legs[-1].came)
    # what the recipient has answered for in part is still on its way in the other part
    there = min(came) if came and row.stage not in (State.PREPARED, State.UNDER_WAY) else None
    return Journey(
        id=row.id,
        title=row.title,
        body=row.body,
        giver=row.giver,
        quantity=row.quantity,
        unit=row.unit,
        state=row.state,
        since=row.since,
        prepared=min([prepared, *left]),
        left=min(left) if left else None,
        there=there,
        due=row.due,
        overdue=row.overdue,
    )


@read
def picture_of_commitments(actor: Actor) -> Drawn:
    """Agreements from giver by category to recipient and how far they are, each counted once: quantities of different units do not add."""
    found = list(Agreement.objects.order_by("created_at", "id"))
    places = _places(found)
    # one agreement is one, whatever its quantity
    flows = [Flow(path=_path(one, places[one.id]), amount=Decimal(1)) for one in found if one.id in places]
    title = _("What was agreed, from giver to how far it is")
    columns = (_("Who gives"), _("Category"), _("For whom"), _("How far"))
    words = SankeyWords(
        usual=wording(title, _summary(list(places.values()))),
        columns=columns,
        last=tuple((said().label(place, "place"), TONES[place]) for place in Place),
    )
    shown = folded_flows(flows, words)
    total = sum(int(flow.amount) for flow in shown)
    return Drawn(
        picture=sankey_picture(shown, words),
        title=title,
        summary=words.usual.summary,
        head=(*columns, _("Agreements")),
        rows=tuple((*flow.path, int(flow.amount)) for flow in shown),
        total=(_("All"), "", "", "", total) if shown else (),
    )


def _path(one: Agreement, place: Place) -> tuple[str, ...]:
    return (
        one.giver or _("a giver that is not named to you"),
        said().category(one.category) or _("no category yet"),
        one.body or _("nobody that could be told"),
        said().label(place, "place"),
    )


def _places(agreements: Sequence[Agreement]) -> dict[UUID, Place]:
    """Where each agreement stands that has pieces anywhere: in the place of them that is least far."""
    carried: dict[UUID, list[Carried]] = defaultdict(list)
    for moving in Consignment.objects.all():
        carried[moving.agreement_id].append(Carried(id=moving.id, agreement=moving.agreement_id, parts=moving.parts))
    found = {}
    for one in agreements:
        place = PLACES.get(AgreementState(one.state))
        pieces = status_of(None, [Promise(id=one.id, quantity=one.spoken.standing, place=place)], carried[one.id]).pieces
        standing = {piece.place for piece in pieces}
        if standing:
            found[one.id] = next(place for place in BEHIND if place in standing)
    return found


def _summary(places: Sequence[Place]) -> str:
    if not places:
        return _("Nothing is agreed yet that you may see: the secretariat proposes an offer for a need on the need's page.")
    told = _(
        "Agreements: {all}, each counted once, where the part of it stands that is least far; what is disputed comes first. Taken over: "
        "{there}. On the way or there: {moving}. Committed, not on its way: {committed}. Not committed yet: {open}. Disputed: {disputed}."
    )
    return told.format(
        all=len(places),
        there=places.count(Place.ACCEPTED),
        moving=places.count(Place.UNDER_WAY) + places.count(Place.DELIVERED),
        committed=places.count(Place.COMMITTED),
        open=places.count(Place.PROPOSED) + places.count(Place.AGREED),
        disputed=places.count(Place.DISPUTED),
    )
