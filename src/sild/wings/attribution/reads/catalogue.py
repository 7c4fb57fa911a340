"""Catalogues of actors: which count, which came before, and whom a name means in each. A name that several bear is shown with them all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sild.cores.attribution import Knowledge
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.attribution.models import ActorCatalogue
from sild.wings.attribution.rules import CatalogueKind, called, unpacked


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueRow:
    """A catalogue. `current`: it is the newest of its kind, and counts. `ambiguous`: names that several of its actors bear."""

    id: UUID
    version: int
    kind: CatalogueKind
    name: str
    release: str
    as_of: date | None
    digest: str
    imported_at: datetime
    imported_by: str
    current: bool
    actors: int
    names: int
    traits: int
    uses: int
    ambiguous: int

    @property
    def origin(self) -> str:
        """What it is called, with its release where it says one."""
        return f"{self.name} {self.release}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedActor:
    """An actor that goes by a name, in a catalogue. `main`: the name is its first, not one of its `others`."""

    catalogue: str
    kind: CatalogueKind
    actor: str
    name: str
    main: bool
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameView:
    """Whom a name means. `ambiguous`: several actors of one catalogue bear it, and people must say which is meant."""

    wanted: str
    found: tuple[NamedActor, ...]
    ambiguous: bool


@read
def catalogues(actor: Actor) -> list[CatalogueRow]:
    """The organisation's catalogues, the newest first."""
    seen: set[str] = set()
    rows = []
    for one in ActorCatalogue.objects.filter(owner_id=actor.organisation).defer("content").order_by("-imported_at", "-created_at", "-id"):
        rows.append(_row(one, current=one.kind not in seen))
        seen.add(one.kind)
    return rows


@read
def named(actor: Actor, name: str) -> NameView:
    """Every actor that goes by a name in the catalogues that count; the desk chooses none of them."""
    wanted = " ".join(name.split())
    found = []
    several = False
    for row in [one for one in catalogues(actor) if one.current]:
        content = ActorCatalogue.objects.values_list("content", flat=True).get(id=row.id)
        there = called(content, wanted)
        several |= len(there) > 1
        found += [
            NamedActor(catalogue=row.origin, kind=row.kind, actor=key, name=main, main=first, others=others)
            for key, main, first, others in there
        ]
    return NameView(wanted=wanted, found=tuple(found), ambiguous=several)


@read
def knowledge_now(actor: Actor) -> tuple[CatalogueRow, Knowledge] | None:
    """The catalogue of intrusion sets that counts, as the core takes it; None where the organisation has none."""
    rows = [one for one in catalogues(actor) if one.current and one.kind is CatalogueKind.INTRUSION_SETS]
    if not rows:
        return None
    content = ActorCatalogue.objects.values_list("content", flat=True).get(id=rows[0].id)
    return rows[0], unpacked(rows[0].origin, content)


def _row(one: ActorCatalogue, *, current: bool) -> CatalogueRow:
    return CatalogueRow(
        id=one.id,
        version=one.version,
        kind=CatalogueKind(one.kind),
        name=one.name,
        release=one.release,
        as_of=one.as_of,
        digest=one.digest,
        imported_at=one.imported_at,
        imported_by=one.imported_by_name,
        current=current,
        **{name: int(one.counts.get(name, 0)) for name in ("actors", "names", "traits", "uses", "ambiguous")},
    )
