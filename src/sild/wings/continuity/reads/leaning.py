"""What leans on what, as far as the reader sees it, and what falls if something goes. Services stand in it with their systems."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.continuity.models import Dependency, Service, System
from sild.wings.continuity.rules import DependencyKind, Fall, FallKind, Layer, Lean, against_order, circles, what_falls


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A system, or a service of one (`service` true): its words, its layer, the system that its page is on, its loss in points an hour."""

    id: UUID
    system: UUID
    code: str
    name: str
    layer: Layer
    service: bool = False
    loss: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeanRow:
    """That a system, or one service of it, leans on another system. `odd`: on a layer that is set up after its own."""

    id: UUID
    version: int
    system: UUID
    service: UUID | None
    needs: UUID
    one_words: str
    needs_words: str
    kind: DependencyKind
    hours: Decimal | None
    note: str
    odd: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FallRow:
    """What becomes of a system or a service, and by which way; `told` false: hours on the way are not known, it may be later."""

    part: Part
    kind: FallKind
    hours: Decimal
    told: bool
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaning:
    """The systems and services of an organisation that are in use, what leans on what, and the rings in which each leans on each."""

    parts: dict[UUID, Part]
    rows: tuple[LeanRow, ...]
    leans: tuple[Lean[UUID], ...]
    rings: tuple[tuple[UUID, ...], ...]

    def circle_of(self, key: UUID) -> tuple[str, ...]:
        """The codes of a system's ring, its own among them; empty where it stands in none."""
        ring = next((ring for ring in self.rings if key in ring), ())
        return tuple(sorted(self.parts[one].code for one in ring))


@read
def own_leaning(actor: Actor) -> Leaning:
    """What leans on what among the reader's own systems in use."""
    return leaning_of(actor.organisation)


@read
def falling(actor: Actor, gone: Collection[UUID]) -> tuple[FallRow, ...]:
    """What falls among the reader's own systems and services if some systems go. Those that the reader does not see are not counted."""
    return falls_of(leaning_of(actor.organisation), gone)


def leaning_of(owner: UUID) -> Leaning:
    """What leans on what among the systems of an owner. Runs inside a read."""
    systems = {one.id: one for one in System.objects.filter(owner_id=owner, retired=False)}
    parts = {
        one.id: Part(id=one.id, system=one.id, code=one.code, name=one.name, layer=Layer(one.layer))
        for one in sorted(systems.values(), key=lambda one: (one.code.casefold(), str(one.id)))
    }
    leans: list[Lean[UUID]] = []
    for given in Service.objects.filter(owner_id=owner, retired=False, system_id__in=list(systems)).order_by("name", "id"):
        home = parts[given.system_id]
        parts[given.id] = Part(
            id=given.id,
            system=given.system_id,
            code=f"{home.code} / {given.name}",
            name=given.name,
            layer=home.layer,
            service=True,
            loss=given.loss_per_hour,
            currency=given.currency,
        )
        leans.append(Lean(given.id, given.system_id, DependencyKind.STOPS, Decimal(0)))
    rows = []
    both_there = Dependency.objects.filter(owner_id=owner, system_id__in=list(systems), needs_id__in=list(systems))
    for tie in both_there.order_by("created_at", "id"):
        who = tie.service_id or tie.system_id
        if who not in parts:
            # the service is out of use
            continue
        one, needs = parts[who], parts[tie.needs_id]
        rows.append(
            LeanRow(
                id=tie.id,
                version=tie.version,
                system=tie.system_id,
                service=tie.service_id,
                needs=tie.needs_id,
                one_words=one.code,
                needs_words=needs.code,
                kind=DependencyKind(tie.kind),
                hours=tie.hours_without,
                note=tie.note,
                odd=against_order(one.layer, needs.layer),
            )
        )
        leans.append(Lean(who, tie.needs_id, DependencyKind(tie.kind), tie.hours_without))
    return Leaning(parts=parts, rows=tuple(rows), leans=tuple(leans), rings=circles(leans))


def falls_of(leaning: Leaning, gone: Collection[UUID]) -> tuple[FallRow, ...]:
    """What falls if some systems go; a system out of use brings nothing down."""
    there = [key for key in gone if key in leaning.parts]
    return tuple(_shown(leaning, fall) for fall in what_falls(leaning.leans, there))


def _shown(leaning: Leaning, fall: Fall[UUID]) -> FallRow:
    return FallRow(
        part=leaning.parts[fall.one],
        kind=fall.kind,
        hours=fall.hours,
        told=fall.told,
        path=_words(leaning, fall.path),
    )


def _words(leaning: Leaning, keys: Iterable[UUID]) -> tuple[str, ...]:
    return tuple(leaning.parts[key].code for key in keys)
