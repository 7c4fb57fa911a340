"""Hosts as their readers see them: the list, one whole, offers of hosting that could become one, objections to what many share."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.history_reads import HistoryEntry, history_of
from sild.wings.clearance.public import Ground, ObjectionRow, objections_of
from sild.wings.continuity.models import Host, System
from sild.wings.continuity.rules import HostAgreement, HostState, Immunity
from sild.wings.register.public import Line, Offer, OfferFilter, OfferRow, list_offers

HOST = "continuity.Host"
HOSTING = ("cloud-hosting", "colocation-hosting", "backup-storage")
"""Categories of offers that could become a host."""
MOST_OFFERS = 200
ABOUT_HOSTING = (Ground.SHARED_PLATFORM, Ground.HOSTING)
"""Grounds of objections that speak of where something stands, and of what others share it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostRow:
    """A host: `free` and `shipment` in TB, `link` in Mbit/s; None: unknown. `sealed`: its place is kept, for those who can open it."""

    id: UUID
    version: int
    created_at: datetime
    name: str
    country: str
    state: HostState
    agreement: HostAgreement
    agreement_words: str
    immunity: Immunity
    free: Decimal | None
    racks: Decimal | None
    kilowatts: Decimal | None
    link: Decimal | None
    shipping_days: Decimal | None
    shipment: Decimal | None
    cloud: str
    vendor: str
    offer: UUID | None
    sealed: bool
    systems: int
    marking: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HostView:
    """A host whole. `own`: the reader's organisation keeps it. `sealed_for` are the readers' names as who sealed the place told them.

    `objections` are those to lines of its offer, those about hosting and shared platforms first; `offer_title` "" where it is not seen.
    """

    row: HostRow
    own: bool
    access: str
    exit_terms: str
    note: str
    sealed_for: str
    sealed_at: datetime | None
    sealed_by: str
    offer_title: str
    objections: tuple[ObjectionRow, ...]
    systems: tuple[tuple[UUID, str], ...]
    history: tuple[HistoryEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HostingOffer:
    """An offer of hosting in the register; `host` is the own host that was made of it, None where there is none."""

    row: OfferRow
    host: UUID | None


@read
def list_hosts(
    actor: Actor, *, state: str = "", country: str = "", after: tuple[datetime, UUID] | None = None, limit: int = 50
) -> tuple[list[HostRow], tuple[datetime, UUID] | None]:
    """The hosts that the reader may see, the newest first, and the key from which the next slice goes on (None at the end)."""
    found = Host.objects.filter(state=state) if state else Host.objects.all()
    if country:
        found = found.filter(country=country.upper())
    if after is not None:
        found = found.filter(Q(created_at__lt=after[0]) | Q(created_at=after[0], id__lt=after[1]))
    kept = list(found.order_by("-created_at", "-id")[: limit + 1])
    rows = host_rows(kept[:limit])
    return rows, (rows[-1].created_at, rows[-1].id) if len(kept) > limit else None


@read
def host_record(actor: Actor, host_id: UUID) -> HostView:
    """A host whole. Raises NotThere."""
    one: Host = Host.found(host_id)
    [row] = host_rows([one])
    offer = Offer.objects.filter(id=one.offer_id).first() if one.offer_id is not None else None
    lines = list(Line.objects.filter(offer_id=offer.id).values_list("id", flat=True)) if offer is not None else []
    objections = sorted(objections_of(actor, lines), key=lambda each: each.ground not in ABOUT_HOSTING)
    there = System.objects.filter(host_id=one.id, retired=False).order_by("code", "id")
    return HostView(
        row=row,
        own=one.owner_id == actor.organisation,
        access=one.access,
        exit_terms=one.exit_terms,
        note=one.note,
        sealed_for=one.sealed_for,
        sealed_at=one.sealed_at,
        sealed_by=one.sealed_by_name,
        offer_title=offer.title if offer is not None else "",
        objections=tuple(objections),
        systems=tuple((each.id, f"{each.code}: {each.name}") for each in there),
        history=history_of(actor, [one.id]),
    )


@read
def sealed_place(actor: Actor, host_id: UUID) -> str:
    """The sealed place of a host, an age file in ASCII armour, for whoever has a key; "" where none is kept. Raises NotThere."""
    one: Host = Host.found(host_id)
    return one.sealed_place


@read
def hosting_offers(actor: Actor) -> tuple[HostingOffer, ...]:
    """Offers of hosting that the reader may see and that stand, the newest first."""
    rows = [
        row
        for category in HOSTING
        for row in list_offers(actor, OfferFilter(category=category, withdrawn=False), limit=MOST_OFFERS).rows
        if row.joined_into is None
    ]
    made = dict(Host.objects.filter(owner_id=actor.organisation, offer_id__in=[row.id for row in rows]).values_list("offer_id", "id"))
    rows.sort(key=lambda row: (row.created_at, row.id), reverse=True)
    return tuple(HostingOffer(row=row, host=made.get(row.id)) for row in rows)


@read
def hosts_named(actor: Actor) -> dict[UUID, str]:
    """Names of the own hosts that are not closed, by id, in their order."""
    found = Host.objects.filter(owner_id=actor.organisation).exclude(state=HostState.CLOSED).order_by("name", "id")
    return dict(found.values_list("id", "name"))


def host_rows(kept: list[Host]) -> list[HostRow]:
    """Hosts as they stand in a list."""
    there = Counter(System.objects.filter(host_id__in=[one.id for one in kept], retired=False).values_list("host_id", flat=True))
    special = ("state", "agreement", "immunity", "offer", "sealed", "systems")
    plain = [name for name in HostRow.__dataclass_fields__ if name not in special]
    return [
        HostRow(
            **{name: getattr(one, name) for name in plain},
            state=HostState(one.state),
            agreement=HostAgreement(one.agreement),
            immunity=Immunity(one.immunity),
            offer=one.offer_id,
            sealed=bool(one.sealed_place),
            systems=there[one.id],
        )
        for one in kept
    ]
