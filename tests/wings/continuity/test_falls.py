"""What falls if something goes: a pure rule, held against a slower one that tries every way."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from sild.wings.continuity.rules import DependencyKind, FallKind, Layer, Lean, against_order, circles, what_falls
from tests.drawing import drawn

STOPS, WORSE, UNKNOWN = DependencyKind.STOPS, DependencyKind.WORSE, DependencyKind.UNKNOWN
LEANS = st.lists(
    st.builds(Lean, st.integers(0, 6), st.integers(0, 6), st.sampled_from(DependencyKind), st.none() | st.integers(0, 9).map(Decimal)),
    max_size=14,
)


def slowly(leans: list[Lean[int]], gone: set[int], kinds: set[DependencyKind]) -> dict[int, Decimal]:
    """The soonest hour of each, by trying again until nothing changes."""
    hours = dict.fromkeys(gone, Decimal(0))
    for _round in range(len(leans) + 1):
        for lean in leans:
            if lean.kind in kinds and lean.needs in hours and lean.one not in gone:
                soon = hours[lean.needs] + (lean.hours or 0)
                hours[lean.one] = min(soon, hours.get(lean.one, soon))
    return {one: soon for one, soon in hours.items() if one not in gone}


@settings(max_examples=drawn(60), deadline=None)
@given(LEANS, st.sets(st.integers(0, 6), min_size=1, max_size=2))
def test_whatever_leans_falls_by_the_soonest_way_and_the_way_is_really_there(leans: list[Lean[int]], gone: set[int]) -> None:
    found = {fall.one: fall for fall in what_falls(leans, gone)}
    sure, maybe = slowly(leans, gone, {STOPS}), slowly(leans, gone, {STOPS, UNKNOWN})
    assert {one for one, fall in found.items() if fall.kind == FallKind.FALLS} == {*sure}
    assert {one for one, fall in found.items() if fall.kind == FallKind.MAY_FALL} == {*maybe} - {*sure}
    for one, fall in found.items():
        assert fall.path[0] in gone and fall.path[-1] == one and len({*fall.path}) == len(fall.path)
        steps = [[lean for lean in leans if (lean.needs, lean.one) == pair] for pair in pairwise(fall.path)]
        assert all(steps)
        if fall.kind == FallKind.WORSE:
            assert any(lean.kind == WORSE for lean in steps[-1]) and fall.path[-2] in {*maybe, *gone}
        else:
            assert fall.hours == (sure if fall.kind == FallKind.FALLS else maybe)[one]


@settings(max_examples=drawn(60), deadline=None)
@given(LEANS)
def test_a_circle_is_a_group_in_which_each_reaches_each(leans: list[Lean[int]]) -> None:
    reach = {one: {*slowly([Lean(x.one, x.needs, STOPS) for x in leans], {one}, {STOPS})} for one in range(7)}
    together = {frozenset({one, *(other for other in reach[one] if one in reach[other])}) for one in range(7)}
    assert {frozenset(group) for group in circles(leans)} == {group for group in together if len(group) > 1}


def test_hours_add_along_the_way_and_what_nobody_told_is_said() -> None:
    leans = [
        Lean("register", "identity", STOPS, Decimal(2)),
        Lean("portal", "register", STOPS, Decimal(1)),
        Lean("portal", "mail", STOPS, None),
        Lean("statistics", "register", WORSE, Decimal(0)),
        Lean("reports", "statistics", STOPS, Decimal(0)),
        Lean("archive", "register", UNKNOWN, Decimal(4)),
    ]
    told = {fall.one: (fall.kind, fall.hours, fall.told) for fall in what_falls(leans, {"identity"})}
    assert told == {
        "register": (FallKind.FALLS, Decimal(2), True),
        "portal": (FallKind.FALLS, Decimal(3), True),
        "archive": (FallKind.MAY_FALL, Decimal(6), True),
        "statistics": (FallKind.WORSE, Decimal(2), True),
    }
    [portal] = what_falls(leans, {"mail"})
    assert (portal.hours, portal.told, portal.path) == (Decimal(0), False, ("mail", "portal"))


def test_a_chain_longer_than_the_interpreters_stack_is_walked() -> None:
    chain = [Lean(at + 1, at, STOPS, Decimal(1)) for at in range(1500)]
    assert what_falls(chain, {0})[-1].hours == 1500
    assert len(circles([*chain, Lean(0, 1500, STOPS)])[0]) == 1501


def test_identity_comes_before_registers_and_what_has_no_layer_is_against_none() -> None:
    assert against_order(Layer.IDENTITY, Layer.SERVICES) and not against_order(Layer.SERVICES, Layer.IDENTITY)
    assert not against_order(Layer.UNKNOWN, Layer.SERVICES) and not against_order(Layer.EXCHANGE, Layer.EXCHANGE)
