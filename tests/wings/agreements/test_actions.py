"""Each side says its own word, in its turn, and no more is promised than there is."""

from __future__ import annotations

import re
import uuid
from datetime import date
from decimal import Decimal

import pytest

from sild.kernel.action import last_act
from sild.kernel.actor import Actor, acting
from sild.kernel.closing import raise_marking
from sild.kernel.refusals import NotForRole, NotThere, Refused, Stale
from sild.kernel.undo import undo
from sild.values.marking import Marking
from sild.wings.agreements.actions import (
    Proposal,
    Saying,
    accept_agreement,
    acknowledge_agreement,
    cannot_help,
    commit_agreement,
    decline_agreement,
    propose_agreement,
    recall_agreement,
    redact_agreements,
    release_agreement,
)
from sild.wings.agreements.models import Agreement
from sild.wings.agreements.reads import (
    AgreementFilter,
    agreed_quantities,
    agreement_record,
    agreements_of_need,
    agreements_waiting,
    list_agreements,
    refused_pairs,
)
from sild.wings.agreements.rules import AgreementSide, Word
from sild.wings.register.public import line_record, mend_line
from tests.wings.agreements.conftest import LINES, Table


def proposed(table: Table, quantity: int = 10, *, giver_told: bool = True) -> uuid.UUID:
    told = Proposal(quantity=Decimal(quantity), month=date(2026, 3, 17), giver_told=giver_told)
    return propose_agreement(table.cast.officer, table.need, table.estonias, told, reason="the nearest in time")


def test_a_proposal_goes_to_both_sides_and_becomes_a_commitment_word_by_word(table: Table) -> None:
    one, cast = proposed(table), table.cast
    acknowledge_agreement(cast.asker, one)
    accept_agreement(cast.asker, one, Saying(quantity=Decimal(8), conditions=["manuals in Ukrainian", " "]), reason="two are there already")
    commit_agreement(cast.donor, one, Saying(quantity=Decimal(6)))
    seen = agreement_record(cast.officer, one)
    assert (seen.row.state, seen.row.standing, seen.conditions, seen.row.month) == (
        "committed",
        Decimal(6),
        ("manuals in Ukrainian",),
        date(2026, 3, 1),
    )
    assert [(step.side, step.word, step.quantity) for step in seen.steps] == [
        (AgreementSide.SECRETARIAT, Word.PROPOSE, Decimal(10)),
        (AgreementSide.REQUESTER, Word.ACKNOWLEDGE, None),
        (AgreementSide.REQUESTER, Word.ACCEPT, Decimal(8)),
        (AgreementSide.GIVER, Word.COMMIT, Decimal(6)),
    ]
    [agreed] = agreed_quantities(cast.officer)
    assert (agreed.need, agreed.offer, agreed.quantity) == (table.need, table.estonias, Decimal(6))


def test_whose_move_it_is_waits_for_that_side_alone(table: Table) -> None:
    one, cast = proposed(table), table.cast
    assert [row.id for row in agreements_waiting(cast.asker)] == [one]
    assert [row.id for row in agreements_waiting(cast.authority)] == [one], "the front office answers for every body"
    assert agreements_waiting(cast.donor) == agreements_waiting(cast.maker) == agreements_waiting(cast.officer) == []
    accept_agreement(cast.authority, one)
    assert agreements_waiting(cast.asker) == []
    assert [row.id for row in agreements_waiting(cast.donor)] == [one]


def test_nobody_speaks_for_the_other_side(table: Table) -> None:
    one, cast = proposed(table), table.cast
    with pytest.raises(NotForRole):
        accept_agreement(cast.donor, one)
    with pytest.raises(Refused, match="cannot be said"):
        commit_agreement(cast.donor, one)
    for stranger in (cast.maker, cast.seller, cast.other_donor, cast.outsider):
        with pytest.raises(NotThere):
            cannot_help(stranger, one, reason="not mine")
    accept_agreement(cast.asker, one)
    with pytest.raises(NotForRole):
        commit_agreement(cast.asker, one)


def test_an_officer_writes_down_what_a_side_said_with_where_and_it_is_told_as_that(table: Table) -> None:
    one, cast = proposed(table), table.cast
    with pytest.raises(Refused, match="where it was said"):
        accept_agreement(cast.officer, one)
    accept_agreement(cast.officer, one, reason="their letter of 9 February")
    step = agreement_record(cast.officer, one).steps[-1]
    assert (step.side, step.by, step.told_by) == (AgreementSide.REQUESTER, "", cast.officer.name)
    assert [word for _side, word in agreement_record(cast.officer, one).told] == [Word.DECLINE, Word.COMMIT, Word.CANNOT_HELP]
    with pytest.raises(Refused, match="Both sides"):
        acknowledge_agreement(cast.officer, one, reason="somebody did")


@pytest.mark.parametrize(
    ("saying", "words"),
    [
        (Saying(quantity=Decimal(11)), "at most 10"),
        (Saying(quantity=Decimal(0)), "above 0"),
        (Saying(on=date(2026, 2, 11)), "still to come"),
        (Saying(on=date(2026, 2, 1)), "nothing is put before"),
        (Saying(conditions=["x" * 501]), "500 letters"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(table: Table, saying: Saying, words: str) -> None:
    one = proposed(table)
    with pytest.raises(Refused, match=words):
        accept_agreement(table.cast.asker, one, saying)
    assert len(agreement_record(table.cast.officer, one).steps) == 1


def test_an_end_needs_a_reason_and_the_version_that_was_read(table: Table) -> None:
    one, cast = proposed(table), table.cast
    with pytest.raises(Refused, match="Say why"):
        decline_agreement(cast.asker, one, reason=" ")
    acknowledge_agreement(cast.asker, one, version=1)
    with pytest.raises(Stale):
        decline_agreement(cast.asker, one, version=1, reason="we have some")
    decline_agreement(cast.asker, one, version=2, reason="we have some")
    assert refused_pairs(cast.officer) == {(table.need, table.estonias)}
    again = proposed(table)
    assert refused_pairs(cast.officer) == frozenset(), "it was proposed anew"
    cannot_help(cast.donor, again, reason="the stock is gone")
    assert refused_pairs(cast.officer) == {(table.need, table.estonias)}
    assert agreed_quantities(cast.officer) == []


def test_no_more_is_proposed_than_is_lacking_or_left(table: Table) -> None:
    cast = table.cast
    with pytest.raises(Refused, match="12 left: 12 offered, 0 spoken for"):
        proposed(table, 13)
    one = proposed(table, 8)
    with pytest.raises(Refused, match="4 left: 12 offered, 8 spoken for"):
        proposed(table, 5)
    with pytest.raises(Refused, match="lacks 12 yet: 20 asked, 8 spoken for"):
        propose_agreement(cast.officer, table.need, table.kestrels, Proposal(quantity=Decimal(13)))
    recall_agreement(cast.officer, one, reason="another plan")
    found = agreements_of_need(cast.officer, table.need)
    assert (found.sums.standing, found.sums.left) == (Decimal(0), Decimal(20))
    assert {one.provider: one.left for one in found.candidates} == {"Estonia": Decimal(12), "Kestrel Endpoint Inc.": Decimal(30)}


def test_what_is_not_endorsed_is_not_proposed_for(table: Table) -> None:
    with pytest.raises(Refused, match="not endorsed"):
        propose_agreement(table.cast.officer, table.unendorsed, table.estonias, Proposal(quantity=Decimal(1)))
    with pytest.raises(NotForRole):
        propose_agreement(table.cast.donor, table.need, table.estonias, Proposal(quantity=Decimal(1)))


def test_what_was_committed_is_recalled_or_given_free_and_never_undone(table: Table) -> None:
    one, other, cast = proposed(table, 4), proposed(table, 3), table.cast
    for each in (one, other):
        accept_agreement(cast.asker, each)
        commit_agreement(cast.donor, each)
    act = last_act()
    assert act is not None
    with pytest.raises(Refused):
        undo(cast.donor, act, reason="a slip")
    with pytest.raises(NotForRole):
        recall_agreement(cast.asker, one, reason="not ours to recall")
    recall_agreement(cast.donor, one, reason="needed at home")
    release_agreement(cast.asker, other, reason="the office was closed")
    rows, _after = list_agreements(cast.officer, AgreementFilter())
    assert {row.state for row in rows} == {"recalled", "released"} and not any(row.standing for row in rows)


def test_a_word_that_binds_nobody_yet_is_taken_back(table: Table) -> None:
    one, cast = proposed(table), table.cast
    accept_agreement(cast.asker, one)
    act = last_act()
    assert act is not None
    undo(cast.asker, act, reason="too early")
    assert agreement_record(cast.officer, one).row.state == "proposed"


def test_who_gives_is_kept_from_those_who_asked_where_the_officer_says_so(table: Table) -> None:
    one, cast = proposed(table, giver_told=False), table.cast
    seen = agreement_record(cast.asker, one)
    assert seen.row.giver == "" and seen.offer is None
    assert agreement_record(cast.donor, one).offer == table.estonias


def test_those_without_a_word_in_it_do_not_see_it_and_closing_takes_it_from_both_sides(table: Table) -> None:
    one, cast = proposed(table), table.cast
    everybody: tuple[Actor, ...] = (cast.maker, cast.seller, cast.other_donor, cast.outsider)
    for actor in everybody:
        with pytest.raises(NotThere):
            agreement_record(actor, one)
    raise_marking(cast.officer, "register.Offer", table.estonias, Marking.RED, reason="told to us alone")
    for actor in (cast.asker, cast.donor, cast.authority):
        with pytest.raises(NotThere):
            agreement_record(actor, one)
    assert agreement_record(cast.officer, one).row.marking == Marking.RED


def test_it_follows_what_its_need_is_called_and_whom_it_is_for(table: Table) -> None:
    one, cast = proposed(table), table.cast
    line, _beside = line_record(cast.officer, LINES[0].id)
    mend_line(cast.officer, line.id, line.version, {"beneficiary": "Lviv City Council"}, reason="read again")
    with acting(cast.officer):
        assert Agreement.found(one).body == "Lviv City Council"
    with pytest.raises(NotThere):
        agreement_record(cast.asker, one)


def test_a_persons_words_leave_what_was_said(table: Table) -> None:
    one, cast = proposed(table), table.cast
    accept_agreement(cast.asker, one, reason="Olena Sydorenko said so")
    redact_agreements(cast.officer, re.compile("Olena Sydorenko"), reason="asked for")
    assert "Olena" not in agreement_record(cast.officer, one).steps[-1].reason
