"""The words of an agreement as data: every way through them ends, and each piece is counted once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sild.wings.agreements.rules import MOVER, STANDING, VERBS, AgreementSide, AgreementState, Spoken, Word, spoken_for, words_for

ENDED = frozenset(AgreementState) - frozenset(STANDING)


def test_what_has_ended_hears_no_word_any_more_and_waits_for_nobody() -> None:
    for state in ENDED:
        assert words_for(state, AgreementSide) == ()
        assert MOVER[state] is None


def test_every_state_is_reached_and_every_word_but_the_first_and_the_receipt_moves_it() -> None:
    reached = {verb.to for verb in VERBS.values()} - {None}
    assert reached == frozenset(AgreementState) - {AgreementState.PROPOSED}
    assert set(VERBS) == set(Word) - {Word.PROPOSE}
    assert [word for word, verb in VERBS.items() if verb.to is None] == [Word.ACKNOWLEDGE]


@pytest.mark.parametrize(
    ("state", "side", "words"),
    [
        ("proposed", AgreementSide.REQUESTER, (Word.ACKNOWLEDGE, Word.ACCEPT, Word.DECLINE)),
        ("proposed", AgreementSide.GIVER, (Word.ACKNOWLEDGE, Word.CANNOT_HELP)),
        ("accepted", AgreementSide.GIVER, (Word.ACKNOWLEDGE, Word.COMMIT, Word.CANNOT_HELP)),
        ("committed", AgreementSide.REQUESTER, (Word.RELEASE,)),
        ("committed", AgreementSide.GIVER, (Word.RECALL,)),
        ("committed", AgreementSide.SECRETARIAT, ()),
    ],
)
def test_who_may_say_what(state: str, side: AgreementSide, words: tuple[Word, ...]) -> None:
    assert words_for(AgreementState(state), [side]) == words


AMOUNTS = st.decimals(min_value=0, max_value=1000, places=3)
ROWS = st.lists(
    st.builds(Spoken, state=st.sampled_from(AgreementState), proposed=AMOUNTS, accepted=st.none() | AMOUNTS, committed=st.none() | AMOUNTS)
)


@given(rows=ROWS, asked=st.none() | AMOUNTS)
def test_a_sum_equals_its_rows_and_never_leaves_less_than_nothing(rows: list[Spoken], asked: Decimal | None) -> None:
    sums = spoken_for(asked, rows)
    assert sums.standing == sum((row.standing for row in rows), Decimal(0))
    assert (sums.left is None) == (asked is None)
    if asked is not None and sums.left is not None:
        assert sums.left == max(asked - sums.standing, Decimal(0))
