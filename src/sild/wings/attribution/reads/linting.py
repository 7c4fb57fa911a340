"""A draft of a statement held against its case: what the linter needs of it is gathered here. Nothing of a draft is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.values.marking import Marking
from sild.wings.attribution.models import SealedIdentity
from sild.wings.attribution.reads.cases import case_record
from sild.wings.attribution.reads.decision import DecisionRow, decisions_of
from sild.wings.attribution.reads.evidence import EvidenceView, evidence_of
from sild.wings.attribution.reads.said import claims_said
from sild.wings.attribution.rules import DecisionKind, EvidenceAudience, printed_marking
from sild.wings.attribution.rules.linting import (
    BoundItem,
    Decided,
    LintedDraft,
    LintFinding,
    LintSetting,
    PositionHit,
    estimative_source,
    lint,
)
from sild.wings.diplomacy.public import FindingKind, checked_draft

TOLD_TO = {
    DecisionKind.ATTRIBUTE_PUBLICLY: frozenset(EvidenceAudience),
    DecisionKind.TELL_PARTNERS: frozenset({EvidenceAudience.SERVICES, EvidenceAudience.MINISTERS, EvidenceAudience.CO_ATTRIBUTING}),
}
INSIDE_ALONE = frozenset({EvidenceAudience.SERVICES, EvidenceAudience.MINISTERS})
"""Who is told of a case whatever was decided: those who work on it and those who decide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LintReport:
    """What was found in a draft. `highest` is the marking up to which its audience reads; `sources`, `as_of`: where the words are from."""

    highest: Marking
    findings: tuple[LintFinding, ...]
    sources: tuple[str, ...]
    as_of: str


@read
def linted(actor: Actor, case_id: UUID, draft: LintedDraft) -> LintReport:
    """A draft held against the evidence, the seals, the decision, what was said before and the own positions, as the reader may see them.

    The identities behind seals are looked for only where the reader is named in them. Raises NotThere.
    """
    case, found = case_record(actor, case_id), evidence_of(actor, case_id)
    current = decisions_of(actor, case_id).current
    setting = LintSetting(
        highest=printed_marking(draft.audience, Marking(case.row.marking)),
        evidence=_items(found),
        sealed=_sealed(found),
        positions=tuple(_positions(actor, draft)),
        earlier=claims_said(actor),
        decided=_decided(current) if current is not None else None,
    )
    sources, as_of = estimative_source()
    return LintReport(highest=setting.highest, findings=lint(draft, setting), sources=sources, as_of=as_of)


def _items(found: EvidenceView) -> dict[UUID, BoundItem]:
    return {
        row.id: BoundItem(
            shown_to=frozenset(row.shown_to),
            withdrawn=row.withdrawn,
            first=row.first,
            reliability=row.reliability,
            credibility=row.credibility,
        )
        for row in found.rows
    }


def _sealed(found: EvidenceView) -> tuple[str, ...]:
    names = [one.name for one in found.sources if one.sealed]
    known = SealedIdentity.objects.filter(source_id__in=[one.id for one in found.sources]).order_by("id")
    return (*names, *known.values_list("identity", flat=True))


def _positions(actor: Actor, draft: LintedDraft) -> Iterator[PositionHit]:
    for sentence in draft.sentences:
        for language, text in sentence.text.items():
            for one in checked_draft(actor, text).findings if text.strip() else ():
                if one.kind == FindingKind.CONTRADICTS and one.own is not None:
                    against = f"{one.own.document}, {one.own.year}"
                    yield PositionHit(number=sentence.number, language=language, start=one.start, end=one.end, against=against)


def _decided(row: DecisionRow) -> Decided:
    """A decision does not say yet whom it names, so nothing is asked of names."""
    return Decided(
        audiences=TOLD_TO.get(row.kind, INSIDE_ALONE),
        likelihood=row.likelihood.id if row.likelihood is not None else "",
        confidence=row.confidence.id if row.confidence is not None else "",
    )
