"""What an officer does with messages and lines: add what was missed, join, set aside, accept many at once. Each is taken back as one."""

from __future__ import annotations

import pytest

from sild.kernel.action import last_act
from sild.kernel.refusals import NotThere, Refused, Stale
from sild.kernel.undo import undo
from sild.wings.intake.actions.triage import (
    accept_lines,
    accept_sure,
    add_line_to,
    join_lines_of,
    mend_line_of,
    set_aside,
    take_up_again,
)
from sild.wings.intake.reads import Wanted, hints_of, inbox, open_message, sure_lines
from sild.wings.intake.rules import Waiting
from sild.wings.register.public import LineState
from tests.cast import Cast
from tests.wings.intake.desk import lines_of, message_named

pytestmark = pytest.mark.usefixtures("filled")


def taken_back(cast: Cast) -> None:
    act = last_act()
    assert act is not None
    undo(cast.officer, act, reason="tried")


def test_a_line_that_was_missed_is_added_with_the_words_that_say_it(cast: Cast) -> None:
    message = message_named(cast, "thanks.eml")
    before = open_message(cast.officer, message)
    assert before.document is not None
    words = " ".join(before.document.parts[0].blocks[0].text.split()[:4])
    key = add_line_to(cast.officer, message, words.upper(), {"kind": "request", "item": "tablets", "quantity": "7"}, accept=True)
    [line] = open_message(cast.officer, message).lines
    assert (line.id, line.state, line.item, line.added_by, line.lost) == (key, LineState.ACCEPTED, "tablets", cast.officer.name, 0)
    assert [span.text.split() for span in line.evidence] == [words.split()]
    assert line.need_id is not None
    taken_back(cast)
    assert open_message(cast.officer, message).lines == ()


def test_words_that_the_message_does_not_say_add_nothing(cast: Cast) -> None:
    message = message_named(cast, "thanks.eml")
    for words, values in (("seven dragons", {"item": "dragons"}), ("", {"item": "tablets"}), ("Thank", {"item": ""})):
        with pytest.raises(Refused):
            add_line_to(cast.officer, message, words, {"kind": "request", **values})
    with pytest.raises(Refused, match="no field"):
        add_line_to(cast.officer, message, "", {"state": "accepted"}, reason="in the picture")
    assert add_line_to(cast.officer, message, "", {"item": "tablets"}, reason="on the picture of page 2")
    assert open_message(cast.officer, message).lines[0].evidence == ()


def test_of_words_that_stand_twice_the_marked_ones_are_kept(cast: Cast) -> None:
    message = message_named(cast, "hostile.eml")
    document = open_message(cast.officer, message).document
    assert document is not None
    block = document.parts[0].blocks[0].text
    second = block.index("e", block.index("e") + 1)
    add_line_to(cast.officer, message, "e", {"item": "tablets"}, hints=hints_of(f"0.0.{second}"))
    assert open_message(cast.officer, message).lines[-1].evidence[0].start == second
    assert hints_of("0.0") == hints_of("0.0.x") == hints_of("") == ()


def test_two_lines_that_are_one_are_joined_and_the_other_stays_rejected(cast: Cast) -> None:
    first, second, *_rest = lines_of(cast, "sheet.eml")
    pair = ((first.id, first.version), (second.id, second.version))
    join_lines_of(cast.officer, first.message_id, pair, {"quantity": "29"}, reason="two rows of one thing")
    kept, gone, *_rest = lines_of(cast, "sheet.eml")
    assert (kept.quantity, kept.state, gone.state) == (29, LineState.DRAFT, LineState.REJECTED)
    assert [span["text"] for span in kept.evidence] == [span["text"] for line in (first, second) for span in line.evidence]
    taken_back(cast)
    assert [line.state for line in lines_of(cast, "sheet.eml")[:2]] == [LineState.DRAFT] * 2
    with pytest.raises(Stale):
        join_lines_of(cast.officer, first.message_id, ((first.id, 99), (second.id, 99)), {})
    [other] = lines_of(cast, "laptops.eml")
    now = lines_of(cast, "sheet.eml")[0]
    with pytest.raises(NotThere):
        join_lines_of(cast.officer, first.message_id, ((now.id, now.version), (other.id, other.version)), {})
    with pytest.raises(Refused, match="another line"):
        join_lines_of(cast.officer, first.message_id, ((now.id, now.version), (now.id, now.version)), {})


def test_a_message_in_which_nothing_is_asked_is_set_aside_with_its_drafts_and_taken_up_again(cast: Cast) -> None:
    message = message_named(cast, "sheet.eml")
    opened = open_message(cast.officer, message)
    with pytest.raises(Refused):
        set_aside(cast.officer, message, opened.version, reason=" ")
    assert set_aside(cast.officer, message, opened.version, reason="a copy for information") == len(opened.lines)
    noted = open_message(cast.officer, message)
    assert (noted.state, noted.why) == (Waiting.NOISE, "a copy for information")
    with pytest.raises(Stale):
        take_up_again(cast.officer, message, opened.version)
    assert take_up_again(cast.officer, message, noted.version) == len(opened.lines)
    again = open_message(cast.officer, message)
    assert (again.state, {line.state for line in again.lines}) == (Waiting.WAITING, {LineState.DRAFT})
    accept_lines(cast.officer, message, [(again.lines[0].id, again.lines[0].version)])
    with pytest.raises(Refused, match="was accepted"):
        set_aside(cast.officer, message, again.version, reason="a copy")


def test_a_quarantined_message_that_somebody_read_leaves_the_quarantine_and_returns_with_its_reason(cast: Cast) -> None:
    message = message_named(cast, "noise.bin")
    before = open_message(cast.officer, message)
    set_aside(cast.officer, message, before.version, reason="a picture of a cat")
    aside = open_message(cast.officer, message)
    assert aside.state == Waiting.NOISE
    take_up_again(cast.officer, message, aside.version)
    after = open_message(cast.officer, message)
    assert (after.state, after.why, after.remarks) == (Waiting.QUARANTINED, before.why, before.remarks)
    assert [row.id for row in inbox(cast.officer, Wanted(state=Waiting.QUARANTINED)).rows] == [message]
    add_line_to(cast.officer, message, "", {"item": "tablets"}, reason="read on the desk's old machine")
    assert inbox(cast.officer, Wanted(state=Waiting.QUARANTINED)).rows == ()


def test_the_clean_lines_of_a_list_are_accepted_above_a_confidence_and_taken_back_as_one(cast: Cast) -> None:
    [doubtful] = lines_of(cast, "generators.eml")
    mend_line_of(cast.officer, doubtful.message_id, doubtful.id, doubtful.version, {"beneficiary": ""})
    everything = sure_lines(cast.officer, Wanted(), 0.0)
    assert doubtful.id not in {one.line.id for one in everything.chosen}
    assert 0 < len(everything.chosen) < everything.drafts
    surenesses = [one.line.sureness for one in everything.chosen]
    assert surenesses == sorted(surenesses)
    least = max(surenesses)
    few = sure_lines(cast.officer, Wanted(), least)
    assert {one.line.id for one in few.chosen} == {one.line.id for one in everything.chosen if one.line.sureness >= least}
    counted = dict(everything.at_level)
    assert all(counted[level] == sum(sureness >= level for sureness in surenesses) for level in counted)
    chosen = [(one.line.id, one.line.version) for one in everything.chosen]
    with pytest.raises(Refused, match="Look at the list again"):
        accept_sure(cast.officer, chosen, 1.1)
    with pytest.raises(Stale):
        accept_sure(cast.officer, [*chosen[1:], (chosen[0][0], 99)], 0.0)
    assert len(sure_lines(cast.officer, Wanted(), 0.0).chosen) == len(chosen)
    assert accept_sure(cast.officer, chosen, 0.0) == len(chosen)
    assert sure_lines(cast.officer, Wanted(), 0.0).chosen == ()
    taken_back(cast)
    assert len(sure_lines(cast.officer, Wanted(), 0.0).chosen) == len(chosen)
    [doubtful] = lines_of(cast, "generators.eml")
    with pytest.raises(Refused):
        accept_sure(cast.officer, [(doubtful.id, doubtful.version)], 0.0)


def test_another_organisation_reaches_none_of_it(cast: Cast) -> None:
    opened = open_message(cast.officer, message_named(cast, "laptops.eml"))
    assert sure_lines(cast.donor, Wanted(), 0.0).drafts == 0
    for line in opened.lines:
        with pytest.raises(NotThere):
            open_message(cast.donor, opened.id)
        assert line.state == LineState.DRAFT
