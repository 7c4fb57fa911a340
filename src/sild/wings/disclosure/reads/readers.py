"""As whom a report is read: the makers' own eyes outside all compartments, and each organisation of the audience as its seats see.

Who sits where is the secretariat's record; here it is only asked which roles and how high a ceiling an organisation's seats have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.access import in_the_open
from sild.kernel.action import read
from sild.kernel.actor import Actor, Role, on_behalf_of
from sild.kernel.identity import Mechanism, Member, Organisation
from sild.kernel.refusals import NotThere, Refused
from sild.values.marking import Marking
from sild.wings.disclosure.rules import MOST_CLOSED, AudienceKind

TOGETHER = frozenset({Role.OFFICER, Role.TECHNICAL_GATE, Role.INTERAGENCY_GATE, Role.DONOR})
"""Whose organisations are the audience of a report for the whole mechanism: its offices and its donors."""
NOT_A_READER = frozenset({Role.SERVICE, Role.AUDITOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seated:
    """An organisation with the roles of its seats and the highest ceiling among them."""

    id: UUID
    name: str
    roles: frozenset[Role]
    ceiling: Marking


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAudience:
    """Whom a report is for: its kind, what it is kept under, its name, and the organisations whose eyes it is read with."""

    kind: AudienceKind
    id: UUID
    name: str
    readers: tuple[Seated, ...]

    @property
    def ceiling(self) -> Marking:
        """The highest marking that all of its readers see."""
        return min((one.ceiling for one in self.readers), default=MOST_CLOSED)


@read
def seated_organisations(actor: Actor) -> list[Seated]:
    """Every organisation in which somebody sits who may read a report, by name."""
    names = dict(Organisation.objects.order_by("name").values_list("id", "name"))
    mechanism = Mechanism.objects.filter(id=actor.mechanism).first()
    roles: dict[UUID, set[Role]] = defaultdict(set)
    ceilings: dict[UUID, Marking] = defaultdict(lambda: Marking.CLEAR)
    if mechanism is not None:
        with on_behalf_of(mechanism.owner_id):
            for organisation, held, ceiling in Member.objects.values_list("organisation_id", "roles", "ceiling"):
                able = {Role(one) for one in held} - NOT_A_READER
                if able:
                    roles[organisation] |= able
                    ceilings[organisation] = max(ceilings[organisation], Marking(ceiling))
    return [Seated(id=key, name=name, roles=frozenset(roles[key]), ceiling=ceilings[key]) for key, name in names.items() if roles.get(key)]


@read
def audience_named(actor: Actor, kind: AudienceKind, organisation: UUID | None) -> ReportAudience:
    """The audience of a kind. Raises NotThere for an organisation in which nobody reads, Refused where none is named."""
    if kind == AudienceKind.OWN:
        own = Organisation.objects.filter(id=actor.organisation).values_list("name", flat=True).first() or ""
        return ReportAudience(kind=kind, id=actor.organisation, name=own, readers=())
    everybody = seated_organisations(actor)
    if kind == AudienceKind.MECHANISM:
        name = Mechanism.objects.filter(id=actor.mechanism).values_list("name", flat=True).first() or ""
        readers = tuple(one for one in everybody if one.roles & TOGETHER and one.id != actor.organisation)
        return ReportAudience(kind=kind, id=actor.mechanism, name=name, readers=readers)
    if organisation is None:
        raise Refused(_("Choose the organisation that the report is for."))
    found = next((one for one in everybody if one.id == organisation), None)
    if found is None:
        raise NotThere(_("There is no such organisation, or nobody sits there."))
    if found.id == actor.organisation:
        return audience_named(actor, AudienceKind.OWN, None)
    return ReportAudience(kind=kind, id=found.id, name=found.name, readers=(found,))


def maker_of(actor: Actor) -> Actor:
    """The maker's own eyes: outside compartments, and nothing that goes to named people alone."""
    return replace(in_the_open(actor), ceiling=min(actor.ceiling, MOST_CLOSED))


@contextmanager
def eyes_of(seated: Seated) -> Iterator[Actor]:
    """Inside an act or a read: the eyes of an organisation, with the roles and the ceiling of its seats, outside all compartments."""
    with on_behalf_of(seated.id) as rules:
        yield replace(
            rules, name=f"report for {seated.name}", roles=seated.roles, ceiling=min(seated.ceiling, MOST_CLOSED), compartments=frozenset()
        )
