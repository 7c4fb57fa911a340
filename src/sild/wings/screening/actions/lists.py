"""Verbs on lists: keep one as it came, count what it holds, take it away again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from sild.cores.screening import Entry, Kind
from sild.formats.follow_the_money import ListedEntity, PassedOver, Unread, read_entities
from sild.kernel import originals
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.home import Home
from sild.kernel.jobs import defer
from sild.kernel.originals import Original
from sild.kernel.refusals import Refused
from sild.wings.parties.public import mechanism_file, organisation_ids
from sild.wings.screening.models import ScreeningList
from sild.wings.screening.reads.lists import ListView
from sild.wings.screening.rules import LONGEST_NAME, MOST_FAULTS, READ, NewList

OFFICERS = frozenset({Role.OFFICER})
SERVICES = frozenset({Role.OFFICER, Role.SERVICE})


@action("screening.keep-list", roles=SERVICES, recalled=True)
def keep_list(actor: Actor, kept: Original, told: NewList, *, by_worker: bool = True, reason: str = "") -> UUID:
    """Take in a list whose bytes lie in the store, under its name and the day it speaks of; it is read and used by the worker, or by
    whoever keeps it.

    The same bytes of the same name and day are that one. Raises Refused for another organisation than the secretariat, an empty file or
    name.
    """
    secretariat = organisation_ids(actor)[mechanism_file(actor).secretariat.slug]
    if actor.organisation != secretariat:
        raise Refused(_("Parties are screened by the secretariat, which keeps their register. Send it the list."))
    name = " ".join(told.name.split())[:LONGEST_NAME]
    if not name:
        raise Refused(_("Say what the list is called and who publishes it, so that a hit can name it."))
    if not kept.size:
        raise Refused(_("The file is empty. Choose the list itself."))
    alike = {"digest": kept.digest, "name": name, "as_of": told.as_of, "withdrawn": False}
    same = ScreeningList.objects.filter(**alike, owner_id=actor.organisation).first()
    if same is not None:
        return same.id
    record = ScreeningList(name=name, as_of=told.as_of, digest=kept.digest, size=kept.size)
    record.save()
    if by_worker:
        defer(READ, actor=actor)
    return record.id


@action("screening.withdraw-list", roles=OFFICERS)
def withdraw_list(actor: Actor, list_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Take a list away: nobody is screened against it any more. What was ruled stays. Raises NotThere, Stale, Refused."""
    record: ScreeningList = ScreeningList.found(list_id, version=version)
    if record.withdrawn:
        raise Refused(_("The list was withdrawn already."))
    if not reason.strip():
        raise Refused(_("Say why in a few words; it stays with the list."))
    record.withdrawn = True
    record.save()
    defer(READ, actor=actor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A list as it was read: what it says by the id of its entries, and how much of it could not be read."""

    entities: Mapping[str, ListedEntity]
    passed_over: int = 0
    unread: int = 0
    faults: tuple[Unread, ...] = field(default=())

    def entries(self) -> Iterator[Entry]:
        """What the core compares."""
        for one in self.entities.values():
            yield Entry(id=one.id, names=one.names, weak=one.weak, kind=Kind(one.kind), countries=frozenset(one.countries))


class ListReader:
    """Reads lists out of the store of originals, line by line."""

    def __init__(self, home: Home) -> None:
        self._store = home.originals

    def read(self, wanted: ListView) -> Loaded:
        """A list whole. Of two entries of one id the later stands. Raises Refused where its file is gone."""
        entities: dict[str, ListedEntity] = {}
        passed_over, unread = 0, 0
        faults: list[Unread] = []
        place = originals.place_of(self._store, wanted.digest)
        try:
            with place.open("rb") as lines:
                for one in read_entities(lines):
                    if isinstance(one, ListedEntity):
                        entities[one.id] = one
                    elif isinstance(one, PassedOver):
                        passed_over += 1
                    else:
                        unread += 1
                        faults += [one] if len(faults) < MOST_FAULTS else []
        except OSError as fault:
            told = _("The file of the list “{name}” cannot be read: {why}. Upload it again.")
            raise Refused(told.format(name=wanted.name, why=fault.strerror)) from fault
        return Loaded(entities=entities, passed_over=passed_over, unread=unread, faults=tuple(faults))


@action("screening.count-list", roles=SERVICES, recalled=True)
def count_list(actor: Actor, list_id: UUID, loaded: Loaded) -> None:
    """Write down what a list holds, once it was read."""
    record: ScreeningList = ScreeningList.found(list_id)
    record.entries = len(loaded.entities)
    record.names = sum(len(one.names) + len(one.weak) for one in loaded.entities.values())
    record.passed_over, record.unread = loaded.passed_over, loaded.unread
    record.faults = [{"line": one.line, "why": one.why} for one in loaded.faults]
    record.save()
