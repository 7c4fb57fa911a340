"""Catalogue records and a case of plain data into a problem, and an answer into plain data. A fault names the entry and says what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, Protocol

from sild.cores.attribution.answer import Attribution
from sild.cores.attribution.problem import Actor, AttributionProblem, BadProblem, Kind, Knowledge, Observation, Source, Trait, Use


class TraitRecord(Protocol):
    """A technique or a software as a reader of a catalogue tells it."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def is_software(self) -> bool: ...
    @property
    def parent(self) -> str | None: ...
    @property
    def brings(self) -> frozenset[str]: ...


def knowledge_of(
    origin: str,
    groups: Iterable[tuple[str, str, tuple[str, ...]]],
    traits: Iterable[TraitRecord],
    uses: Mapping[tuple[str, str], frozenset[str]],
) -> Knowledge:
    """Records of a catalogue as knowledge: groups as (id, name, aliases), uses as (group, trait) -> sources."""
    return Knowledge(
        origin=origin,
        actors=tuple(Actor(id=key, name=name, aliases=aliases) for key, name, aliases in groups),
        traits=tuple(
            Trait(
                id=one.id,
                name=one.name,
                kind=Kind.SOFTWARE if one.is_software else Kind.TECHNIQUE,
                parent=one.parent,
                brings=one.brings,
            )
            for one in traits
        ),
        uses=tuple(Use(actor=group, trait=trait, sources=sources) for (group, trait), sources in sorted(uses.items())),
    )


def problem_of(case: Mapping[str, Any], knowledge: Knowledge) -> AttributionProblem:
    """`seen`: a list of {trait, source}, or of {traits: [...], source}. `sources`: {id, stems_from} of those that repeat another."""
    seen: list[Observation] = []
    for number, entry in enumerate(_list(case, "seen"), 1):
        source = entry.get("source")
        traits = entry.get("traits", [entry["trait"]] if "trait" in entry else None)
        if not isinstance(source, str) or not isinstance(traits, list) or not all(isinstance(one, str) for one in traits):
            raise BadProblem(f"entry {number} of seen: give a source, and a trait or a list of traits, each by its id, such as T1566.001")
        seen += [Observation(trait=one, source=source) for one in traits]
    sources = []
    for number, entry in enumerate(_list(case, "sources"), 1):
        if not isinstance(entry.get("id"), str) or not isinstance(entry.get("stems_from"), str | None):
            raise BadProblem(f"entry {number} of sources: give an id, and stems_from where it repeats another")
        sources.append(Source(id=entry["id"], stems_from=entry.get("stems_from")))
    if not seen:
        raise BadProblem("the case has nothing under seen: list what was seen, and by which source")
    return AttributionProblem(knowledge=knowledge, observations=tuple(seen), sources=tuple(sources))


def _list(case: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = case.get(name) or []
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
        raise BadProblem(f"{name} is no list of entries: begin each with a dash")
    return found


def answer_to_plain(problem: AttributionProblem, answer: Attribution, most: int = 10) -> dict[str, Any]:
    """The answer with the names of actors and traits: the first `most` hypotheses, and always the two that stand in every answer."""
    actors = {one.id: one.name for one in problem.knowledge.actors}
    traits = {one.id: one.name for one in problem.knowledge.traits}
    told = [one for place, one in enumerate(answer.standings) if place < most or one.actor is None]
    return {
        "origin": problem.knowledge.origin,
        "says": "a ranking for people: it names nobody",
        **{name: value for name, value in asdict(answer).items() if name not in ("standings", "next_traits")},
        "standings": [
            {
                **asdict(one),
                "name": actors.get(one.actor or ""),
                "reasons": [{**asdict(reason), "name": traits[reason.trait]} for reason in one.reasons],
            }
            for one in told
        ],
        "next_traits": [
            {**asdict(one), "name": traits[one.trait], "speaks_for_name": actors[one.speaks_for], "over_name": actors[one.over]}
            for one in answer.next_traits
        ],
    }
