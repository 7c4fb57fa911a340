"""What a frozen pack says: subject, criteria, statement of reasons with its evidence, what is missing; made of open evidence alone."""

from __future__ import annotations

from datetime import date

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from sild.formats.report_paper import Cell, ReportPaper, ReportPart, ReportTable
from sild.kernel.said import said
from sild.values.marking import Marking
from sild.wings.attribution.public import EvidenceRow
from sild.wings.response.reads.listing import ListingView, TickRow
from sild.wings.response.rules import SubjectKind

PRINTED = Marking.AMBER
"""How a pack is marked, by the desk's own rule: all evidence in it is public, that somebody is proposed is not."""


def listing_paper(view: ListingView, *, made_by: str, today: date) -> ReportPaper:
    """The paper of a pack, in the language that is active."""
    sayings, row = said(), view.row
    kind = _("a natural person") if row.subject == SubjectKind.PERSON else _("an entity or body")
    told = _("Points said to be met: {met}. Sentences of the statement of reasons: {sentences}. What is missing: {gaps}.")
    met = sum(one.stand == "met" for one in view.ticks)
    return ReportPaper(
        language=get_language() or "en",
        title=_("Listing pack: {name}").format(name=row.name),
        marking=PRINTED.label,
        foot=row.name,
        page=_("Page {page} of {pages}"),
        day=today,
        lead=[
            (_("Subject"), f"{row.name} ({kind})"),
            (_("Under"), "Decision (CFSP) 2019/797, Regulation (EU) 2019/796"),
            (_("Made by"), made_by),
            (_("Approved by"), "; ".join(one.name for one in view.approvals)),
            (_("As of"), sayings.day(today)),
        ],
        summary_heading=_("In short"),
        summary=f"{told.format(met=met, sentences=len(view.reasons), gaps=len(view.gaps))} "
        + _("A proposal by people: the Council decides, and a listing ascribes no responsibility to a State."),
        unknown=_("not known"),
        more=_("{count} more rows stand in the workbook."),
        parts=[_reasons(view), _identifiers(view), _points(view), _evidence(view), _gaps(view)],
    )


def _reasons(view: ListingView) -> ReportPart:
    numbers = {row.id: number for number, row in enumerate(_cited(view), 1)}
    rows: list[tuple[Cell, ...]] = [(one.text, ", ".join(str(numbers[item.row.id]) for item in one.items), one.by) for one in view.reasons]
    table = ReportTable(
        name=_("Reasons"),
        caption=_("Each sentence with the numbers of the items on which it rests."),
        heads=(_("Sentence"), _("Rests on"), _("Written by")),
        rows=rows,
    )
    return ReportPart(heading=_("Statement of reasons"), tables=[table])


def _identifiers(view: ListingView) -> ReportPart:
    sayings = said()
    rows: list[tuple[Cell, ...]] = [(sayings.label(one.kind, "identifier"), one.text, one.source or None) for one in view.identifiers]
    if not rows:
        return ReportPart(heading=_("Identifiers"), sentences=[_("Nothing tells the subject from others of the same name.")])
    heads = (_("What"), _("As typed"), _("Source"))
    table = ReportTable(name=_("Identifiers"), caption=_("As typed, with where it was read."), heads=heads, rows=rows)
    return ReportPart(heading=_("Identifiers"), tables=[table])


def _points(view: ListingView) -> ReportPart:
    sayings, uk = said(), get_language() == "uk"

    def row(one: TickRow) -> tuple[Cell, ...]:
        source = _("from memory: no source was read") if one.point.from_memory else "; ".join(one.point.sources)
        return (
            one.point.label_uk if uk else one.point.label,
            one.point.article or None,
            sayings.label(one.stand, "precondition"),
            one.said or None,
            f"{source} ({one.point.as_of})",
        )

    heads = (_("Point"), _("Article"), _("State"), _("What is said"), _("Where the point is known from"))
    caption = _("What a listing looks at, and what people say of each point.")
    rows = [row(one) for one in view.ticks if one.point.kind != "procedure"]
    return ReportPart(heading=_("Criteria"), tables=[ReportTable(name=_("Criteria"), caption=caption, heads=heads, rows=rows)])


def _evidence(view: ListingView) -> ReportPart:
    sayings = said()
    rows: list[tuple[Cell, ...]] = [
        (
            number,
            row.title,
            row.text or None,
            row.source_name,
            f"{row.reliability} – {sayings.label(row.reliability, 'reliability')}",
            f"{int(row.credibility)} – {sayings.label(str(int(row.credibility)), 'credibility')}",
            row.sha256 or _("no file"),
        )
        for number, row in enumerate(_cited(view), 1)
    ]
    heads = (
        _("Number"),
        pgettext("evidence", "Item"),
        _("What it says"),
        _("Source"),
        _("Reliability"),
        _("Credibility"),
        _("SHA-256 of its file"),
    )
    caption = _("Open sources alone: the public may be shown each item, and a person let it into a sanctions file.")
    return ReportPart(heading=_("Evidence"), tables=[ReportTable(name=_("Evidence"), caption=caption, heads=heads, rows=rows)])


def _gaps(view: ListingView) -> ReportPart:
    listed = [said().label(one, "listing-gap") for one in view.gaps]
    sentences = [] if listed else [_("Nothing that the desk knows of is missing.")]
    return ReportPart(heading=_("What is missing"), sentences=sentences, listed=listed)


def _cited(view: ListingView) -> list[EvidenceRow]:
    """The items that sentences rest on, each once, in the order in which they are first named."""
    return list({item.row.id: item.row for one in view.reasons for item in one.items}.values())
