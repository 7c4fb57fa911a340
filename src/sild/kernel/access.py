"""Access: what a marking, a release, a compartment and an embargo mean together, and who would see a record before it is saved.

The database decides who sees a row (kernel/scope.py); this says the same in words, and reckons whom a record is released to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sild.kernel import clock
from sild.kernel.action import read
from sild.kernel.actor import Actor, current_actor, on_behalf_of
from sild.kernel.grants import MOST_RELEASED, Grant
from sild.kernel.identity import Compartment, Mechanism, Member, Organisation
from sild.kernel.inheritance import demanded_of
from sild.kernel.lowering import WAITING, Lowering
from sild.kernel.record import Record
from sild.kernel.subjects import model_named
from sild.values.marking import Marking


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who sees a record: organisations by name (the owner first), how many seats in them may, and in words who does not, and why."""

    names: tuple[str, ...]
    seats: int
    note: str


@dataclass(frozen=True, slots=True)
class Granted:
    """What people decided about the release of one record, beyond the rule."""

    to: frozenset[UUID] = frozenset()
    withheld: frozenset[UUID] = frozenset()


def in_the_open(actor: Actor) -> Actor:
    """The actor outside all compartments: runs and plans are made of what every colleague of the same ceiling may see."""
    return replace(actor, compartments=frozenset())


def grants_on(model: str, subjects: Collection[UUID]) -> dict[UUID, Granted]:
    """What people decided about the release of records of one kind, by record; recalled grants are left out. Needs an actor."""
    to: dict[UUID, set[UUID]] = defaultdict(set)
    withheld: dict[UUID, set[UUID]] = defaultdict(set)
    owner = current_actor().organisation
    rows = Grant.objects.filter(subject_model=model, subject_id__in=list(subjects), recalled=False, owner_id=owner)
    for subject, organisation, withholds in rows.values_list("subject_id", "organisation_id", "withholds"):
        (withheld if withholds else to)[subject].add(organisation)
    return {subject: Granted(frozenset(to[subject]), frozenset(withheld[subject])) for subject in {*to, *withheld}}


def released_to(
    by_rule: Iterable[UUID], granted: Granted | None, *, owner: UUID, marking: int, compartment_id: UUID | None = None
) -> list[UUID]:
    """Whom a record is released to: by rule or by a person, less those from whom it is withheld; nobody above AMBER or in a compartment."""
    if marking > MOST_RELEASED or compartment_id is not None:
        return []
    told = granted or Granted()
    return sorted((set(by_rule) | told.to) - told.withheld - {owner})


@read
def audience(
    actor: Actor,
    *,
    owner: UUID,
    marking: int,
    releasable_to: Iterable[UUID] = (),
    compartment_id: UUID | None = None,
    embargo_until: datetime | None = None,
) -> Audience:
    """Who would see a record of `owner` with this access, whether it is saved or only proposed ("Visible to: ...")."""
    organisations = {one.id: one for one in Organisation.objects.all()}
    released = released_to(releasable_to, None, owner=owner, marking=marking, compartment_id=compartment_id)
    left_out = sorted({*releasable_to} - {owner, *released})
    room = Compartment.objects.filter(id=compartment_id).first() if compartment_id is not None else None
    seated = _seats(actor, {owner, *released})
    if compartment_id is not None:
        inside = set(room.members) if room is not None else set()
        seated = {owner: [(member, ceiling) for member, ceiling in seated.get(owner, ()) if member in inside]}
    names, seats, notes = [], 0, []
    for organisation in [owner, *sorted(released, key=lambda one: organisations[one].name if one in organisations else "")]:
        name = organisations[organisation].name if organisation in organisations else _("an organisation that is no longer here")
        able = [member for member, ceiling in seated.get(organisation, ()) if ceiling >= marking]
        seats += len(able)
        if able:
            names.append(name)
        elif seated.get(organisation):
            told = _("{name} does not see it: its seats see nothing as closed as {marking}.")
            notes.append(told.format(name=name, marking=Marking(marking).label))
        else:
            notes.append(_("{name} does not see it: nobody sits there who may.").format(name=name))
    notes += _limits(marking, room, compartment_id, embargo_until, [organisations[one].name for one in left_out if one in organisations])
    return Audience(names=tuple(names), seats=seats, note=" ".join(notes))


def audience_of(actor: Actor, record: Record) -> Audience:
    """Who sees a record, as far as the actor may know: to whom else than the actor it goes is the owner's business."""
    return audience(
        actor,
        owner=record.owner_id,
        marking=record.marking,
        releasable_to=record.releasable_to if record.owner_id == actor.organisation else [actor.organisation],
        compartment_id=record.compartment_id,
        embargo_until=record.embargo_until,
    )


def _seats(actor: Actor, organisations: Collection[UUID]) -> dict[UUID, list[tuple[UUID, int]]]:
    """The seats of organisations with their ceilings. Who sits where is the secretariat's record; here it is only counted."""
    mechanism = Mechanism.objects.filter(id=actor.mechanism).first()
    if mechanism is None:
        return {}
    seats: dict[UUID, list[tuple[UUID, int]]] = defaultdict(list)
    with on_behalf_of(mechanism.owner_id):
        rows = Member.objects.filter(organisation_id__in=list(organisations)).exclude(roles__contains=["service"])
        for organisation, member, ceiling in rows.values_list("organisation_id", "id", "ceiling"):
            seats[organisation].append((member, ceiling))
    return seats


def _limits(
    marking: int, room: Compartment | None, compartment_id: UUID | None, embargo_until: datetime | None, left_out: list[str]
) -> list[str]:
    """What keeps a record closer than its list of organisations says."""
    notes = []
    if room is not None:
        told = ngettext(
            "It is in the compartment {name}: only the {count} seat in it sees it.",
            "It is in the compartment {name}: only the {count} seats in it see it.",
            len(room.members),
        )
        notes.append(told.format(name=room.name, count=len(room.members)))
    elif compartment_id is not None:
        notes.append(_("It is in a compartment: only the seats in it see it."))
    if left_out and marking > MOST_RELEASED:
        told = _("{marking} stays with its owner: {names} no longer see it.")
        notes.append(told.format(marking=Marking(marking).label, names="; ".join(left_out)))
    elif left_out:
        notes.append(_("{names} do not see it: a compartment is released to nobody.").format(names="; ".join(left_out)))
    if embargo_until is not None and embargo_until > clock.now():
        told = _("Only its owner sees it before {when}.")
        notes.append(told.format(when=date_format(embargo_until, "j M Y H:i e")))
    return notes


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderView:
    """An organisation that a record is released to, or withheld from: `by` names the person who decided, empty for the rule."""

    organisation: UUID
    name: str
    by: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoweringView:
    """A proposal that waits for a second person; `mine`: the actor proposed it and can only take it back."""

    id: UUID
    to_marking: Marking
    leaves_compartment: bool
    ends_embargo: bool
    proposed_by: str
    proposed_at: datetime
    why: str
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessView:
    """Everything about who sees one record. `mine`: the actor's organisation owns it; only then are `released` and what follows filled.

    `floor` is how closed its parents are: it is not lowered below that. `others`: organisations that it could be released to.
    """

    model: str
    id: UUID
    version: int
    owner: str
    mine: bool
    marking: Marking
    compartment: str
    embargo_until: datetime | None
    audience: Audience
    floor: Marking = Marking.CLEAR
    released: tuple[ReaderView, ...] = ()
    withheld: tuple[ReaderView, ...] = ()
    lowerings: tuple[LoweringView, ...] = ()
    others: tuple[tuple[UUID, str], ...] = ()


@read
def access_of(actor: Actor, model: str, key: UUID) -> AccessView:
    """Who sees a record and why, as far as the actor may know: others than its owner learn its marking alone. Raises NotThere."""
    record = model_named(model).found(key)
    mine = record.owner_id == actor.organisation
    names = dict(Organisation.objects.order_by("name").values_list("id", "name"))
    room = Compartment.objects.filter(id=record.compartment_id).first() if record.compartment_id is not None else None
    view = AccessView(
        model=model,
        id=record.id,
        version=record.version,
        owner=names.get(record.owner_id, ""),
        mine=mine,
        marking=Marking(record.marking),
        compartment=room.name if room is not None else "",
        embargo_until=record.embargo_until,
        audience=audience_of(actor, record),
    )
    if not mine:
        return view
    grants = {grant.organisation_id: grant for grant in Grant.objects.filter(subject_model=model, subject_id=key, recalled=False)}
    return replace(
        view,
        floor=Marking(demanded_of(record).marking),
        released=tuple(_reader(one, names, grants.get(one)) for one in record.releasable_to),
        withheld=tuple(_reader(one, names, grant) for one, grant in grants.items() if grant.withholds),
        lowerings=tuple(_lowering(actor, one) for one in Lowering.objects.filter(subject_model=model, subject_id=key, **WAITING)),
        others=tuple((one, name) for one, name in names.items() if one not in {record.owner_id, *record.releasable_to}),
    )


@read
def proposed_audience(
    actor: Actor,
    access: AccessView,
    *,
    marking: Marking | None = None,
    added: Collection[UUID] = (),
    taken: Collection[UUID] = (),
    compartment_id: UUID | None = None,
    embargo_until: datetime | None = None,
) -> Audience:
    """Who would see a record of one's own after a change to its access: what is not named stays as `access` has it. Raises NotThere."""
    record = model_named(access.model).found(access.id)
    return audience(
        actor,
        owner=record.owner_id,
        marking=record.marking if marking is None else int(marking),
        releasable_to=({*record.releasable_to, *added} - {*taken}) if record.owner_id == actor.organisation else (),
        compartment_id=compartment_id or record.compartment_id,
        embargo_until=embargo_until or record.embargo_until,
    )


def _reader(organisation: UUID, names: dict[UUID, str], grant: Grant | None) -> ReaderView:
    by, why = (grant.granted_by_name, grant.why) if grant is not None else ("", "")
    return ReaderView(organisation=organisation, name=names.get(organisation, ""), by=by, why=why)


def _lowering(actor: Actor, lowering: Lowering) -> LoweringView:
    return LoweringView(
        id=lowering.id,
        to_marking=Marking(lowering.to_marking),
        leaves_compartment=lowering.leaves_compartment,
        ends_embargo=lowering.ends_embargo,
        proposed_by=lowering.proposed_by_name,
        proposed_at=lowering.created_at,
        why=lowering.why,
        mine=lowering.proposed_by == actor.person,
    )
