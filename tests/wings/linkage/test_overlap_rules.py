"""Generalised keys: what is taken for one, what is not, and how little is left of a record."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sild.wings.linkage.rules.overlap import (
    FAMILIES,
    HIGHEST_BAND,
    LOWEST_BAND,
    WINDOW_MONTHS,
    Generalised,
    Side,
    band_of,
    generalised,
    house_of,
    next_day,
    values_asked,
    values_written,
)
from sild.wings.register.public import CATEGORIES

DAY = datetime(2026, 2, 10, 12, tzinfo=UTC)
HOUSES = st.sampled_from(["", "ministry of health", "kharkiv region"])
RECORDS = st.builds(
    Generalised,
    side=st.sampled_from(Side),
    category=st.sampled_from(["", "backup-storage", "cloud-hosting"]),
    family=st.sampled_from(["", "data", "watch"]),
    house=HOUSES,
    band=st.one_of(st.none(), st.integers(LOWEST_BAND, HIGHEST_BAND)),
    month=st.integers(24_300, 24_330),
)


def of(side: Side = Side.NEED, *, category: str = "backup-storage", house: str = "Ministry", amount: int | None = 60) -> Generalised:
    return generalised(side, category=category, house=house, quantity=None if amount is None else Decimal(amount), told_at=DAY)


def meet(asked: Generalised, kept: Generalised) -> bool:
    return not set(values_asked(asked)).isdisjoint(values_written(kept))


def test_every_category_of_the_register_is_in_one_family() -> None:
    named = [category for members in FAMILIES.values() for category in members]
    assert sorted(named) == sorted(CATEGORIES)


@pytest.mark.parametrize(
    ("amount", "band"), [("0.4", -1), ("1", 0), ("3", 0), ("3.2", 1), ("9", 1), ("60", 3), ("1e30", HIGHEST_BAND), ("1e-9", LOWEST_BAND)]
)
def test_a_quantity_falls_into_half_powers_of_ten(amount: str, band: int) -> None:
    assert band_of(Decimal(amount)) == band


def test_nothing_and_what_is_not_said_have_no_band() -> None:
    assert (band_of(None), band_of(Decimal(0))) == (None, None)


@pytest.mark.parametrize(
    ("kept", "met"),
    [
        (of(), True),
        (of(category="cloud-hosting", house="  MINISTRY "), True),
        (of(amount=25), True),
        (of(amount=None), True),
        (of(amount=900), False),
        (of(house="Another"), False),
        (of(category="training"), False),
        (of(Side.OFFER), False),
        (of(category="", house="Ministry"), False),
    ],
)
def test_a_need_meets_what_is_of_its_sort_house_and_size(kept: Generalised, met: bool) -> None:
    assert meet(of(), kept) is met


def test_an_offer_for_anybody_meets_offers_for_every_house_and_an_offer_for_one_meets_those_for_anybody() -> None:
    anybody, here, there = (of(Side.OFFER, house=house) for house in ("", "Here", "There"))
    assert not meet(anybody, of(Side.OFFER, house="", category="cloud-hosting"))
    assert meet(anybody, here) and meet(here, anybody) and meet(here, here) and not meet(here, there)


@given(RECORDS, RECORDS)
def test_whether_two_records_meet_does_not_depend_on_which_of_them_asks(one: Generalised, other: Generalised) -> None:
    assert meet(one, other) == meet(other, one)


@given(RECORDS, RECORDS)
def test_what_was_told_more_than_half_a_year_apart_never_meets(one: Generalised, other: Generalised) -> None:
    if abs(one.month - other.month) > WINDOW_MONTHS:
        assert not meet(one, other)


def test_a_house_is_the_highest_party_that_is_no_state_and_a_circle_ends() -> None:
    parents = {"Clinic": "Region", "Region": "Ministry", "Ministry": "Utopia", "A": "B", "B": "A"}
    assert house_of("Clinic", parents, {"Utopia": "donor-state"}) == "Ministry"
    assert house_of("Nobody's", parents, {}) == "Nobody's"
    assert house_of("A", parents, {}) == "B"


def test_a_new_day_begins_at_midnight_of_utc() -> None:
    assert next_day(DAY) == datetime(2026, 2, 11, tzinfo=UTC)
