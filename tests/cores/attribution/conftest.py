"""A small made catalogue: five actors, of whom one is well documented, one hardly, and tools that everybody has."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sild.cores.attribution import Actor, AttributionProblem, Design, Kind, Knowledge, Likeness, Observation, Trait, Use

COMMON = ("T0001", "T0002", "T0003", "S0001")
OWN = {
    "G-HERON": ("T0010", "T0011.001", "T0012", "S0010", "S0011"),
    "G-OTTER": ("T0020", "T0021", "T0022", "S0020"),
    "G-STOAT": (*(f"T{number:04}" for number in range(100, 140)), "S0030", "T0010"),
    "G-VIPER": ("T0040",),
    "G-LYNX": ("T0050", "T0051", "S0050"),
}


# five actors are no catalogue: what is rare among them is not rare, so that records are held for more complete than they are in earnest
SMALL = Design(
    likeness={
        **Design().likeness,
        Kind.TECHNIQUE: Likeness(coverage=0.7, documented=2.0, weight=1.0),
        Kind.SOFTWARE: Likeness(coverage=0.7, documented=1.0, weight=1.0),
    },
    unlisted=1.5,
    lead=0.9,
)


def knowledge_with(own: dict[str, tuple[str, ...]]) -> Knowledge:
    uses = [
        Use(actor=actor, trait=trait, sources=frozenset({f"{actor} report {number % 3}"}))
        for actor, traits in own.items()
        for number, trait in enumerate((*traits, *COMMON))
    ]
    names = {use.trait for use in uses} | {"T0011", "T0011.002", "T0099", "T0900", "S0900"}
    traits = [
        Trait(
            id=name,
            name=f"trait {name}",
            kind=Kind.SOFTWARE if name.startswith("S") else Kind.TECHNIQUE,
            parent=name.split(".")[0] if "." in name else None,
            brings=frozenset({"T0099"}) if name == "S0010" else frozenset(),
        )
        for name in sorted(names)
    ]
    return Knowledge(origin="made", actors=tuple(Actor(id=one, name=one) for one in own), traits=tuple(traits), uses=tuple(uses))


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return knowledge_with(OWN)


@pytest.fixture(scope="session")
def incident(knowledge: Knowledge) -> Callable[..., AttributionProblem]:
    """`incident("T0010 S0010", other="T0012")`: traits as the sources "seen" and "other" tell them."""

    def made(seen: str = "", **by: str) -> AttributionProblem:
        told = {"seen": seen, **by}
        observations = tuple(Observation(trait=trait, source=source) for source, traits in told.items() for trait in traits.split())
        return AttributionProblem(knowledge=knowledge, observations=observations, design=SMALL)

    return made
