"""Take in what limits a plan and what weighs in it: the register supplement, and single limits that people record."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.refusals import Refused
from sild.wings.parties.public import mechanism_file, organisation_ids
from sild.wings.planning.models import Assessment, Limit
from sild.wings.planning.rules import CAPACITIES, LimitEntry, SupplementFile

KEEPERS = frozenset({Role.SERVICE, Role.OFFICER})
WHO_MAY_LIMIT = frozenset({Role.OFFICER, Role.RECIPIENT, Role.DONOR, Role.COMPANY, Role.LICENCE_LIAISON, Role.SERVICE})


@action("planning.import-supplement", roles=KEEPERS)
def import_supplement(actor: Actor, supplement: SupplementFile) -> tuple[int, int]:
    """Take in a supplement: (new limits, new assessments). What is there already with the same words stays as it is."""
    limits = [_limit(entry) for entry in supplement.limits]
    present = {_words(limit) for limit in Limit.objects.all()}
    fresh = [limit for limit in limits if _words(limit) not in present]
    Limit.objects.bulk_create(fresh)
    known = {(one.subject, one.category, one.criterion, one.source, one.as_of, one.value) for one in Assessment.objects.all()}
    assessments = [
        Assessment(
            subject=entry.subject,
            category=entry.category,
            criterion=entry.criterion,
            value=entry.value,
            source=entry.source,
            as_of=entry.as_of,
        )
        for entry in supplement.assessments
        if (entry.subject, entry.category, entry.criterion, entry.source, entry.as_of, entry.value) not in known
    ]
    Assessment.objects.bulk_create(assessments)
    return len(fresh), len(assessments)


@action("planning.record-limit", roles=WHO_MAY_LIMIT)
def record_limit(actor: Actor, entry: LimitEntry, *, releasable_to: Sequence[UUID] = (), reason: str = "") -> bool:
    """Somebody states a limit of their own: capacity, budget, objection, consent. A later word stands. Returns whether it is new."""
    if not actor.roles & KEEPERS:
        _refuse_others_limits(actor, entry)
    limit = _limit(entry)
    limit.releasable_to = [organisation for organisation in releasable_to if organisation != actor.organisation]
    about = Limit.objects.filter(kind=limit.kind, subject=limit.subject, category=limit.category, period=limit.period)
    known = list(about.order_by("as_of", "created_at", "id"))
    # what was said, unsaid and is said again is news: only the last word need not be told twice, nor an older one
    if any(_words(one) == _words(limit) and (one is known[-1] or limit.as_of < known[-1].as_of) for one in known):
        return False
    limit.save()
    return True


def _refuse_others_limits(actor: Actor, entry: LimitEntry) -> None:
    """Outside the secretariat each speaks for itself: of its own limits, of its own objection and licence to another's offer; and the
    recipient's authority for what its bodies can take in."""
    identities = organisation_ids(actor)
    mine = [one for one in mechanism_file(actor).organisations if identities.get(one.slug) == actor.organisation]
    if entry.kind in CAPACITIES and Role.RECIPIENT in actor.roles and any(one.office == "front-office" for one in mine):
        # the recipient's authority speaks for all its bodies: most of them have no seat
        return
    own = {name for one in mine for name in (one.name, one.party) if name}
    speaks_for = entry.authority if entry.kind in ("objection", "licence") else entry.subject
    if speaks_for not in own and not (entry.kind == "licence" and Role.LICENCE_LIAISON in actor.roles):
        told = _("{name} cannot state a limit of {subject}. Ask its own member, or the secretariat.")
        raise Refused(told.format(name=actor.name, subject=speaks_for or _("nobody in particular")))


def _limit(entry: LimitEntry) -> Limit:
    return Limit(
        kind=entry.kind,
        subject=entry.subject,
        category=entry.category,
        period=entry.first_day,
        amount=entry.amount,
        unit=entry.currency,
        detail={
            "state": entry.state,
            "authority": entry.authority,
            "bodies": entry.bodies,
            "sectors": entry.sectors,
            "visibility": entry.visibility,
            "note": entry.note,
            **_further(entry),
        },
        source=entry.source,
        as_of=entry.as_of,
    )


def _further(entry: LimitEntry) -> dict[str, object]:
    """What only some kinds say; absent where it is not said, so that a limit of before keeps its words."""
    told = {
        "parts": dict(sorted(entry.parts.items())),
        "accepts": {category: str(quality) for category, quality in sorted(entry.accepts.items())},
        "uses": sorted(entry.uses),
        "place": entry.place,
        "waives": sorted(entry.waives),
    }
    return {name: value for name, value in told.items() if value}


def _words(limit: Limit) -> tuple[object, ...]:
    detail = tuple(sorted((key, str(value)) for key, value in limit.detail.items()))
    return (limit.kind, limit.subject, limit.category, limit.period, limit.amount, limit.unit, detail, limit.source, limit.as_of)
