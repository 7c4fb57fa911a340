"""Money by its rules: totals are their rows, a part counts once, promises stay promises, and contradictions are seen."""

from __future__ import annotations

import itertools
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sild.values.flow import FIRM, PROMISED, FlowState
from sild.wings.money.rules import (
    ADVANCES,
    FIRM_POT,
    KEPT_BACK,
    POTS,
    ClaimVerdict,
    LeftOutWhy,
    Piece,
    Said,
    ShownAs,
    against_rows,
    compare,
    counted,
    inside,
    rate_fault,
    totals,
)
from tests.drawing import drawn

KEYS = [UUID(int=number) for number in range(1, 13)]
AMOUNTS = st.decimals(min_value=-1000, max_value=10**9, places=3, allow_nan=False, allow_infinity=False)
CURRENCIES = st.sampled_from(["EUR", "USD", "UAH"])


@st.composite
def registers(draw: st.DrawFn) -> list[Piece]:
    """Up to twelve flows in any states and currencies, some inside others, some rings among them."""
    keys = KEYS[: draw(st.integers(min_value=0, max_value=len(KEYS)))]
    return [
        Piece(
            id=key,
            state=draw(st.sampled_from(list(FlowState))),
            amount=draw(st.none() | AMOUNTS),
            currency=draw(CURRENCIES),
            value=draw(st.none() | AMOUNTS),
            value_currency=draw(CURRENCIES),
            holder=draw(st.none() | st.sampled_from(keys)),
            view=draw(st.booleans()),
            reading_of=draw(st.none() | st.sampled_from(keys)),
            ended=draw(st.integers(min_value=0, max_value=4)) == 0,
            series=draw(st.sampled_from(["a", "b"])),
            marks={"giver": frozenset(draw(st.lists(st.sampled_from(["x", "y", "z"]), max_size=2)))},
        )
        for key in keys
    ]


@given(registers(), st.sampled_from(sorted(POTS)), st.sampled_from(["", "EUR", "USD"]))
@settings(max_examples=drawn(150), deadline=None)
def test_a_total_is_its_rows_and_every_row_is_counted_or_left_out_with_its_reason(flows: list[Piece], pot: str, into: str) -> None:
    told = {piece.id: piece for piece in flows}
    found = totals(flows, pot, currency=into, group="giver")
    for total in [found.whole, *(each for _name, each in found.groups)]:
        for one in total.sums:
            assert one.amount == sum((told[key].within(into) or Decimal(0) for key in one.rows), Decimal(0))
            assert into in ("", one.currency)
            assert all(told[key].state in POTS[pot] for key in one.rows)
    rows = [key for one in found.whole.sums for key in one.rows]
    left = [one.id for one in found.whole.left_out]
    assert sorted([*rows, *left], key=str) == sorted((piece.id for piece in flows if piece.state in POTS[pot]), key=str)
    parts = [key for _name, total in found.groups for one in total.sums for key in one.rows]
    assert sorted(parts, key=str) == sorted(rows, key=str), "the groups add up to the whole"


def holders_of(piece: Piece, told: dict[UUID, Piece]) -> tuple[list[UUID], bool]:
    """What holds a piece, the nearest first, and whether they hold each other in a ring that it belongs to."""
    found, at = [piece.id], piece.holder
    while at is not None and at in told and at not in found:
        found.append(at)
        at = told[at].holder
    return found[1:], at == piece.id


@given(registers(), st.sampled_from(sorted(POTS)))
@settings(max_examples=drawn(150), deadline=None)
def test_what_is_left_out_as_a_part_lies_in_something_that_is_counted_and_no_money_is_lost(flows: list[Piece], pot: str) -> None:
    told = {piece.id: piece for piece in flows}
    found = counted(flows, pot)
    names = {piece.id for piece in found.pieces}
    for one in found.left_out:
        if one.why == LeftOutWhy.INSIDE:
            assert names & set(holders_of(told[one.id], told)[0]), "what holds it is counted, itself or inside another"
    for piece in found.pieces:
        above, ring = holders_of(piece, told)
        assert ring or not names & set(above), "nothing that holds it is counted beside it"


def test_flows_that_hold_each_other_in_a_ring_count_once() -> None:
    first, second = flow(1, "5", holder=UUID(int=2)), flow(2, "7", holder=UUID(int=1))
    assert amount_of([first, second], "committed") == {"EUR": Decimal(5)}


def flow(number: int, amount: str, state: FlowState = FlowState.COMMITTED, **more: object) -> Piece:
    plain = Piece(id=UUID(int=number), state=state, amount=Decimal(amount), currency="EUR")
    return replace(plain, **more)  # type: ignore[arg-type]  # each test names real fields


def amount_of(pieces: list[Piece], pot: str, into: str = "") -> dict[str, Decimal]:
    return {one.currency: one.amount for one in totals(pieces, pot, currency=into).whole.sums}


def test_promises_are_never_added_to_what_is_firm() -> None:
    assert not PROMISED & FIRM and set(FlowState) == FIRM | PROMISED
    assert all(not (states & PROMISED and states & FIRM) for states in POTS.values())
    flows = [flow(number, "1", state) for number, state in enumerate(FlowState, 1)]
    assert amount_of(flows, FIRM_POT) == {"EUR": Decimal(3)}
    assert [amount_of(flows, state) for state in FlowState] == [{"EUR": Decimal(1)}] * 5


def test_money_moves_forward_alone() -> None:
    order = list(FlowState)
    for one, other in itertools.product(FlowState, FlowState):
        assert (other in ADVANCES[one]) == (order.index(other) > order.index(one))


def test_a_donors_money_through_anothers_programme_counts_once_and_alone_where_its_source_is_outside() -> None:
    whole = flow(1, "100", marks={"giver": frozenset({"Estonia"}), "body": frozenset({"a fund"})})
    part = flow(2, "60", holder=whole.id, marks={"giver": frozenset({"a fund"}), "body": frozenset({"a ministry"})})
    assert amount_of([whole, part], "committed") == {"EUR": Decimal(100)}
    assert amount_of([part], "committed") == {"EUR": Decimal(60)}, "inside a boundary that the giver is not in it is all there is"
    paid = replace(part, state=FlowState.DISBURSED)
    assert amount_of([whole, paid], "disbursed") == {"EUR": Decimal(60)}
    assert amount_of([whole, paid], FIRM_POT) == {"EUR": Decimal(100)}, "paid out of what was committed: once"
    left = totals([whole, paid], FIRM_POT).whole.left_out
    assert [(one.id, one.why, one.beside) for one in left] == [(part.id, LeftOutWhy.INSIDE, whole.id)]


def test_a_chain_that_leaves_the_boundary_and_comes_back_is_followed() -> None:
    first, last = flow(1, "100"), flow(3, "30", holder=UUID(int=2))
    assert amount_of([first, last], "committed") == {"EUR": Decimal(130)}
    beyond = {UUID(int=2): first.id}
    assert [one.amount for one in totals([first, last], "committed", holders=beyond).whole.sums] == [Decimal(100)]


def test_an_unknown_rate_is_not_converted_and_never_zero() -> None:
    known = flow(1, "10", value=Decimal("11.5"), value_currency="USD")
    unknown = flow(2, "20")
    found = totals([known, unknown], "committed", currency="USD").whole
    assert [(one.currency, one.amount, one.rows) for one in found.sums] == [("USD", Decimal("11.5"), (known.id,))]
    assert [(one.id, one.why) for one in found.left_out] == [(unknown.id, LeftOutWhy.NO_RATE)]
    assert totals([unknown], "committed", currency="USD").whole.sums == (), "no sum rather than a sum of nothing"


def test_a_part_counts_where_what_holds_it_cannot_be_counted() -> None:
    holder = flow(1, "100")
    part = flow(2, "60", holder=holder.id, value=Decimal(70), value_currency="USD")
    assert amount_of([holder, part], "committed", "USD") == {"USD": Decimal(70)}


def test_second_views_count_only_where_nothing_else_of_their_collection_is_asked_for() -> None:
    money, weapons = flow(1, "10", series="months"), flow(2, "4", series="weapons", view=True)
    assert amount_of([money, weapons], "committed") == {"EUR": Decimal(10)}
    assert amount_of([weapons], "committed") == {"EUR": Decimal(4)}
    other = flow(3, "5", series="shares", view=True)
    assert amount_of([weapons, other], "committed") == {}, "two views are two looks at what is not here"


def test_a_boundary_names_dimensions_and_a_row_without_one_is_outside() -> None:
    marks = {"giver": frozenset({"Estonia"}), "plan": frozenset({"929", "930"})}
    assert inside(marks, {}) and inside(marks, {"plan": "929"}) and inside(marks, {"plan": "930", "giver": "Estonia"})
    assert not inside(marks, {"plan": "1"}) and not inside(marks, {"year": "2026"})


@pytest.mark.parametrize(
    ("claims", "verdict"),
    [
        (["200 EUR"], ClaimVerdict.AGREE),
        (["2023-12-20", "2023-12-20"], ClaimVerdict.AGREE),
        (["2023-12-20", "2023-12-23"], ClaimVerdict.CONTRADICT),
        (["EU; NATO", "EU;NATO"], ClaimVerdict.AGREE),
    ],
)
def test_words_agree_or_contradict(claims: list[str], verdict: ClaimVerdict) -> None:
    assert compare([Said(said=one) for one in claims]) == verdict


def said(text: str, amount: str, unit: str = "EUR", **more: object) -> Said:
    return replace(Said(said=text, amount=Decimal(amount), unit=unit), **more)  # type: ignore[arg-type]  # each test names real fields


def test_numbers_agree_within_what_was_rounded_and_less_exact_ones_are_told_apart_from_others() -> None:
    exact = said("241.7 million EUR", "241700000")
    assert compare([exact, said("over 240 million EUR", "240000000", at_least=True)]) == ClaimVerdict.LESS_EXACT
    assert compare([exact, said("over 250 million EUR", "250000000", at_least=True)]) == ClaimVerdict.CONTRADICT
    assert compare([exact, said("260 million USD", "260000000", "USD")]) == ClaimVerdict.OTHER_UNIT
    assert compare([exact, said("242 million EUR", "242000000")]) == ClaimVerdict.CONTRADICT
    assert compare([exact, said("242 million EUR", "242000000", rounded_to=Decimal(1000000))]) == ClaimVerdict.ROUNDING
    assert compare([said("500000 EUR, once", "500000"), said("500000 EUR per year", "500000")]) == ClaimVerdict.OTHER_WORDS
    assert compare([exact, Said(said="once")]) == ClaimVerdict.CONTRADICT


def test_a_claim_is_held_against_rows_to_the_cent() -> None:
    claim = said("1000.00", "1000.00")
    assert against_rows(claim, Decimal("1000.00"), 3) == (ClaimVerdict.AGREE, Decimal(0))
    assert against_rows(claim, Decimal("999.99"), 3) == (ClaimVerdict.CONTRADICT, Decimal("0.01"))
    rounded = replace(claim, rounded_to=Decimal(10))
    assert against_rows(rounded, Decimal(980), 3)[0] == ClaimVerdict.ROUNDING, "three rows and the claim, half a ten each"
    assert against_rows(rounded, Decimal(979), 3)[0] == ClaimVerdict.CONTRADICT
    with pytest.raises(ValueError, match="without an amount"):
        against_rows(Said(said="much"), Decimal(1), 1)


@given(
    st.decimals(min_value="0.01", max_value=10**9, places=2),
    st.decimals(min_value="0.001", max_value=2000, places=3),
)
@settings(max_examples=drawn(150), deadline=None)
def test_a_value_that_is_the_amount_at_its_rate_is_no_fault_and_a_doubled_one_is(amount: Decimal, rate: Decimal) -> None:
    value = (amount / rate).quantize(Decimal("0.01"))
    assert rate_fault(amount, value, rate) is None
    if rate > Decimal("0.01") and value > 1:
        assert rate_fault(amount, value * 3, rate) is not None


def test_rates_are_as_exact_as_their_digits() -> None:
    assert rate_fault(Decimal(500000), Decimal(606796), Decimal("0.824")) is None
    assert rate_fault(Decimal(15000000), Decimal(1554565), Decimal(1)) == Decimal(1554565 - 15000000)
    assert rate_fault(Decimal(1), Decimal(1), Decimal(0)) == Decimal(1)


def test_what_is_kept_back_grows_with_the_wish_and_a_secret_flow_is_shown_to_nobody_instead() -> None:
    assert set(KEPT_BACK[ShownAs.NAMED]) < set(KEPT_BACK[ShownAs.AMOUNT_ONLY]) < set(KEPT_BACK[ShownAs.ANONYMOUS])
    assert "giver" in KEPT_BACK[ShownAs.AMOUNT_ONLY] and "amount" not in KEPT_BACK[ShownAs.AMOUNT_ONLY]
    assert {"amount", "value", "rate"} <= set(KEPT_BACK[ShownAs.ANONYMOUS])
