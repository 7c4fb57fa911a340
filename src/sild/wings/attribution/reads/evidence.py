"""Evidence as its readers see it, and the slice of it that an audience may be shown. What is behind a seal stands in no answer here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _

from sild.cores.attribution.weighing import Aspect, ItemGrade, SourceGrade
from sild.kernel import originals
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.home import Home, current
from sild.kernel.refusals import Refused
from sild.wings.attribution.models import Case, Evidence, EvidenceSource, SealedIdentity
from sild.wings.attribution.rules import EvidenceAudience, first_source

EVIDENCE = "attribution.Evidence"
SOURCE = "attribution.EvidenceSource"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handing:
    """A link of the chain of custody: who had it, whom it was handed to, and the digest that its bytes had then."""

    at: datetime
    by: str
    to: str
    note: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Who looked behind a seal, when and why."""

    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A source. `first` is the one that it goes back to; `named`: the reader is named in its seal, and `looks` are told to them alone."""

    id: UUID
    version: int
    name: str
    reliability: SourceGrade
    first: UUID
    first_name: str
    sealed: bool
    named: bool
    looks: tuple[Look, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """An item with its source's grade beside its own."""

    id: UUID
    version: int
    title: str
    text: str
    aspect: Aspect
    source: UUID
    source_name: str
    first: UUID
    reliability: SourceGrade
    credibility: ItemGrade
    shown_to: tuple[EvidenceAudience, ...]
    file_name: str
    sha256: str
    size: int
    custody: tuple[Handing, ...]
    withdrawn: bool
    withdrawn_why: str
    entered_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceView:
    """The evidence of a case, or what an audience may be shown of it. `voices`: from how many first sources what counts comes."""

    case_id: UUID
    rows: tuple[EvidenceRow, ...]
    sources: tuple[SourceRow, ...]
    counting: int
    voices: int


def evidence_store(home: Home) -> Path:
    """Where the bytes of evidence lie: beside the originals of messages, so that neither's going takes the other's."""
    return home.originals / "evidence"


def file_stands(digest: str) -> bool:
    """Whether the bytes in the store are there, and are those of the digest."""
    place = originals.place_of(evidence_store(current()), digest)
    return place.is_file() and originals.digest_of(place)[0] == digest


@read
def evidence_of(actor: Actor, case_id: UUID) -> EvidenceView:
    """All evidence of a case, for its readers. Raises NotThere."""
    return _view(Case.found(case_id), None)


@read
def evidence_for(actor: Actor, case_id: UUID, audience: EvidenceAudience) -> EvidenceView:
    """What an audience may be shown of a case: no item that was taken back, none that is not for it, no source's seal, no custody.

    Raises NotThere.
    """
    return _view(Case.found(case_id), audience)


@read
def evidence_file(actor: Actor, evidence_id: UUID) -> tuple[str, bytes]:
    """The file of an item: its name and its bytes. Raises NotThere; Refused where it has none, or it is not what came."""
    item: Evidence = Evidence.found(evidence_id)
    if not item.sha256:
        raise Refused(_("The item has no file."))
    if not file_stands(item.sha256):
        raise Refused(_("The bytes in the store are not those that came: the chain ends here. Tell whoever keeps the machine."))
    return item.file_name, originals.place_of(evidence_store(current()), item.sha256).read_bytes()


@read
def case_of_evidence(actor: Actor, evidence_id: UUID) -> UUID:
    """The case of an item. Raises NotThere."""
    item: Evidence = Evidence.found(evidence_id)
    return item.case_id


@read
def case_of_source(actor: Actor, source_id: UUID) -> UUID:
    """The case of a source. Raises NotThere."""
    source: EvidenceSource = EvidenceSource.found(source_id)
    return source.case_id


def _view(case: Case, audience: EvidenceAudience | None) -> EvidenceView:
    known = {one.id: one for one in EvidenceSource.objects.filter(case_id=case.id).order_by("created_at", "id")}
    stems = {key: one.stems_from for key, one in known.items()}
    first = {key: first_source(key, stems) for key in known}
    items = [one for one in Evidence.objects.filter(case_id=case.id).order_by("created_at", "id") if _may(one, audience)]
    rows = tuple(_row(one, known[one.source_id], first[one.source_id], audience) for one in items if one.source_id in known)
    counting = [row for row in rows if not row.withdrawn]
    told = {row.source for row in rows}
    sources = _sources(list(known.values()), first, known) if audience is None else ()
    return EvidenceView(
        case_id=case.id,
        rows=rows,
        sources=sources or tuple(_outside(known[key], first[key]) for key in known if key in told and audience is not None),
        counting=len(counting),
        voices=len({row.first for row in counting}),
    )


def _may(item: Evidence, audience: EvidenceAudience | None) -> bool:
    return audience is None or (audience in item.shown_to and not item.withdrawn)


def _row(item: Evidence, source: EvidenceSource, first: UUID, audience: EvidenceAudience | None) -> EvidenceRow:
    inside = audience is None
    return EvidenceRow(
        id=item.id,
        version=item.version,
        title=item.title,
        text=item.text,
        aspect=Aspect(item.aspect),
        source=source.id,
        source_name=source.name,
        first=first,
        reliability=SourceGrade(source.reliability),
        credibility=ItemGrade(item.credibility),
        shown_to=tuple(EvidenceAudience(one) for one in item.shown_to),
        file_name=item.file_name if inside else "",
        sha256=item.sha256,
        size=item.size,
        custody=tuple(
            Handing(at=datetime.fromisoformat(one["at"]), by=one["by"], to=one["to"], note=one["note"], sha256=one["sha256"])
            for one in (item.custody if inside else ())
        ),
        withdrawn=item.withdrawn,
        withdrawn_why=item.withdrawn_why,
        entered_by=item.entered_by_name if inside else "",
    )


def _sources(known: Sequence[EvidenceSource], first: dict[UUID, UUID], by_id: dict[UUID, EvidenceSource]) -> tuple[SourceRow, ...]:
    seals = {one.source_id: one for one in SealedIdentity.objects.filter(source_id__in=list(by_id))}
    return tuple(
        SourceRow(
            id=one.id,
            version=one.version,
            name=one.name,
            reliability=SourceGrade(one.reliability),
            first=first[one.id],
            first_name=by_id[first[one.id]].name if first[one.id] in by_id else one.name,
            sealed=one.sealed,
            named=one.id in seals,
            looks=_looks(seals.get(one.id)),
        )
        for one in known
    )


def _looks(sealed: SealedIdentity | None) -> tuple[Look, ...]:
    told = sealed.looks if sealed is not None else []
    return tuple(Look(at=datetime.fromisoformat(one["at"]), by=one["by"], reason=one["reason"]) for one in told)


def _outside(source: EvidenceSource, first: UUID) -> SourceRow:
    """A source as an audience is told of it: a sealed one is no different from another."""
    return SourceRow(
        id=source.id,
        version=source.version,
        name=source.name,
        reliability=SourceGrade(source.reliability),
        first=first,
        first_name="",
        sealed=False,
        named=False,
        looks=(),
    )
