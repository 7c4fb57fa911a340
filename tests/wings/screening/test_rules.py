"""The rules of screening, without a database."""

from __future__ import annotations

import pytest

from sild.wings.screening.rules import RULED, RULINGS, Grounds, HitState, Standing, names_digest, standing_of, still_holds


@pytest.mark.parametrize(
    ("hits", "current", "standing"),
    [
        ([], True, Standing.NO_HITS),
        ([], False, Standing.NOT_SCREENED),
        ([HitState.GONE], True, Standing.NO_HITS),
        ([HitState.CLEARED], True, Standing.CLEARED),
        ([HitState.CLEARED], False, Standing.NOT_SCREENED),
        ([HitState.CLEARED, HitState.OPEN], False, Standing.HITS_OPEN),
        ([HitState.OPEN, HitState.CONFIRMED], False, Standing.CONFIRMED),
    ],
)
def test_where_a_party_stands_follows_from_its_hits(hits: list[HitState], current: bool, standing: Standing) -> None:
    assert standing_of(hits, current=current) == standing


def test_the_digest_of_names_knows_no_order() -> None:
    assert names_digest(["a", "b"]) == names_digest(["b", "a", "a"]) != names_digest(["ab"])


def test_a_ruling_holds_while_entry_and_names_are_what_they_were() -> None:
    on = Grounds(entry="e", names="n")
    assert still_holds(on, Grounds(entry="e", names="n"))
    assert not still_holds(on, Grounds(entry="f", names="n")) and not still_holds(on, Grounds(entry="e", names="m"))


def test_nobody_rules_a_hit_gone() -> None:
    assert all(HitState.GONE not in following for following in RULINGS.values())
    assert RULINGS[HitState.OPEN] == RULED
