"""Parties, organisations and seats for programs."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router

from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.listing import START, key_of
from sild.kernel.route import Cut, route
from sild.kernel.shapes import Listed, Paging
from sild.wings.parties.actions import (
    ask_recovery,
    confirm_link,
    invite_member,
    vacate_seat,
    withdraw_invitation,
)
from sild.wings.parties.actions.people import Link
from sild.wings.parties.reads import PartyView, parties, people_page, seat_page
from sild.wings.parties.reads.organisations import organisations
from sild.wings.parties.schemas.answers import (
    Alias,
    Asked,
    Confirming,
    Invitation,
    Me,
    NewLink,
    Organisation,
    Party,
    Recovery,
    Seat,
    Vacating,
    WantedParties,
)

router = Router(tags=["parties"])

OFFICERS = frozenset({Role.OFFICER})
SEAT = {"seat": "kernel.Member"}
LINK = {"invitation": "kernel.Invitation"}


@route(router, "get", "/me", roles=PEOPLE, answer=Me)
def read_me(actor: Actor) -> Me:
    """The seat from which this token acts."""
    columns = {"seat": actor.person, "roles": sorted(actor.roles), "compartments": sorted(actor.compartments)}
    return Me.model_validate({name: getattr(actor, name, None) for name in Me.model_fields} | columns)


@route(router, "get", "/organisations", roles=PEOPLE, answer=Listed[Organisation])
def list_organisations(actor: Actor) -> Cut:
    """The organisations of the mechanism, by name, all on one page."""
    return Cut(items=[Organisation.model_validate(one) for one in organisations(actor)])


@route(router, "get", "/parties", roles=PEOPLE, answer=Listed[Party])
def list_parties(actor: Actor, wanted: Query[WantedParties]) -> Cut:
    """The parties that you may see, by name."""
    found = [party for party in parties(actor) if _is_wanted(party, wanted)]
    start = next((place for place, party in enumerate(found, 1) if wanted.key is not None and party.id == wanted.key[1]), 0)
    shown = found[start : start + wanted.limit]
    more = start + len(shown) < len(found)
    return Cut(items=[_told(party) for party in shown], after=key_of(START, shown[-1].id) if more else "")


def _told(party: PartyView) -> Party:
    columns = {name: getattr(party, name) for name in Party.model_fields}
    return Party(**columns | {"aliases": [Alias(language=language, name=name) for language, name in party.aliases]})


def _is_wanted(party: PartyView, wanted: WantedParties) -> bool:
    names = (party.name, *(name for _language, name in party.aliases))
    return (
        wanted.kind in ("", party.kind)
        and wanted.country in ("", party.country)
        and wanted.known in (None, party.known)
        and any(wanted.text.casefold() in name.casefold() for name in names)
    )


@route(router, "get", "/seats", roles=PEOPLE, answer=Listed[Seat])
def list_seats(actor: Actor, wanted: Query[Paging]) -> Cut:
    """The seats that you may know of: all of them for officers of the secretariat, else those of your organisation."""
    page = people_page(actor, after=wanted.key[1] if wanted.key is not None else None, limit=wanted.limit)
    return Cut(items=[Seat.model_validate(seat) for seat in page.seats], after=key_of(START, page.further) if page.further else "")


@route(router, "get", "/seats/{seat}", roles=PEOPLE, answer=Seat, subjects=SEAT)
def read_seat(actor: Actor, seat: UUID) -> Seat:
    """One seat."""
    return Seat.model_validate(seat_page(actor, seat))


@route(router, "post", "/seats/{seat}/invite", roles=OFFICERS, answer=NewLink, status=201, subjects=SEAT)
def invite(actor: Actor, seat: UUID, whom: Invitation) -> NewLink:
    """Make a link to a free seat, to be passed on. An earlier link to that seat ends.

    Where the seat was somebody's there is no secret yet (`waits`): another officer confirms, and gets the link.
    """
    return _shown(invite_member(actor, seat, whom.email))


@route(router, "post", "/invitations/{invitation}/withdraw", roles=OFFICERS, answer=None, status=204, subjects=LINK)
def withdraw(actor: Actor, invitation: UUID) -> None:
    """End a link before it is used."""
    withdraw_invitation(actor, invitation)


@route(router, "post", "/seats/{seat}/vacate", roles=OFFICERS, answer=None, status=204, subjects=SEAT)
def vacate(actor: Actor, seat: UUID, why: Vacating) -> None:
    """End the occupation of a seat: its person, and their programs, act from it no more."""
    vacate_seat(actor, seat, version=why.version, reason=why.reason)


@route(router, "post", "/seats/{seat}/recovery", roles=OFFICERS, answer=Asked, status=201, subjects=SEAT)
def recover(actor: Actor, seat: UUID, why: Recovery) -> Asked:
    """Ask to let somebody in again who lost password or second factor. Another officer confirms."""
    return Asked(invitation=ask_recovery(actor, seat, reason=why.reason))


@route(router, "post", "/seats/{seat}/recovery/{invitation}/confirm", roles=OFFICERS, answer=NewLink, subjects=SEAT | LINK)
def confirm(actor: Actor, seat: UUID, invitation: UUID, read: Confirming) -> NewLink:
    """Confirm the recovery or the invitation that another officer asked for, and get its link to pass on."""
    return _shown(confirm_link(actor, invitation, seat, version=read.version))


def _shown(link: Link) -> NewLink:
    path = "" if link.waits else f"/join/{link.secret}/"
    return NewLink(invitation=link.invitation, secret=link.secret, path=path, waits=link.waits)
