"""Questions about seats: who acts for whom with what role, which seats are taken, which links are open.

An officer of the secretariat reads of every seat; others read of the seats of their own organisation, without links and addresses.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.accounts import Invitation
from sild.kernel.action import read
from sild.kernel.actor import Actor, Role
from sild.kernel.identity import Compartment, Mechanism, Member, Organisation
from sild.kernel.refusals import NotThere
from sild.values.marking import Marking

MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """A link that is open, or the asking for one: `confirmed` says whether it opens, where it takes two because a second officer spoke.

    `mine`: the reader asked for it, and cannot be the second.
    """

    id: UUID
    version: int
    email: str
    expires_at: datetime
    recovers: bool
    confirmed: bool
    asked_by: UUID
    asked_by_name: str
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatView:
    """A seat as others read it: `mine` is the reader's, `own` one of the reader's organisation. `links` are there for officers alone.

    `takes_two`: an invitation to it opens once a second officer confirmed it.
    """

    id: UUID
    version: int
    name: str
    organisation: UUID
    organisation_name: str
    roles: tuple[str, ...]
    ceiling: Marking
    taken: bool
    mine: bool
    own: bool
    compartments: tuple[str, ...] = ()
    links: tuple[LinkView, ...] = ()
    takes_two: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage:
    """Seats by organisation and name, from the one after `after`; `further` is the last one shown where more follow."""

    seats: tuple[SeatView, ...]
    total: int
    further: UUID | None
    manages: bool


@read
def people_page(actor: Actor, *, after: UUID | None = None, limit: int = MOST) -> PeoplePage:
    """The seats that the actor may read of, the officers' secretariat first, then by organisation and name."""
    names = dict(Organisation.objects.values_list("id", "name"))
    office = _secretariat()
    all_seats = manages(actor, office)
    members = [member for member in Member.objects.all() if _is_a_persons(actor, member, all_seats)]
    members.sort(key=lambda member: (member.organisation_id != office, names.get(member.organisation_id, ""), member.name, str(member.id)))
    start = next((place + 1 for place, member in enumerate(members) if member.id == after), 0)
    shown = members[start : start + min(limit, MOST)]
    links = _open_links(actor, [member.id for member in shown]) if all_seats else {}
    return PeoplePage(
        seats=tuple(_view(actor, member, names, links) for member in shown),
        total=len(members),
        further=shown[-1].id if shown and start + len(shown) < len(members) else None,
        manages=all_seats,
    )


@read
def seat_page(actor: Actor, seat: UUID) -> SeatView:
    """One seat. Raises NotThere."""
    member = Member.found(seat)
    all_seats = manages(actor, _secretariat())
    if not _is_a_persons(actor, member, all_seats):
        raise NotThere(_("There is no such seat."))
    names = dict(Organisation.objects.values_list("id", "name"))
    view = _view(actor, member, names, _open_links(actor, [member.id]) if all_seats else {})
    view = replace(view, takes_two=all_seats and takes_two(member))
    return replace(view, compartments=_rooms(member)) if member.organisation_id == actor.organisation else view


def takes_two(member: Member) -> bool:
    """Whether one officer alone cannot give away this seat: it was somebody's, or it would make a further officer where two were.

    The second: else an officer could invite themselves under another address, and be both of two officers from then on.
    """
    if member.was_taken or Role.OFFICER not in member.roles:
        return member.was_taken
    officers = Member.objects.filter(roles__contains=[Role.OFFICER.value], organisation_id=member.organisation_id, was_taken=True)
    return officers.count() > 1


def manages(actor: Actor, office: UUID | None) -> bool:
    """Whether the actor gives seats: an officer of `office`, the secretariat."""
    return Role.OFFICER in actor.roles and office == actor.organisation


def _secretariat() -> UUID | None:
    return Mechanism.objects.values_list("owner_id", flat=True).first()


def _is_a_persons(actor: Actor, member: Member, all_seats: bool) -> bool:
    """A seat for people, that the actor reads of: the secretariat's other roles read of their own organisation only, as everybody."""
    return Role.SERVICE not in member.roles and (member.organisation_id == actor.organisation or all_seats)


def _rooms(member: Member) -> tuple[str, ...]:
    """The compartments of its organisation that a seat is in."""
    rooms = Compartment.objects.filter(members__contains=[member.id], closed=False, owner_id=member.organisation_id)
    return tuple(rooms.order_by("name").values_list("name", flat=True))


def _open_links(actor: Actor, members: list[UUID]) -> dict[UUID, list[LinkView]]:
    found = Invitation.objects.filter(member_id__in=members, used_at=None, withdrawn=False, expires_at__gt=clock.now())
    askers = dict(Member.objects.filter(id__in={invitation.asked_by for invitation in found}).values_list("id", "name"))
    links: dict[UUID, list[LinkView]] = {}
    for invitation in found.order_by("-created_at", "id"):
        links.setdefault(invitation.member_id, []).append(
            LinkView(
                id=invitation.id,
                version=invitation.version,
                email=invitation.email,
                expires_at=invitation.expires_at,
                recovers=invitation.recovers,
                confirmed=not invitation.needs_second or invitation.confirmed_by is not None,
                asked_by=invitation.asked_by,
                asked_by_name=askers.get(invitation.asked_by, ""),
                mine=invitation.asked_by == actor.person,
            )
        )
    return links


def _view(actor: Actor, member: Member, names: dict[UUID, str], links: dict[UUID, list[LinkView]]) -> SeatView:
    return SeatView(
        id=member.id,
        version=member.version,
        name=member.name,
        organisation=member.organisation_id,
        organisation_name=names.get(member.organisation_id, ""),
        roles=tuple(sorted(member.roles)),
        ceiling=Marking(member.ceiling),
        taken=member.account_id is not None,
        mine=member.id == actor.person,
        own=member.organisation_id == actor.organisation,
        links=tuple(links.get(member.id, ())),
    )
