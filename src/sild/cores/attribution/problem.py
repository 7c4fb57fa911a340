"""What a ranking of intrusion sets is asked: what is known of them, with who says so; what was seen in an incident, and by whom.

Everything is frozen and checked on entry; what contradicts itself raises BadProblem and names the record.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class BadProblem(ValueError):
    """The problem contradicts itself; the text names the record and what to do."""


class Kind(StrEnum):
    """What a trait is. The first two are measured; the others have no public reference set and count weakly."""

    TECHNIQUE = "technique"
    SOFTWARE = "software"
    INFRASTRUCTURE = "infrastructure"
    SECTOR = "sector"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trait:
    """What intrusion sets do, use or look for. `parent`: the technique that it is a kind of. `brings`: techniques of a software."""

    id: str
    name: str
    kind: Kind
    parent: str | None = None
    brings: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """An intrusion set as a catalogue calls it: a cluster of activity, not a person and not a state."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """That an actor has a trait, as sources say. Without a source it does not count: nobody can tell whom it repeats."""

    actor: str
    trait: str
    sources: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """A catalogue of actors, their traits and who says so. `origin` names it, with its version."""

    origin: str
    actors: tuple[Actor, ...]
    traits: tuple[Trait, ...]
    uses: tuple[Use, ...]

    def __post_init__(self) -> None:
        actors, traits = {one.id for one in self.actors}, {one.id for one in self.traits}
        if not self.actors or not self.origin:
            raise BadProblem("the knowledge has no actors or does not say where it is from: give both")
        if len(actors) < len(self.actors) or len(traits) < len(self.traits):
            raise BadProblem(f"the knowledge of {self.origin} holds an actor or a trait twice: join them")
        for use in self.uses:
            if use.actor not in actors or use.trait not in traits:
                raise BadProblem(
                    f"a use names actor {use.actor} and trait {use.trait}, of which one is not in the knowledge: add or leave out"
                )
        if len({(use.actor, use.trait) for use in self.uses}) < len(self.uses):
            raise BadProblem(f"the knowledge of {self.origin} holds a use twice: join their sources")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who says what was seen. `stems_from`: the source that it repeats; both are one voice."""

    id: str
    stems_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A trait that a source saw in the incident."""

    trait: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How a kind of trait speaks. `coverage`: how much of an actor's next incident is what was written of it before, where much was.

    `documented`: with so many traits half of that holds. `weight` multiplies the logarithm; below 1 for what is easily shared or feigned.
    """

    coverage: float
    documented: float
    weight: float

    def __post_init__(self) -> None:
        if not 0 < self.coverage < 1 or not self.documented > 0 or not 0 < self.weight <= 5:
            raise BadProblem(f"{self}: coverage lies between 0 and 1, documented and weight above 0, weight at most 5")


WEAK = Likeness(coverage=0.3, documented=5.0, weight=0.3)  # not measured: nobody publishes a reference set
USUAL = {
    Kind.TECHNIQUE: Likeness(coverage=0.5, documented=250.0, weight=1.0),
    Kind.SOFTWARE: Likeness(coverage=0.2, documented=3.0, weight=1.0),
    Kind.INFRASTRUCTURE: WEAK,
    Kind.SECTOR: WEAK,
    Kind.COUNTRY: WEAK,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """How it is weighed; docs/explanation/attribution.md says on what these values were chosen.

    `family`: what a related technique is worth beside the same; `brought`: what one that the actor's software brings is worth.
    `spread`: how far a long record thins out what each of its traits is worth, 0 not at all, 1 in full. `background`: users that every
    trait has besides those written down.
    `sharpness`, `crowding`: n traits of one voice count as sharpness * n ** crowding. `unlisted`: the log of the odds, before any
    evidence, that it is none of the listed. `imitation`: which part of an actor's share is that of somebody who plays it; assumed.
    `lead`: the share from which one leads. `least_traits`: how many known traits there must be.
    """

    likeness: dict[Kind, Likeness] = field(default_factory=lambda: dict(USUAL))
    family: float = 0.1
    brought: float = 0.1
    spread: float = 0.7
    background: float = 1.0
    sharpness: float = 2.8
    crowding: float = 0.6
    unlisted: float = 1.0
    imitation: float = 0.05
    lead: float = 0.96
    least_traits: int = 4
    leaders: int = 3
    next_traits: int = 8

    def __post_init__(self) -> None:
        if set(self.likeness) != set(Kind):
            raise BadProblem(f"the design says how {sorted(self.likeness)} speak: say it for each of {sorted(Kind)}")
        for name in ("family", "brought", "crowding", "spread"):
            if not 0 <= getattr(self, name) <= 1:
                raise BadProblem(f"{name} is {getattr(self, name)}: choose from 0 to 1")
        if self.background <= 0 or self.sharpness <= 0:
            raise BadProblem("background and sharpness are above 0")
        if not 0 <= self.imitation < 0.5 or not 0.5 <= self.lead <= 1:
            raise BadProblem("imitation lies from 0 to below 0.5, lead from 0.5 to 1")
        if self.least_traits < 1 or self.leaders < 2 or self.next_traits < 1:
            raise BadProblem("at least 1 trait is needed, 2 leaders are told apart, by at least 1 next trait")


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributionProblem:
    """Which intrusion sets is this incident like? `sources` need name only those that repeat another."""

    knowledge: Knowledge
    observations: tuple[Observation, ...]
    sources: tuple[Source, ...] = ()
    design: Design = field(default_factory=Design)

    def __post_init__(self) -> None:
        traits = {one.id for one in self.knowledge.traits}
        for one in self.observations:
            if not one.source:
                raise BadProblem(f"the observation of {one.trait} has no source: say who saw it")
            if one.trait not in traits:
                raise BadProblem(
                    f"the trait {one.trait} is not in {self.knowledge.origin}: take its id from there, or add it as a trait of nobody"
                )
        if len({one.id for one in self.sources}) < len(self.sources):
            raise BadProblem("a source is given twice: give each one once")
        for source in self.sources:
            self.voice(source.id)

    def voice(self, source: str) -> str:
        """The source that a source goes back to; a circle raises."""
        repeats = {one.id: one.stems_from for one in self.sources}
        seen = [source]
        while (earlier := repeats.get(seen[-1])) is not None:
            if earlier in seen:
                raise BadProblem(f"the source {source} goes back to itself through {', '.join(seen)}: one of them was first")
            seen.append(earlier)
        return seen[-1]

    @property
    def own_sources(self) -> frozenset[str]:
        """All sources of the incident and those that they repeat: what knowledge rests on them alone is the same words once more."""
        named = {one.source for one in self.observations}
        heard = {one.id for one in self.sources if self.voice(one.id) in {self.voice(name) for name in named}}
        return frozenset(named | heard | {self.voice(name) for name in named})
