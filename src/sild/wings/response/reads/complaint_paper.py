"""A complaint as a Word file: what is asked, what the forum needs and whether it is there, the incidents, and the evidence for it alone."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from sild.formats.report_docx import write_document
from sild.formats.report_paper import Cell, ReportPaper, ReportPart, ReportTable
from sild.kernel import clock
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.identity import Organisation
from sild.kernel.refusals import Refused
from sild.kernel.said import said
from sild.values.marking import Marking
from sild.wings.attribution.public import EvidenceAudience, evidence_for
from sild.wings.response.models import Response
from sild.wings.response.reads.complaints import ComplaintRow, NeedTick, complaint_record
from sild.wings.response.reads.essentials import incidents_of
from sild.wings.response.reads.responses import response_record
from sild.wings.response.rules import Forum
from sild.wings.signals.public import IncidentView

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@read
def complaint_file(actor: Actor, complaint_id: UUID) -> tuple[str, str, bytes]:
    """A complaint as a Word file as things stand today: its name, kind, bytes. Raises NotThere; Refused for one that was taken back."""
    row, response_id, ticks = complaint_record(actor, complaint_id)
    if row.withdrawn or row.fact is None:
        raise Refused(_("The complaint was taken back, or its forum is not in the list any more: it is given as no file."))
    paper = _paper(actor, row, row.fact, response_id, ticks)
    return f"complaint-{row.forum}-{clock.today():%Y-%m-%d}.docx", WORD, write_document(paper)


def _paper(actor: Actor, row: ComplaintRow, forum: Forum, response_id: UUID, ticks: tuple[NeedTick, ...]) -> ReportPaper:
    sayings, today = said(), clock.today()
    response: Response = Response.found(response_id)
    about = response_record(actor, response_id).row
    house = Organisation.objects.filter(id=actor.organisation).first()
    name = forum.called(get_language() or "en")
    # the paper goes through the house first: it is as closed as the response, and people lower it before it leaves
    return ReportPaper(
        language=get_language() or "en",
        title=_("Complaint: {forum}").format(forum=name),
        marking=Marking(response.marking).label,
        foot=name,
        page=_("Page {page} of {pages}"),
        day=today,
        lead=[(_("To"), name), (_("Made by"), house.name if house is not None else ""), (_("As of"), sayings.day(today))],
        summary_heading=_("What is asked"),
        summary=row.asked,
        unknown=_("not known"),
        more=_("{count} more rows stand in the workbook."),
        parts=[
            *([ReportPart(heading=_("Norms said to be broken"), sentences=row.norms.splitlines())] if row.norms else []),
            _forum(forum),
            _needs(ticks),
            _incidents(incidents_of(actor, about.case, about.incident)),
            *([_evidence(actor, about.case, forum)] if about.case is not None else []),
        ],
    )


def _forum(forum: Forum) -> ReportPart:
    source = _("from memory: no source was read") if forum.from_memory else "; ".join(forum.sources)
    rows: list[tuple[Cell, ...]] = [
        (_("What it is"), forum.description),
        (_("What it decides"), forum.decides),
        (_("When it meets"), forum.cycle),
        (_("Contact points"), forum.contact_duty or None),
        (_("Where this is known from"), f"{source} ({forum.as_of})"),
    ]
    heads, caption = (_("What"), _("What is known")), _("The forum, as sources describe it.")
    return ReportPart(heading=_("The forum"), tables=[ReportTable(name=_("The forum"), caption=caption, heads=heads, rows=rows)])


def _needs(ticks: tuple[NeedTick, ...]) -> ReportPart:
    sayings = said()
    rows: list[tuple[Cell, ...]] = [
        (sayings.label(one.need, "forum-need"), sayings.label(one.stand, "need-stand"), one.count) for one in ticks
    ]
    table = ReportTable(
        name=_("What it rests on"),
        caption=_("A proposal of the desk: no source states what a complaint there has to hold."),
        heads=(_("What"), _("State"), pgettext("how many", "Counted")),
        rows=rows,
    )
    return ReportPart(heading=_("What it rests on"), tables=[table])


def _incidents(found: list[IncidentView]) -> ReportPart:
    sayings = said()
    if not found:
        return ReportPart(heading=_("Incidents"), sentences=[_("No incident is tied to it.")])
    rows: list[tuple[Cell, ...]] = []
    for one in found:
        grave = [
            f"{sayings.label(each.factor.key, 'factor')}: {sayings.label(each.degree, 'degree')}"
            for each in one.factors
            if each.degree is not None
        ]
        rows.append((one.row.title, one.row.begins, ", ".join(one.row.countries) or None, one.summary or None, "; ".join(grave) or None))
    heads = (pgettext("what happened", "Incident"), _("Began"), _("Countries of the victims"), _("What happened"), _("How grave"))
    caption = _("What happened, as people told it; a day is as exact as it is known.")
    return ReportPart(heading=_("Incidents"), tables=[ReportTable(name=_("Incidents"), caption=caption, heads=heads, rows=rows)])


def _evidence(actor: Actor, case: UUID, forum: Forum) -> ReportPart:
    sayings, audience = said(), EvidenceAudience(forum.audience)
    rows: list[tuple[Cell, ...]] = [
        (one.title, one.text or None, one.source_name, f"{one.reliability}{int(one.credibility)}", one.sha256 or _("no file"))
        for one in evidence_for(actor, case, audience).rows
    ]
    told = _("What may be shown to: {audience}.").format(audience=sayings.label(audience, "audience"))
    if not rows:
        return ReportPart(heading=_("Evidence"), sentences=[told, _("Nothing of the evidence may be shown to these readers.")])
    heads = (pgettext("evidence", "Item"), _("What it says"), _("Source"), _("Grades"), _("SHA-256 of its file"))
    return ReportPart(heading=_("Evidence"), tables=[ReportTable(name=_("Evidence"), caption=told, heads=heads, rows=rows)])
