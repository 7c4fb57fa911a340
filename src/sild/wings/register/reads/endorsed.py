"""Whether endorsements count today, and which end soon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from sild.kernel import clock
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.parties.public import MechanismFile, mechanism_file
from sild.wings.register.models import Need
from sild.wings.register.rules import SOON_DAYS, Endorsement, NeedState, endorsement


class Endorsable(Protocol):
    """A need, or what a read says of one."""

    @property
    def state(self) -> str: ...
    @property
    def taken_back(self) -> bool: ...
    @property
    def endorsed_on(self) -> date | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class EndorsedRow:
    """An endorsed need whose endorsement ends `until`, or has ended."""

    id: UUID
    title: str
    beneficiary: str
    until: date
    lapsed: bool


def desk_today(spec: MechanismFile) -> date:
    """The day of the mechanism: that of its exercise, or today."""
    return spec.today or clock.today()


def endorsement_of(need: Endorsable, spec: MechanismFile, today: date) -> Endorsement:
    """How a need stands with its gates on a day."""
    return endorsement(need.state, need.taken_back, need.endorsed_on, spec.endorsement_days, today)


@read
def endorsements_ending(actor: Actor, *, limit: int = 20) -> list[EndorsedRow]:
    """Endorsed needs whose endorsement has lapsed or does within thirty days, the earliest first; none where no end is set."""
    spec = mechanism_file(actor)
    if spec.endorsement_days is None:
        return []
    counts, today = timedelta(days=spec.endorsement_days), desk_today(spec)
    rows = Need.objects.filter(
        state=NeedState.ENDORSED, joined_into=None, taken_back=False, endorsed_on__lte=today + timedelta(days=SOON_DAYS) - counts
    ).order_by("endorsed_on", "id")[:limit]
    return [
        EndorsedRow(id=need.id, title=need.title, beneficiary=need.beneficiary, until=until, lapsed=until < today)
        for need in rows
        if need.endorsed_on is not None and (until := need.endorsed_on + counts)
    ]
