"""What a dossier says: the paper and the STIX bundle for one audience, made of what that audience may be shown and of nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sild.cores.attribution.weighing import Rating
from sild.formats.case_bundle import BundleCase, BundleItem, case_bundle
from sild.formats.drawing.lanes import LaneRow, LaneWords, Point, Stretch, lanes_picture
from sild.formats.drawing.ratings import RatedCell, RatedRow, RatingWords, ratings_picture
from sild.formats.drawing.shapes import Picture, Tone, Wording
from sild.formats.drawing.svg import svg_of
from sild.formats.report_paper import Cell as PaperCell
from sild.formats.report_paper import ReportPaper, ReportPart, ReportPicture, ReportTable
from sild.kernel.actor import Actor
from sild.kernel.said import said, wording
from sild.values.marking import Marking
from sild.wings.attribution.reads.cases import CaseView, InputRow, case_record
from sild.wings.attribution.reads.decision import DecisionRow, decisions_of
from sild.wings.attribution.reads.evidence import EvidenceRow, EvidenceView, evidence_for
from sild.wings.attribution.reads.hypotheses import Cell, HypothesisRow, WeighingView, weighing_of
from sild.wings.attribution.rules import INSIDE, EvidenceAudience, InputState

TONES: dict[Rating, Tone] = {
    Rating.STRONGLY_AGAINST: "blocked",
    Rating.AGAINST: "gap",
    Rating.NEITHER: "muted",
    Rating.WITH: "part",
    Rating.STRONGLY_WITH: "good",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierCover:
    """What stands on the first page. `key` tells the paper from every other one."""

    key: UUID
    audience: EvidenceAudience
    title: str
    language: str
    marking: Marking
    made_by: str
    made_at: datetime
    today: date


def composed_dossier(actor: Actor, case_id: UUID, cover: DossierCover) -> tuple[ReportPaper, dict[str, Any], int]:
    """The paper, the bundle, and of how many items they tell. In the language that is active. Raises NotThere."""
    found = evidence_for(actor, case_id, cover.audience)
    parts = [_evidence(found)]
    if cover.audience in INSIDE:
        record, weighing = case_record(actor, case_id), weighing_of(actor, case_id, cover.audience)
        decided = decisions_of(actor, case_id).current
        parts = [_standing(record), *([_decided(decided)] if decided is not None else []), *parts]
        parts += [_hypotheses(weighing), _inputs(record, cover.today)]
    return _paper(cover, parts, found), case_bundle(_bundle(cover, found.rows)), len(found.rows)


def _paper(cover: DossierCover, parts: Sequence[ReportPart], found: EvidenceView) -> ReportPaper:
    sayings = said()
    counted = _("Items of evidence in this paper: {items}. First sources that they come from: {voices}.")
    nobody = _("The paper names nobody as responsible: that is decided by people, and told in a statement.")
    return ReportPaper(
        language=cover.language,
        title=cover.title,
        marking=cover.marking.label,
        foot=cover.title,
        page=_("Page {page} of {pages}"),
        day=cover.today,
        lead=[
            (_("For"), sayings.label(cover.audience, "audience")),
            (_("Made by"), cover.made_by),
            (_("As of"), sayings.day(cover.today)),
        ],
        summary_heading=_("In short"),
        summary=f"{counted.format(items=found.counting, voices=found.voices)} {nobody}",
        unknown=_("not known"),
        more=_("{count} more rows stand in the workbook."),
        parts=parts,
    )


def _evidence(found: EvidenceView) -> ReportPart:
    sayings = said()
    heads = (
        pgettext("evidence", "Item"),
        _("What it says"),
        _("About"),
        _("Source"),
        _("Reliability"),
        _("Credibility"),
        _("SHA-256 of its file"),
    )
    rows: list[tuple[PaperCell, ...]] = [
        (
            row.title,
            row.text,
            sayings.label(row.aspect, "aspect"),
            row.source_name,
            f"{row.reliability} – {sayings.label(row.reliability, 'reliability')}",
            f"{int(row.credibility)} – {sayings.label(str(int(row.credibility)), 'credibility')}",
            row.sha256 or _("no file"),
        )
        for row in found.rows
        if not row.withdrawn
    ]
    told = _("What may be shown to these readers, each item graded apart from its source (Admiralty scale).")
    sentences = [] if rows else [_("Nothing of the evidence may be shown to these readers.")]
    tables = [ReportTable(name=_("Evidence"), caption=told, heads=heads, rows=rows)] if rows else []
    return ReportPart(heading=_("Evidence"), sentences=sentences, tables=tables)


def _standing(record: CaseView) -> ReportPart:
    row = record.row
    told = [_("Case: {title}").format(title=row.title), _("Stage: {stage}").format(stage=row.stage_name)]
    return ReportPart(heading=_("Where the case stands"), sentences=[*told, *([record.summary] if record.summary else [])])


def _decided(one: DecisionRow) -> ReportPart:
    """The decision that stands, with each dissent: likelihood and confidence apart, as they were said."""
    sayings = said()
    facts = [
        (_("What was decided"), sayings.label(one.kind, "decision")),
        (_("By"), f"{one.body}: {one.person}"),
        (_("When"), sayings.day(one.decided_at.date())),
        (_("To whom responsibility is ascribed"), one.responsible),
        (_("Likelihood"), sayings.label(one.likelihood.id, "estimative") if one.likelihood is not None else ""),
        (_("Confidence"), sayings.label(one.confidence.id, "estimative") if one.confidence is not None else ""),
        (_("Grounds"), one.grounds),
        *((_("Dissent: {body}").format(body=each.agency), each.words) for each in one.dissents),
    ]
    caption = _("The decision that stands, in the words of those who took it.")
    rows = [(name, text) for name, text in facts if text]
    return ReportPart(
        heading=_("Decision"), tables=[ReportTable(name=_("Decision"), caption=caption, heads=(_("What"), _("In their words")), rows=rows)]
    )


def _hypotheses(found: WeighingView) -> ReportPart:
    sayings = said()
    heads = (_("Hypothesis"), _("What it is"), _("Against it"), _("Said by"))
    rows: list[tuple[PaperCell, ...]] = [
        (
            name_of(one),
            sayings.label(one.stance, "hypothesis"),
            _tenths(one.against),
            "; ".join(f"{name} {sayings.amount(_tenths(part))}" for name, part in one.voices) or pgettext("speaks against", "nobody"),
        )
        for one in found.order
    ]
    caption = _("How much speaks against each hypothesis, each source once; less is better. It names nobody.")
    matrix = ReportTable(
        name=_("Evidence under each"),
        caption=_("How each item goes with each hypothesis."),
        heads=(pgettext("evidence", "Item"), *map(name_of, found.order)),
        rows=[(row.evidence.title, *(_cell(cell).text for cell in row.cells)) for row in found.rows],
    )
    sentences = [sayings.label(found.outcome, "outcome"), _("Weighed is what these readers may be shown, and nothing else.")]
    whole, single = _("Without all that goes back to {name}, others lead."), _("Without the item “{name}”, others lead.")
    sentences += [(whole if one.whole_source else single).format(name=one.name) for one in found.rests_on]
    tables = [ReportTable(name=_("Hypotheses"), caption=caption, heads=heads, rows=rows), *([matrix] if found.rows else [])]
    drawn = _drawn(_matrix(found), wording(_("Evidence under each"), matrix.caption))
    return ReportPart(heading=_("Hypotheses"), sentences=sentences, tables=tables, pictures=drawn)


def _matrix(found: WeighingView) -> Picture | None:
    keys = tuple((TONES[one], one < 0, said().label(str(int(one)), "rating")) for one in Rating)
    words = RatingWords(
        usual=wording(_("Evidence under each"), _("How each item goes with each hypothesis.")),
        keys=(*keys, ("unknown", True, _("not rated"))),
    )
    rows = [
        RatedRow(
            name=row.evidence.title,
            below=f"{row.evidence.source_name} · {row.evidence.reliability}{int(row.evidence.credibility)}",
            cells=tuple(_cell(cell) for cell in row.cells),
        )
        for row in found.rows
    ]
    return ratings_picture([name_of(one) for one in found.order], rows, words)


def _cell(cell: Cell) -> RatedCell:
    if cell.rating is None:
        return RatedCell(text=_("not rated"), tone="unknown")
    return RatedCell(text=said().label(str(int(cell.rating)), "rating"), tone=TONES[cell.rating], torn=cell.torn)


def _tenths(number: float) -> Decimal:
    return Decimal(f"{number:.1f}")


def name_of(one: HypothesisRow) -> str:
    """A hypothesis in its words; a standing one in the desk's."""
    return one.words or said().label(one.stance, "hypothesis")


def _inputs(record: CaseView, today: date) -> ReportPart:
    sayings = said()
    heads = (_("What"), _("Body"), _("Stage"), _("State"), _("Due"), _("Delivered"))
    rows: list[tuple[PaperCell, ...]] = [
        (
            one.what,
            one.agency_name,
            one.stage_name,
            sayings.label(one.state, "agency-input"),
            one.due_at.date(),
            one.delivered_at.date() if one.delivered_at is not None else _("not yet"),
        )
        for one in record.inputs
    ]
    caption = _("What bodies owe to the case, by when, and what came.")
    drawn = _drawn(_lanes(record, today), wording(_("What was asked and what came, over time"), caption))
    tables = [ReportTable(name=_("Inputs"), caption=caption, heads=heads, rows=rows)] if rows else []
    sentences = [] if rows else [_("Nothing is asked of anybody.")]
    return ReportPart(heading=_("What bodies owe"), sentences=sentences, tables=tables, pictures=drawn)


def _lanes(record: CaseView, today: date) -> Picture | None:
    keys = (
        ("good", False, _("delivered")),
        ("unknown", True, _("awaited")),
        ("gap", True, _("late")),
        ("muted", False, _("not asked for any more")),
    )
    words = LaneWords(
        usual=wording(_("What was asked and what came, over time"), _("What bodies owe to the case, by when, and what came.")),
        today=_("day of the paper"),
        keys=cast("tuple[tuple[Tone, bool, str], ...]", keys),
    )
    return lanes_picture([_lane(one, record.row.opened_at.date(), today) for one in record.inputs], today, words)


def _lane(one: InputRow, opened: date, today: date) -> LaneRow:
    tones: dict[InputState, Tone] = {
        InputState.DELIVERED: "good",
        InputState.WAITING: "unknown",
        InputState.LATE: "gap",
        InputState.WAIVED: "muted",
    }
    end = one.delivered_at.date() if one.delivered_at is not None else today
    state = said().label(one.state, "agency-input")
    open_still = one.state in (InputState.WAITING, InputState.LATE)
    stretch = Stretch(start=opened, end=max(end, opened), tone=tones[one.state], title=state, pattern=open_still)
    due = Point(on=one.due_at.date(), text=_("due {day}").format(day=said().day(one.due_at.date())), tone="ink")
    return LaneRow(name=f"{one.agency_name}: {one.what}", stretches=(stretch,), points=(due,))


def _drawn(picture: Picture | None, words: Wording) -> list[ReportPicture]:
    return [] if picture is None else [ReportPicture(svg=svg_of(picture, standalone=True), told=f"{words.title}. {words.summary}")]


def _bundle(cover: DossierCover, rows: Sequence[EvidenceRow]) -> BundleCase:
    return BundleCase(
        key=str(cover.key),
        title=cover.title,
        made_by=cover.made_by,
        made_at=cover.made_at,
        marking=cover.marking,
        items=[
            BundleItem(
                key=str(row.id),
                title=row.title,
                text=row.text,
                aspect=row.aspect,
                source=row.source_name,
                reliability=row.reliability,
                credibility=int(row.credibility),
                sha256=row.sha256,
            )
            for row in rows
        ],
    )
