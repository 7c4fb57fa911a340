"""Who sees a record, and changing it: the same verbs for every kind of record that is marked by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, TypeVar
from uuid import UUID

from ninja import Router
from pydantic import AwareDatetime, Field

from sild.kernel.access import access_of
from sild.kernel.actor import PEOPLE, Actor
from sild.kernel.closing import raise_marking, set_embargo
from sild.kernel.grants import RELEASERS, recall_release, release_to
from sild.kernel.lowering import MARKERS, confirm_lowering, decline_lowering, propose_lowering
from sild.kernel.moving import KEEPERS, change_compartment_members, compartments_of, open_compartment
from sild.kernel.proposals import proposals_to_confirm
from sild.kernel.rooms import compartment_page
from sild.kernel.route import Cut, route
from sild.kernel.shapes import Listed, Made, Reason, Shape, Text, Tlp, Version, Word
from sild.values.marking import Marking

Body = TypeVar("Body", bound=Callable[..., Any])

router = Router(tags=["access"])


class Readers(Shape):
    """Who would see the record: organisations, the owner first; how many seats in them; who does not, and why."""

    names: list[str]
    seats: int
    note: str


class Reader(Shape):
    """An organisation that the record is released to, or withheld from; `by` is the person who decided, empty for the rule."""

    organisation: UUID
    name: str
    by: str
    why: str


class Lowering(Shape):
    """A proposal that waits for a second person; `mine`: yours, which you can only take back."""

    id: UUID
    to_marking: Tlp
    leaves_compartment: bool
    ends_embargo: bool
    proposed_by: str
    proposed_at: datetime
    why: str
    mine: bool


class Other(Shape):
    """An organisation to which the record could be released."""

    id: UUID
    name: str


class Access(Shape):
    """Who sees a record and why. `mine`: your organisation owns it; only then `released` and what follows is filled.

    `floor` is how closed its parents are: it is not lowered below that.
    """

    model: str
    id: UUID
    version: int
    owner: str
    mine: bool
    marking: Tlp
    compartment: str
    embargo_until: datetime | None
    audience: Readers
    floor: Tlp
    released: list[Reader]
    withheld: list[Reader]
    lowerings: list[Lowering]
    others: list[Other]


class Raising(Shape):
    """A higher marking."""

    marking: Tlp
    version: Version
    reason: Reason


class Embargo(Shape):
    """Until when nobody else sees the record; the moment names its time zone."""

    until: AwareDatetime
    version: Version
    reason: Reason


class Release(Shape):
    """Organisations, and why they are to see the record, or no more."""

    organisations: Annotated[list[UUID], Field(min_length=1, max_length=100)]
    reason: Reason


class Proposal(Shape):
    """What is to become of the record once a colleague confirms."""

    marking: Tlp
    leaves_compartment: bool = False
    ends_embargo: bool = False
    reason: Reason


class Confirmation(Shape):
    """Words that are kept with the confirmation."""

    reason: Text = ""


class Declining(Shape):
    """Why the proposal is declined, or taken back."""

    reason: Reason


class WaitingLowering(Shape):
    """A colleague's proposal that you may confirm or decline; `model` and `subject` name the record."""

    id: UUID
    model: str
    subject: UUID
    marking: Tlp
    who: str
    why: str
    at: datetime


class Room(Shape):
    """A compartment that you are in."""

    id: UUID
    name: str


class Seats(Shape):
    """Who is in a compartment: seats of your own organisation, your own among them."""

    members: Annotated[list[UUID], Field(min_length=1, max_length=200)]
    reason: Reason


class ChangedSeats(Seats):
    """Who is in a compartment from now on."""

    version: Version


class SeatInRoom(Shape):
    """A seat of your own organisation, and up to which marking it sees."""

    id: UUID
    name: str
    ceiling: Tlp
    taken: bool
    mine: bool


class Held(Shape):
    """How many records of a kind lie in a compartment, as far as you see them."""

    model: str
    records: int


class OpenedRoom(Room):
    """A compartment that you are in: `members` are in it, `others` of your organisation are not."""

    version: int
    members: list[SeatInRoom]
    others: list[SeatInRoom]
    holds: list[Held]


class NewRoom(Seats):
    """A compartment to open."""

    name: Annotated[Word, Field(min_length=1)]


class Lowered(Shape):
    """How many records are less closed now."""

    records: int


@dataclass(frozen=True, slots=True)
class Marked:
    """A kind of record that is marked by hand: its place, its name, and what it is."""

    place: str
    name: str
    model: str


MARKED = (
    Marked("/messages", "message", "intake.Message"),
    Marked("/needs", "need", "register.Need"),
    Marked("/offers", "offer", "register.Offer"),
    Marked("/lines", "line", "register.Line"),
    Marked("/plans", "plan", "planning.Plan"),
    Marked("/licence-cases", "licence_case", "clearance.LicenceCase"),
    Marked("/objections", "objection", "clearance.Objection"),
    Marked("/donations", "donation", "clearance.Donation"),
    Marked("/handovers", "handover", "clearance.Handover"),
    Marked("/agreements", "agreement", "agreements.Agreement"),
    Marked("/consignments", "consignment", "delivery.Consignment"),
    Marked("/flows", "flow", "money.Flow"),
    Marked("/incidents", "incident", "signals.Incident"),
    Marked("/public-statements", "public_statement", "signals.PublicStatement"),
    Marked("/systems", "system", "continuity.System"),
    Marked("/hosts", "host", "continuity.Host"),
)
ROOM = {"compartment": "kernel.Compartment"}
ONE = {"lowering": "kernel.Lowering"}


def _named(name: str) -> Callable[[Body], Body]:
    """Give a body the name under which the document has it: one body serves several kinds."""

    def decorate(body: Body) -> Body:
        body.__name__ = name
        return body

    return decorate


def _who_sees(kind: Marked) -> None:
    one, subjects = f"{kind.place}/{{subject}}", {"subject": kind.model}

    @route(router, "get", f"{one}/access", roles=PEOPLE, answer=Access, subjects=subjects)
    @_named(f"read_access_to_{kind.name}")
    def read(actor: Actor, subject: UUID) -> Access:
        """Who sees it and why, as far as you may know: of another's record its marking alone."""
        seen = access_of(actor, kind.model, subject)
        told = {name: getattr(seen, name) for name in Access.model_fields}
        return Access.model_validate(told | {"others": [Other(id=key, name=name) for key, name in seen.others]})

    @route(router, "post", f"{one}/marking", roles=MARKERS, answer=None, status=204, subjects=subjects)
    @_named(f"raise_marking_of_{kind.name}")
    def mark(actor: Actor, subject: UUID, raising: Raising) -> None:
        """Mark it higher, and all that was made from it; above AMBER nobody else sees it any more."""
        raise_marking(actor, kind.model, subject, Marking.parse(raising.marking), reason=raising.reason, version=raising.version)

    @route(router, "post", f"{one}/embargo", roles=MARKERS, answer=None, status=204, subjects=subjects)
    @_named(f"set_embargo_on_{kind.name}")
    def embargo(actor: Actor, subject: UUID, given: Embargo) -> None:
        """Keep it from all others until a moment."""
        set_embargo(actor, kind.model, subject, given.until, reason=given.reason, version=given.version)


def _who_is_let_in(kind: Marked) -> None:
    one, subjects = f"{kind.place}/{{subject}}", {"subject": kind.model}

    @route(router, "post", f"{one}/release", roles=RELEASERS, answer=None, status=204, subjects=subjects)
    @_named(f"release_{kind.name}")
    def release(actor: Actor, subject: UUID, to: Release) -> None:
        """Let organisations see it, beyond the rule, until that is recalled."""
        release_to(actor, kind.model, subject, to.organisations, reason=to.reason)

    @route(router, "post", f"{one}/recall", roles=RELEASERS, answer=None, status=204, subjects=subjects)
    @_named(f"recall_{kind.name}")
    def recall(actor: Actor, subject: UUID, of: Release) -> None:
        """Keep it from organisations, a rule's release too. What was read cannot be unread."""
        recall_release(actor, kind.model, subject, of.organisations, reason=of.reason)

    @route(router, "post", f"{one}/lowerings", roles=MARKERS, answer=Made, status=201, subjects=subjects)
    @_named(f"propose_lowering_of_{kind.name}")
    def propose(actor: Actor, subject: UUID, proposal: Proposal) -> Made:
        """Propose to make it less closed; nothing changes until a colleague confirms."""
        given = proposal.model_dump(exclude={"marking"})
        return Made(id=propose_lowering(actor, kind.model, subject, Marking.parse(proposal.marking), **given))


for marked in MARKED:
    _who_sees(marked)
    _who_is_let_in(marked)


@route(router, "get", "/lowerings", roles=MARKERS, answer=Listed[WaitingLowering])
def list_lowerings(actor: Actor) -> Cut:
    """The proposals of colleagues that wait for you, the oldest first; at most 200."""
    return Cut(items=[WaitingLowering.model_validate(one) for one in proposals_to_confirm(actor, limit=200)])


@route(router, "post", "/lowerings/{lowering}/confirm", roles=MARKERS, answer=Lowered, subjects=ONE)
def confirm_a_lowering(actor: Actor, lowering: UUID, words: Confirmation) -> Lowered:
    """Confirm what a colleague proposed: the record, and what was closed with it, is less closed now."""
    return Lowered(records=confirm_lowering(actor, lowering, reason=words.reason))


@route(router, "post", "/lowerings/{lowering}/decline", roles=MARKERS, answer=None, status=204, subjects=ONE)
def decline_a_lowering(actor: Actor, lowering: UUID, why: Declining) -> None:
    """Decline a proposal, or take back your own."""
    decline_lowering(actor, lowering, reason=why.reason)


@route(router, "get", "/compartments", roles=KEEPERS, answer=Listed[Room])
def list_compartments(actor: Actor) -> Cut:
    """The compartments that you are in, by name."""
    return Cut(items=[Room(id=key, name=name) for key, name in compartments_of(actor)])


@route(router, "post", "/compartments", roles=KEEPERS, answer=Made, status=201)
def make_compartment(actor: Actor, room: NewRoom) -> Made:
    """Open a compartment for some seats of your own organisation; those outside do not see that it is there."""
    return Made(id=open_compartment(actor, room.name, room.members, reason=room.reason))


@route(router, "post", "/compartments/{compartment}/members", roles=KEEPERS, answer=None, status=204, subjects=ROOM)
def change_compartment(actor: Actor, compartment: UUID, seats: ChangedSeats) -> None:
    """Say anew who is in a compartment that you are in yourself."""
    change_compartment_members(actor, compartment, seats.members, reason=seats.reason, version=seats.version)


@route(router, "get", "/compartments/{compartment}", roles=KEEPERS, answer=OpenedRoom, subjects=ROOM)
def read_compartment(actor: Actor, compartment: UUID) -> OpenedRoom:
    """A compartment that you are in: who is in it, who could be let in, what lies there."""
    room = compartment_page(actor, compartment)
    return OpenedRoom(
        id=room.id,
        name=room.name,
        version=room.version,
        members=[SeatInRoom.model_validate(seat) for seat in room.members],
        others=[SeatInRoom.model_validate(seat) for seat in room.others],
        holds=[Held(model=label, records=count) for label, count in sorted(room.holds.items())],
    )
