"""The hypotheses of a case against its evidence: each cell with who rated it and how, and what the core makes of the whole.

What is weighed is what counts of the evidence and is not taken back. The desk counts; it leaves nothing out and names nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sild.cores.attribution.weighing import (
    Aspect,
    Claim,
    ClaimStance,
    Item,
    ItemGrade,
    Matrix,
    Outcome,
    Rating,
    SourceGrade,
    Weighing,
    check,
    weigh,
)
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.attribution.models import Case, EvidenceRating, Hypothesis
from sild.wings.attribution.reads.evidence import EvidenceRow, EvidenceView, evidence_for, evidence_of
from sild.wings.attribution.rules import STANDING, EvidenceAudience, counted, harshest, standing_id

HYPOTHESIS = "attribution.Hypothesis"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """How one reader rated an item under a hypothesis, when and why."""

    by: str
    at: datetime
    rating: Rating
    why: str
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What an item says of a hypothesis: what counts (None: nobody rated it), and each reader's word. `torn`: they differ."""

    hypothesis: UUID
    rating: Rating | None
    said: tuple[Word, ...]

    @property
    def torn(self) -> bool:
        """Whether those who rated it say different things."""
        return len({one.rating for one in self.said}) > 1

    @property
    def own(self) -> Rating | None:
        """What the reader said."""
        return next((one.rating for one in self.said if one.own), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """An item of evidence in the matrix. `weight`: None where a grade cannot be judged; at diagnosticity 0 it tells nothing."""

    evidence: EvidenceRow
    weight: float | None
    diagnosticity: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HypothesisRow:
    """A hypothesis: how much speaks against it (less is better), and how much if what cannot be judged counted in full.

    A standing one has no words, no version and nobody who proposed it; its stance says what it is. `voices`: the sources that speak
    against it, each with its part.
    """

    id: UUID
    version: int
    words: str
    stance: ClaimStance
    standing: bool
    proposed_by: str
    withdrawn_why: str
    against: float
    against_at_most: float
    voices: tuple[tuple[str, float], ...]
    leads: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Without an item, or without all of one source, others lead: the name of what is left out, and who leads then."""

    name: str
    whole_source: bool
    leaders: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AspectRow:
    """How many items with weight are about an aspect, and how many of those tell hypotheses apart."""

    aspect: Aspect
    items: int
    telling: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighingView:
    """A case weighed. `order` are the hypotheses that are weighed, as the columns stand; `aside` those that were taken back.

    `faults` is what the independent check has against the count: empty where it agrees. `torn_leaders`: who would lead if of each cell
    the harshest word counted, where that is somebody else; `open_to_judgement`: the same if what cannot be judged counted in full.
    """

    case_id: UUID
    outcome: Outcome
    leaders: tuple[UUID, ...]
    order: tuple[HypothesisRow, ...]
    aside: tuple[HypothesisRow, ...]
    rows: tuple[ItemRow, ...]
    unrated: int
    torn: int
    rests_on: tuple[LeftOut, ...]
    torn_leaders: tuple[UUID, ...]
    open_to_judgement: bool
    breadth: tuple[AspectRow, ...]
    faults: tuple[str, ...]

    def named(self, hypothesis: UUID) -> HypothesisRow:
        """The hypothesis with this identifier. Raises StopIteration for one that is not weighed."""
        return next(one for one in self.order if one.id == hypothesis)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixEntry:
    """A cell of the matrix by itself, as a sheet has it. `rating`: what counts; None where nobody of its `raters` said anything."""

    item: str
    source: str
    source_grade: SourceGrade
    item_grade: int
    hypothesis: str
    stance: ClaimStance
    rating: int | None
    raters: int
    torn: bool
    diagnosticity: int


def entries_of(found: WeighingView) -> list[MatrixEntry]:
    """The cells of a matrix one by one, item by item."""
    return [
        MatrixEntry(
            item=row.evidence.title,
            source=row.evidence.source_name,
            source_grade=row.evidence.reliability,
            item_grade=int(row.evidence.credibility),
            hypothesis=one.words,
            stance=one.stance,
            rating=int(cell.rating) if cell.rating is not None else None,
            raters=len(cell.said),
            torn=cell.torn,
            diagnosticity=row.diagnosticity,
        )
        for row in found.rows
        for one, cell in zip(found.order, row.cells, strict=True)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What is weighed: the evidence that counts, the hypotheses with their rows (None: a standing one), and what readers said."""

    evidence: Sequence[EvidenceRow]
    stances: Mapping[UUID, ClaimStance]
    proposed: Mapping[UUID, Hypothesis]
    said: Mapping[tuple[UUID, UUID], Sequence[Word]]
    sources: Mapping[str, str]

    def matrix(self, cell: Callable[[Collection[Rating]], Rating]) -> Matrix:
        """As the core takes it, with what each cell counts."""
        return Matrix(
            claims=tuple(Claim(id=str(key), words=str(key), stance=stance) for key, stance in self.stances.items()),
            items=tuple(
                Item(
                    id=str(row.id),
                    voice=str(row.first),
                    aspect=row.aspect,
                    source_grade=SourceGrade(row.reliability),
                    item_grade=ItemGrade(row.credibility),
                )
                for row in self.evidence
            ),
            ratings={(str(item), str(key)): cell([one.rating for one in words]) for (item, key), words in self.said.items()},
        )


@read
def weighing_of(actor: Actor, case_id: UUID, audience: EvidenceAudience | None = None) -> WeighingView:
    """The hypotheses of a case against its evidence, or against what an audience may be shown of it and nothing else. Raises NotThere."""
    case: Case = Case.found(case_id)
    proposed = list(Hypothesis.objects.filter(case_id=case.id).order_by("created_at", "id"))
    evidence = evidence_for(actor, case.id, audience) if audience is not None else evidence_of(actor, case.id)
    asked = _asked(actor, evidence, {one.id: one for one in proposed if not one.withdrawn})
    matrix = asked.matrix(counted)
    found, strict = weigh(matrix), weigh(asked.matrix(harshest))
    return WeighingView(
        case_id=case.id,
        outcome=found.outcome,
        leaders=tuple(UUID(one) for one in found.leaders),
        order=_columns(asked, found),
        aside=tuple(_column(one.id, ClaimStance(one.stance), one) for one in proposed if one.withdrawn),
        rows=_rows(asked, found),
        unrated=len(found.unrated),
        torn=sum(len({one.rating for one in words}) > 1 for words in asked.said.values()),
        rests_on=_rests_on(asked, found),
        torn_leaders=tuple(UUID(one) for one in strict.leaders) if strict.leaders != found.leaders else (),
        open_to_judgement=found.open_to_judgement,
        breadth=tuple(AspectRow(aspect=one.aspect, items=one.items, telling=one.telling) for one in found.breadth),
        faults=tuple(check(matrix, found)),
    )


@read
def case_of_hypothesis(actor: Actor, hypothesis_id: UUID) -> UUID:
    """The case of a hypothesis. Raises NotThere."""
    one: Hypothesis = Hypothesis.found(hypothesis_id)
    return one.case_id


def _asked(actor: Actor, found: EvidenceView, proposed: Mapping[UUID, Hypothesis]) -> _Asked:
    """People's own hypotheses first, then the two that always stand."""
    case_id = found.case_id
    evidence = [row for row in found.rows if not row.withdrawn]
    stances = {key: ClaimStance(one.stance) for key, one in proposed.items()} | {standing_id(case_id, one): one for one in STANDING}
    items, said = {row.id for row in evidence}, defaultdict[tuple[UUID, UUID], list[Word]](list)
    for one in EvidenceRating.objects.filter(case_id=case_id).order_by("rated_at", "id"):
        if one.evidence_id in items and one.hypothesis_id in stances:
            own = one.rated_by == actor.person
            word = Word(by=one.rated_by_name, at=one.rated_at, rating=Rating(one.rating), why=one.why, own=own)
            said[one.evidence_id, one.hypothesis_id].append(word)
    # a source that repeats one which the audience is not told of stands under its own name
    sources = {str(one.first): one.name for one in found.sources} | {str(one.id): one.name for one in found.sources}
    return _Asked(evidence=evidence, stances=stances, proposed=proposed, said=said, sources=sources)


def _columns(asked: _Asked, found: Weighing) -> tuple[HypothesisRow, ...]:
    weighed = {one.claim: one for one in found.claims}
    return tuple(
        replace(
            _column(key, stance, asked.proposed.get(key)),
            against=weighed[str(key)].against,
            against_at_most=weighed[str(key)].against_at_most,
            voices=tuple((asked.sources[voice], part) for voice, part in weighed[str(key)].by_voice),
            leads=str(key) in found.leaders,
        )
        for key, stance in asked.stances.items()
    )


def _column(key: UUID, stance: ClaimStance, one: Hypothesis | None) -> HypothesisRow:
    """A hypothesis as it was proposed, nothing counted of it yet."""
    return HypothesisRow(
        id=key,
        version=one.version if one is not None else 0,
        words=one.words if one is not None else "",
        stance=stance,
        standing=one is None,
        proposed_by=one.proposed_by_name if one is not None else "",
        withdrawn_why=one.withdrawn_why if one is not None else "",
        against=0.0,
        against_at_most=0.0,
        voices=(),
        leads=False,
    )


def _rows(asked: _Asked, found: Weighing) -> tuple[ItemRow, ...]:
    bearing = {one.item: one for one in found.items}
    return tuple(
        ItemRow(
            evidence=row,
            weight=bearing[str(row.id)].weight,
            diagnosticity=bearing[str(row.id)].diagnosticity,
            cells=tuple(_cell(key, asked.said.get((row.id, key), ())) for key in asked.stances),
        )
        for row in asked.evidence
    )


def _cell(hypothesis: UUID, said: Sequence[Word]) -> Cell:
    return Cell(hypothesis=hypothesis, rating=counted([one.rating for one in said]) if said else None, said=tuple(said))


def _rests_on(asked: _Asked, found: Weighing) -> tuple[LeftOut, ...]:
    """What, left out alone, changes who leads: items by their titles, sources by their names."""
    titles = {str(row.id): row.title for row in asked.evidence}
    told = [(titles[one.left_out], False, one) for one in found.without_item]
    told += [(asked.sources[one.left_out], True, one) for one in found.without_voice]
    return tuple(
        LeftOut(name=name, whole_source=whole, leaders=tuple(UUID(key) for key in one.leaders))
        for name, whole, one in told
        if one.leaders != found.leaders
    )
