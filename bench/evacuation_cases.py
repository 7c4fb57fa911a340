"""Own instances of an evacuation, by size and seed: layers of systems, hosts, lines, crates and a hazard, tight enough that turns matter.

`case(systems, seed)` gives the same problem for the same numbers. About one system in twenty cannot be moved, is refused or has no size.
"""

from __future__ import annotations

from math import ceil
from random import Random

from sild.cores.evacuation import Crew, Departure, EvacuationProblem, Host, Line, Permission, System, Way

SHARES = (0.04, 0.18, 0.13, 0.65)
COUNTRIES = ("EE", "PL", "FI", "NL", "DE")


def case(count: int, seed: int, hours: int = 240) -> EvacuationProblem:
    """An evacuation of `count` systems within `hours`, the machines of the territory lost by the end with a chance of four in five."""
    random = Random(f"{count} {seed}")
    systems = _systems(random, count, hours)
    gb = sum(one.gb or 0 for one in systems)
    hosts = tuple(
        Host(
            id=f"host-{at}",
            country=COUNTRIES[at],
            gb=ceil(gb * share),
            rack_units=ceil(sum(one.rack_units for one in systems) * share),
            watts=ceil(sum(one.watts for one in systems) * share),
            ready_hour=ready,
            reaches=tuple(f"host-{other}" for other in range(4) if other != at),
        )
        for at, (share, ready) in enumerate(((0.45, 0), (0.3, 6), (0.3, 24), (0.2, 48)))
    )
    rate = ceil(gb * 8000 / 3600 / (hours * 0.55))
    lines = (
        Line(id="north", hosts=("host-0", "host-2"), mbit_s=ceil(rate * 0.5), changes=((hours // 2, ceil(rate * 0.35)),)),
        Line(id="west", hosts=("host-1", "host-3"), mbit_s=ceil(rate * 0.4)),
    )
    crate = ceil(gb / 40)
    departures = tuple(
        Departure(
            id=f"crate-{hour}-{at}", host=f"host-{at}", hour=hour, arrives_hour=hour + 30, crates=2, gb_per_crate=crate, machine_places=3
        )
        for hour in range(24, hours - 48, 48)
        for at in (0, 1)
    )
    people = max(3, ceil(sum(one.ways[0].people * one.ways[0].work_hours for one in systems if one.ways) / (hours * 0.45)))
    return EvacuationProblem(
        hours=hours,
        hazard=((0, 0), (24, 20_000), (72, 150_000), (hours // 2, 350_000), (hours, 800_000)),
        systems=systems,
        hosts=hosts,
        crews=(Crew(id="movers", people=people), Crew(id="engineers", people=max(2, people // 4))),
        lines=lines,
        departures=departures,
    )


def _systems(random: Random, count: int, hours: int) -> tuple[System, ...]:
    sizes = [max(1, round(count * share)) for share in SHARES[:3]]
    layers = [0] * sizes[0] + [1] * sizes[1] + [2] * sizes[2]
    layers += [3] * (count - len(layers))
    names: list[list[str]] = [[], [], [], []]
    found = []
    for at, layer in enumerate(layers):
        name = f"s{at:03d}"
        needs = [one for below in range(layer) for one in random.sample(names[below], min(len(names[below]), random.choice((0, 1, 1, 2))))]
        found.append(_system(random, name, layer, tuple(needs), hours))
        if found[-1].ways and found[-1].gb is not None and found[-1].permission.state in ("granted", "expected"):
            names[layer].append(name)
    return tuple(found)


def _system(random: Random, name: str, layer: int, needs: tuple[str, ...], hours: int) -> System:
    gb = max(1, round(random.lognormvariate(5.5 if layer == 1 else 4.5, 1.2)))
    draw = random.random()
    people, work = random.randint(1, 3), random.randint(2, 8)
    line = Way(
        kind="line", crew="movers", people=people, work_hours=work, settle_hours=random.randint(1, 3), still_hours=random.randint(0, 2)
    )
    media = Way(kind="media", crew="movers", people=people, work_hours=work, copy_hours=1 + gb // 500, settle_hours=4, still_hours=6)
    machine = Way(kind="machine", crew="engineers", people=2, work_hours=12, settle_hours=12, still_hours=None)
    ways: tuple[Way, ...] = (line, media) if draw < 0.8 else ((line,) if draw < 0.9 else ((machine,) if draw < 0.95 else (media,)))
    if random.random() < 0.02:
        ways = ()
    permission = Permission()
    if random.random() < 0.15:
        permission = Permission(state="expected", hour=random.randint(6, hours // 3), whose="the data owner")
    elif random.random() < 0.015:
        permission = Permission(state="refused", whose="the data owner")
    return System(
        id=name,
        gb=None if random.random() < 0.01 else gb,
        points_per_hour=max(1, round(random.lognormvariate(2.2, 1.0))),
        change_mb_per_hour=round(gb * random.uniform(0, 0.5)),
        points_if_lost=round(random.lognormvariate(5, 1.2)) if layer == 1 else 0,
        rack_units=random.randint(1, 8),
        watts=random.randint(200, 2500),
        ways=ways,
        permission=permission,
        needs=needs,
        countries=tuple(random.sample(COUNTRIES[:4], 3)) if random.random() < 0.3 else (),
    )
