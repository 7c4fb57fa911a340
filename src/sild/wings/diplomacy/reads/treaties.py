"""Treaties: what was seen of each State, and what the desk's own people wrote down since; counts as sources give them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.refusals import NotThere
from sild.wings.diplomacy.models import TreatyStep
from sild.wings.diplomacy.reads.country import own_country
from sild.wings.diplomacy.reads.duties import DutyRow, duties
from sild.wings.diplomacy.reads.subjects import ContactRow, contacts
from sild.wings.diplomacy.rules import StateSeen, Treaty, TreatyAct, treaties, treaty_of


@dataclass(frozen=True, slots=True, kw_only=True)
class StateRow:
    """An act of a State on a treaty that somebody wrote down here; `own`: the reader's organisation did."""

    id: UUID
    version: int
    treaty: str
    country: str
    act: TreatyAct
    on: date | None
    source: str
    marking: int
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatyView:
    """A treaty whole: the reference facts, and acts, clocks and contact points of this desk."""

    treaty: Treaty
    country: str
    seen: tuple[StateSeen, ...]
    steps: tuple[StateRow, ...]
    duties: tuple[DutyRow, ...]
    contacts: tuple[ContactRow, ...]


@read
def treaty_rows(actor: Actor) -> list[TreatyView]:
    """All treaties."""
    return [treaty_record(actor, one.id) for one in treaties()]


@read
def treaty_record(actor: Actor, key: str) -> TreatyView:
    """One treaty. Raises NotThere."""
    treaty = treaty_of(key)
    if treaty is None:
        raise NotThere(_("There is no such treaty."))
    found = TreatyStep.objects.filter(treaty=key).order_by("country", "on", "created_at", "id")
    alike = ("id", "version", "treaty", "country", "on", "source", "marking")
    steps = (
        StateRow(**{name: getattr(one, name) for name in alike}, act=TreatyAct(one.act), own=one.owner_id == actor.organisation)
        for one in found
    )
    return TreatyView(
        treaty=treaty,
        country=own_country(actor),
        seen=treaty.states,
        steps=tuple(steps),
        duties=tuple(duties(actor, subject=key, ended=True)),
        contacts=tuple(contacts(actor, subject=key, retired=True)),
    )
