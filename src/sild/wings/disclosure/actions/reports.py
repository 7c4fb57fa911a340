"""Verbs on reports: make a draft, make it anew, issue it under its number, recall it, drop a draft that is not wanted.

A draft is computed through the access rules as its audience reads; issuing computes it again and refuses where anything has changed, so
that nothing goes out which its readers may not see any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from sild.formats.report_paper import paper_as_data
from sild.kernel.access import released_to
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.identity import Organisation
from sild.kernel.refusals import Refused
from sild.kernel.turns import turn_until_commit
from sild.wings.disclosure.models import Report
from sild.wings.disclosure.reads import Cover, ReportAudience, audience_named, composed, drawn, paper_of, told_before
from sild.wings.disclosure.rules import (
    LANGUAGES,
    AudienceKind,
    ReportChange,
    ReportState,
    canonical,
    differences,
    digest_of,
    marking_of,
)
from sild.wings.parties.public import desk_day

MAKERS = frozenset({Role.OFFICER})
LONGEST_REASON = 2000
MADE_FROM = {
    "needs": "needs",
    "offers": "offers",
    "agreements": "agreements",
    "consignments": "consignments",
    "licences": "cases",
    "flows": "flows",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Composed:
    audience: ReportAudience
    facts: dict[str, list[dict[str, Any]]]
    changes: list[ReportChange]
    base: Report | None
    marking: int


@action("disclosure.make-report", roles=MAKERS)
def make_report(actor: Actor, kind: AudienceKind, organisation: UUID | None = None, *, language: str = "en") -> UUID:
    """Make the draft of a report for an audience; returns its id. Raises NotThere for an audience that is none, Refused."""
    _refuse_language(language)
    audience = audience_named(actor, kind, organisation)
    one = Report(kind=audience.kind, audience_id=audience.id, audience_name=audience.name, language=language, made_by_name=actor.name)
    _fill(actor, one, _compose(actor, audience), number=None)
    one.save()
    return one.id


@action("disclosure.renew-report", roles=MAKERS)
def renew_report(actor: Actor, report_id: UUID, *, language: str = "", version: int | None = None) -> None:
    """Make a draft anew from what stands now, perhaps in another language. Raises NotThere, Stale, Refused."""
    one = _own(actor, report_id, version)
    _refuse_unless(one, ReportState.DRAFT)
    _refuse_language(language or one.language)
    one.language = language or one.language
    _fill(actor, one, _compose(actor, _audience_of(actor, one)), number=None)
    one.save()


@action("disclosure.issue-report", roles=MAKERS, recalled=True)
def issue_report(actor: Actor, report_id: UUID, *, version: int | None = None, reason: str = "") -> int:
    """Issue a draft: it gets its number and is shown to its audience; returns the number. Raises NotThere, Stale, Refused.

    Refused where what stands has changed since the draft was made: the maker looks at it anew before it goes out.
    """
    one = _own(actor, report_id, version)
    _refuse_unless(one, ReportState.DRAFT)
    # two who issue for one audience at a moment get two numbers
    turn_until_commit(actor.mechanism, f"the number of a report for {one.audience_id}")
    audience = _audience_of(actor, one)
    found = _compose(actor, audience)
    if canonical({"facts": found.facts}) != canonical({"facts": one.content["facts"]}) or _base(actor, one.audience_id) != one.base_id:
        raise Refused(_("What stands in the register has changed since this draft was made. Make it anew, look at it, then issue it."))
    last = Report.objects.filter(owner_id=actor.organisation, audience_id=one.audience_id).aggregate(last=Max("number"))["last"]
    number: int = (last or 0) + 1
    _fill(actor, one, found, number=number)
    one.state, one.number, one.issued_on = ReportState.ISSUED, number, desk_day(actor)
    readers = [reader.id for reader in audience.readers]
    one.releasable_to = released_to(readers, None, owner=one.owner_id, marking=one.marking, compartment_id=one.compartment_id)
    one.save()
    return number


@action("disclosure.recall-report", roles=MAKERS, recalled=True)
def recall_report(actor: Actor, report_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Recall an issued report: its number stays, with the reason, and its words go. What was read cannot be unread.

    Raises NotThere, Stale, Refused.
    """
    one = _own(actor, report_id, version)
    _refuse_unless(one, ReportState.ISSUED)
    if not reason.strip():
        raise Refused(_("Say why the report is recalled: those who have it will read it."))
    one.state, one.recalled_why = ReportState.RECALLED, reason.strip()[:LONGEST_REASON]
    one.content, one.summary = {}, ""
    one.save()


@action("disclosure.drop-report", roles=MAKERS)
def drop_report(actor: Actor, report_id: UUID, *, version: int | None = None) -> None:
    """Drop a draft. Raises NotThere, Stale, Refused for what was issued."""
    one = _own(actor, report_id, version)
    _refuse_unless(one, ReportState.DRAFT)
    one.delete()


def _own(actor: Actor, report_id: UUID, version: int | None) -> Report:
    one: Report = Report.found(report_id, version=version)
    if one.owner_id != actor.organisation:
        raise Refused(_("This report is another organisation's. Whoever made it issues or recalls it."))
    return one


def _refuse_unless(one: Report, state: ReportState) -> None:
    if one.state == state:
        return
    told = {
        ReportState.DRAFT: _("This report is not a draft any more. Make a new one."),
        ReportState.ISSUED: _("This report is not issued, so there is nothing to recall."),
    }
    raise Refused(told[state])


def _refuse_language(language: str) -> None:
    if language not in LANGUAGES:
        raise Refused(_("A report is made in one of these languages: {languages}.").format(languages=", ".join(LANGUAGES)))


def _audience_of(actor: Actor, one: Report) -> ReportAudience:
    kind = AudienceKind(one.kind)
    return audience_named(actor, kind, one.audience_id if kind == AudienceKind.ORGANISATION else None)


def _last_issued(actor: Actor, audience: UUID) -> Report | None:
    """The last report of the maker's for an audience that was issued and not recalled."""
    issued = Report.objects.filter(owner_id=actor.organisation, audience_id=audience, state=ReportState.ISSUED)
    found: Report | None = issued.order_by("-number").first()
    return found


def _base(actor: Actor, audience: UUID) -> UUID | None:
    last = _last_issued(actor, audience)
    return last.id if last is not None else None


def _compose(actor: Actor, audience: ReportAudience) -> _Composed:
    facts = composed(actor, audience)
    base = _last_issued(actor, audience.id)
    changes = differences(told_before(actor, base.content["facts"]), facts) if base is not None else []
    marks = [row["marking"] for rows in facts.values() for row in rows if row["marking"] is not None]
    marking = marking_of(audience.kind, marks, int(min(audience.ceiling, actor.ceiling)))
    return _Composed(audience=audience, facts=facts, changes=changes, base=base, marking=int(marking))


def _fill(actor: Actor, one: Report, found: _Composed, *, number: int | None) -> None:
    """Put what was computed into the report: its facts, its words, and what it was made from."""
    base = found.base
    one.as_of = desk_day(actor)
    one.since, one.base_id = (base.as_of, base.id) if base is not None else (None, None)
    one.marking = found.marking if one._state.adding else max(found.marking, one.marking)
    cover = Cover(
        language=one.language,
        kind=found.audience.kind,
        audience=found.audience.name,
        maker=Organisation.objects.filter(id=actor.organisation).values_list("name", flat=True).first() or "",
        as_of=one.as_of,
        since=one.since,
        base_number=base.number if base is not None else None,
        number=number,
        marking=one.marking,
    )
    with override(one.language):
        paper = paper_of(cover, found.facts, found.changes, drawn(found.facts, one.as_of))
    one.content = {"facts": found.facts, "paper": paper_as_data(paper)}
    one.summary, one.digest = paper.summary, digest_of(one.content)
    for section, column in MADE_FROM.items():
        setattr(one, column, _keys(found.facts[section]))
    one.terms = _keys([row for row in found.facts["lapses"] if row["term"]])


def _keys(rows: list[dict[str, Any]] | list[Mapping[str, Any]]) -> list[UUID]:
    return [UUID(row["id"]) for row in rows]
