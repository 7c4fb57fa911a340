"""What was seen in a case, held against the catalogue that counts: whom it is like, with reasons. Reckoned anew each time, kept nowhere.

It names nobody, and nothing of it goes into a hypothesis, a position or a decision but by a person's hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sild.cores.attribution import (
    Attribution,
    AttributionProblem,
    How,
    Hypothesis,
    Knowledge,
    Observation,
    Source,
    Standing,
    Verdict,
    Without,
    check,
    rank,
)
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.history_reads import HistoryEntry, history_of
from sild.wings.attribution.models import Case, EvidenceSource, SeenTrait
from sild.wings.attribution.reads.catalogue import CatalogueRow, knowledge_now
from sild.wings.attribution.rules import first_source, folded

SEEN_TRAIT = "attribution.SeenTrait"
MOST_RANKED, MOST_REASONS = 5, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenRow:
    """That a source saw a trait. `known`: the catalogue that counts has it; else it is left out of the ranking."""

    id: UUID
    version: int
    trait: str
    called: str
    source: UUID
    source_name: str
    voice_name: str
    note: str
    entered_by: str
    entered_at: datetime
    known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonRow:
    """What a trait says for an actor (above 0) or against it; `users`: how many of the catalogue have it, `told_by` how many sources."""

    trait: str
    called: str
    how: How
    users: int
    told_by: int
    says: float
    voices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedRow:
    """A hypothesis of the ranking. `actor` and `name` are empty for the two that always stand."""

    hypothesis: Hypothesis
    actor: str
    name: str
    aliases: tuple[str, ...]
    share: float
    documented: int
    reasons: tuple[ReasonRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutRow:
    """Who leads, and with which share, when a voice or a trait is left out. `leader` is empty where it is insufficient then."""

    left_out: str
    leader: str
    share: float
    changes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LookRow:
    """What to look for next: it is `ratio` times likelier with one of the leaders than with another."""

    trait: str
    called: str
    speaks_for: str
    over: str
    ratio: float
    bits: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingView:
    """The ranking of a case. `verdict` is None where nothing was ranked: no catalogue, or nothing of it was seen.

    `own_uses`: what the catalogue knows from the case's own sources alone, left out; `uncited_uses`: what it knows from nobody.
    `faults` is what the independent check has against it.
    """

    case_id: UUID
    catalogue: CatalogueRow | None
    seen: tuple[SeenRow, ...]
    verdict: Verdict | None = None
    known_traits: int = 0
    least_traits: int = 4
    voices: int = 0
    nobodys: tuple[str, ...] = ()
    own_uses: int = 0
    uncited_uses: int = 0
    ranked: tuple[RankedRow, ...] = ()
    actors: int = 0
    without_voice: tuple[WithoutRow, ...] = ()
    without_trait: tuple[WithoutRow, ...] = ()
    looks: tuple[LookRow, ...] = ()
    faults: tuple[str, ...] = ()
    history: tuple[HistoryEntry, ...] = ()


@read
def ranking_of(actor: Actor, case_id: UUID) -> RankingView:
    """A case held against the catalogue that counts. Raises NotThere."""
    case: Case = Case.found(case_id)
    seen = list(SeenTrait.objects.filter(case_id=case.id).order_by("trait", "entered_at", "id"))
    sources = {one.id: one for one in EvidenceSource.objects.filter(case_id=case.id)}
    stems = {key: one.stems_from for key, one in sources.items()}
    voices = {key: first_source(key, stems) for key in sources}
    history = history_of(actor, [one.id for one in seen]) if seen else ()
    now = knowledge_now(actor)
    known = {one.id for one in now[1].traits} if now is not None else set[str]()
    rows = tuple(_seen(one, sources, voices, known) for one in seen if one.source_id in sources)
    if now is None or not any(row.known for row in rows):
        return RankingView(case_id=case.id, catalogue=now[0] if now is not None else None, seen=rows, history=tuple(history))
    catalogue, knowledge = now
    problem = _problem(knowledge, [row for row in rows if row.known], {key: one.name for key, one in sources.items()}, voices)
    found = rank(problem)
    names = {str(key): sources[key].name for key in sources}
    actors = {one.id: one for one in knowledge.actors}
    traits = {one.id: one.name for one in knowledge.traits}
    return RankingView(
        case_id=case.id,
        catalogue=catalogue,
        seen=rows,
        verdict=found.verdict,
        known_traits=found.known_traits,
        least_traits=problem.design.least_traits,
        voices=len(found.voices),
        nobodys=tuple(f"{one} {traits[one]}" for one in found.unknown),
        own_uses=found.own_uses,
        uncited_uses=found.uncited_uses,
        ranked=tuple(
            RankedRow(
                hypothesis=one.hypothesis,
                actor=one.actor or "",
                name=actors[one.actor].name if one.actor else "",
                aliases=tuple(each for each in actors[one.actor].aliases if each != actors[one.actor].name) if one.actor else (),
                share=one.share,
                documented=one.documented,
                reasons=_reasons(one, traits, names),
            )
            for place, one in enumerate(found.standings)
            if place < MOST_RANKED or one.actor is None
        ),
        actors=len(knowledge.actors),
        without_voice=_without(found, found.without_voice, names, {key: one.name for key, one in actors.items()}),
        without_trait=_without(found, found.without_trait, traits, {key: one.name for key, one in actors.items()}),
        looks=tuple(
            LookRow(
                trait=one.trait,
                called=traits[one.trait],
                speaks_for=actors[one.speaks_for].name,
                over=actors[one.over].name,
                ratio=one.ratio,
                bits=one.bits,
            )
            for one in found.next_traits
        ),
        faults=tuple(check(problem, found)),
        history=tuple(history),
    )


@read
def case_of_seen(actor: Actor, seen_id: UUID) -> UUID:
    """The case in which a trait was seen. Raises NotThere."""
    one: SeenTrait = SeenTrait.found(seen_id)
    return one.case_id


def _seen(one: SeenTrait, sources: Mapping[UUID, EvidenceSource], voices: Mapping[UUID, UUID], known: set[str]) -> SeenRow:
    voice = sources.get(voices[one.source_id])
    return SeenRow(
        id=one.id,
        version=one.version,
        trait=one.trait,
        called=one.called,
        source=one.source_id,
        source_name=sources[one.source_id].name,
        voice_name=voice.name if voice is not None and voice.id != one.source_id else "",
        note=one.note,
        entered_by=one.entered_by_name,
        entered_at=one.entered_at,
        known=one.trait in known,
    )


def _problem(knowledge: Knowledge, rows: Sequence[SeenRow], names: Mapping[UUID, str], voices: Mapping[UUID, UUID]) -> AttributionProblem:
    """The case as the core takes it. A source that is named as the catalogue cites it is that citation: it is not heard twice."""
    cited: dict[str, set[str]] = {}
    for told in {one for use in knowledge.uses for one in use.sources}:
        cited.setdefault(folded(told), set()).add(told)
    sources = [Source(id=str(key), stems_from=str(voice) if voice != key else None) for key, voice in voices.items()]
    heard, same = {voices[row.source] for row in rows}, dict[str, UUID]()
    for key, name in sorted(names.items()):
        if voices[key] in heard:
            same |= {told: voices[key] for told in cited.get(folded(name), ()) if told not in same}
    sources += [Source(id=told, stems_from=str(voice)) for told, voice in sorted(same.items())]
    observations = {(row.trait, row.source) for row in rows}
    return AttributionProblem(
        knowledge=knowledge,
        observations=tuple(Observation(trait=trait, source=str(source)) for trait, source in sorted(observations)),
        sources=tuple(sources),
    )


def _reasons(one: Standing, traits: Mapping[str, str], names: Mapping[str, str]) -> tuple[ReasonRow, ...]:
    """Those that say most, for or against; the core has them in this order."""
    return tuple(
        ReasonRow(
            trait=each.trait,
            called=traits[each.trait],
            how=each.how,
            users=each.users,
            told_by=each.told_by,
            says=each.log_ratio * each.weight,
            voices=tuple(names[voice] for voice in each.voices),
        )
        for each in one.reasons[:MOST_REASONS]
    )


def _without(
    found: Attribution, left_out: Sequence[Without], called: Mapping[str, str], actors: Mapping[str, str]
) -> tuple[WithoutRow, ...]:
    """Each that is left out in turn; it changes the answer where another leads, or none."""
    leads = next((one.actor for one in found.standings if one.actor is not None), None)
    leader = None if found.verdict is Verdict.INSUFFICIENT else leads
    return tuple(
        WithoutRow(
            left_out=called[one.left_out],
            leader=actors[one.leader] if one.leader else "",
            share=one.share,
            changes=one.leader != leader,
        )
        for one in left_out
    )
