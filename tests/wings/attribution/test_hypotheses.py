"""Hypotheses: two stand always, ratings are each reader's own, the mildest counts, what the outcome rests on is told."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sild.cores.attribution.weighing import ClaimStance, Outcome, Rating
from sild.kernel.action import last_act
from sild.kernel.actor import acting
from sild.kernel.refusals import NotThere, Refused, Stale
from sild.kernel.undo import undo
from sild.wings.attribution.actions import (
    propose_hypothesis,
    rate_evidence,
    restore_hypothesis,
    withdraw_evidence,
    withdraw_hypothesis,
    word_hypothesis,
)
from sild.wings.attribution.reads import attribution_naming, weighing_of
from sild.wings.attribution.rules import STANDING, counted, harshest, standing_id
from tests.api.programs import program_of
from tests.cast import Cast
from tests.web.signed import account_on
from tests.wings.attribution.conftest import Opened
from tests.wings.attribution.test_evidence import item, source
from tests.wings.attribution.test_pages import page, sent

RATINGS = st.lists(st.sampled_from(Rating), min_size=1, max_size=5)


@given(RATINGS)
def test_a_cell_counts_no_more_than_everybody_who_rated_it_says(ratings: list[Rating]) -> None:
    cell = counted(ratings)
    assert all(abs(cell) <= abs(one) for one in ratings)
    assert cell == 0 or all(cell * one > 0 for one in ratings)
    assert harshest(ratings) <= cell
    assert len(set(ratings)) > 1 or cell == ratings[0]


def test_a_case_has_the_two_that_always_stand_and_nothing_takes_them_back(opened: Opened) -> None:
    found = weighing_of(opened.deputy, opened.case)
    assert [(one.stance, one.standing, one.words) for one in found.order] == [(stance, True, "") for stance in STANDING]
    assert found.outcome is Outcome.INSUFFICIENT and not found.rows and not found.faults
    for stance in STANDING:
        with pytest.raises(NotThere):
            withdraw_hypothesis(opened.officer, standing_id(opened.case, stance), reason="we like it not")
        with pytest.raises(Refused, match="stands in every case"):
            propose_hypothesis(opened.officer, opened.case, "again", stance)


def test_what_speaks_against_is_counted_once_a_source_and_the_outcome_says_what_it_rests_on(opened: Opened) -> None:
    first = source(opened)
    loader, retold = item(opened, first, "The loader"), item(opened, source(opened, "A newspaper", stems_from=first), "The same, retold")
    ours = propose_hypothesis(opened.officer, opened.case, "The set that reads mail", ClaimStance.ACTOR)
    false_flag, insufficient = (standing_id(opened.case, stance) for stance in STANDING)
    for one in (loader, retold):
        told: dict[uuid.UUID, Rating | None] = {ours: Rating.WITH, false_flag: Rating.AGAINST, insufficient: Rating.STRONGLY_AGAINST}
        rate_evidence(opened.officer, one, told, reason="its keys")
    found = weighing_of(opened.deputy, opened.case)
    assert found.outcome is Outcome.ONE_STANDS_OUT and found.leaders == (ours,) and not found.faults
    # a source of grade B, once for both items: 0.8 for one step, 1.6 for two
    assert [(one.id, round(one.against, 2)) for one in found.order] == [(ours, 0.0), (false_flag, 0.8), (insufficient, 1.6)]
    assert found.named(false_flag).voices == (("A laboratory", found.named(false_flag).against),)
    assert [(one.name, one.whole_source, len(one.leaders)) for one in found.rests_on] == [("A laboratory", True, 3)]
    assert [row.cells[0].said[0].why for row in found.rows] == ["its keys", "its keys"]
    withdraw_evidence(opened.deputy, loader, reason="another machine")
    assert [row.evidence.title for row in weighing_of(opened.deputy, opened.case).rows] == ["The same, retold"]


def test_where_readers_differ_the_mildest_counts_and_the_harshest_is_told(opened: Opened) -> None:
    one, ours = item(opened, source(opened)), propose_hypothesis(opened.officer, opened.case, "Them", ClaimStance.ACTOR)
    false_flag, insufficient = (standing_id(opened.case, stance) for stance in STANDING)
    rate_evidence(opened.officer, one, {ours: Rating.STRONGLY_AGAINST, false_flag: Rating.AGAINST, insufficient: Rating.AGAINST})
    rate_evidence(opened.deputy, one, {ours: Rating.WITH}, reason="the hours fit")
    found = weighing_of(opened.deputy, opened.case)
    [cell, *_others] = found.rows[0].cells
    assert (cell.rating, cell.torn, cell.own) == (Rating.NEITHER, True, Rating.WITH)
    assert (found.leaders, found.torn) == ((ours,), 1)
    assert set(found.torn_leaders) == {false_flag, insufficient}
    rate_evidence(opened.deputy, one, {ours: None})
    assert weighing_of(opened.deputy, opened.case).named(ours).against == pytest.approx(1.6)
    assert "They differ" not in page(opened.officer, "attribution.hypotheses", opened.case)[1]


def test_acts_on_hypotheses_are_undone_and_stale_saves_refused(opened: Opened) -> None:
    ours = propose_hypothesis(opened.officer, opened.case, "  The set   that reads mail ", ClaimStance.OTHER)
    assert weighing_of(opened.officer, opened.case).named(ours).words == "The set that reads mail"
    with pytest.raises(Refused, match="already"):
        propose_hypothesis(opened.deputy, opened.case, "The set that reads mail", ClaimStance.ACTOR)
    word_hypothesis(opened.deputy, ours, "Those who read mail", version=1, reason="shorter")
    with pytest.raises(Stale):
        word_hypothesis(opened.officer, ours, "Others", version=1, reason="late")
    one = item(opened, source(opened))
    rate_evidence(opened.officer, one, {ours: Rating.AGAINST})
    withdraw_hypothesis(opened.officer, ours, version=2, reason="nobody believes it")
    found = weighing_of(opened.officer, opened.case)
    assert [(row.words, row.withdrawn_why) for row in found.aside] == [("Those who read mail", "nobody believes it")]
    with pytest.raises(NotThere):
        rate_evidence(opened.officer, one, {ours: Rating.WITH})
    restore_hypothesis(opened.officer, ours, reason="a log came")
    assert weighing_of(opened.officer, opened.case).named(ours).against == pytest.approx(0.8)
    rate_evidence(opened.officer, one, {ours: Rating.WITH})
    with acting(opened.officer):
        act = last_act()
    assert act is not None
    undo(opened.officer, act, reason="a slip")
    assert weighing_of(opened.officer, opened.case).named(ours).against == pytest.approx(0.8)
    with pytest.raises(NotThere):
        rate_evidence(opened.cast.donor, one, {ours: Rating.WITH})
    assert any(row.get("words") == "Those who read mail" for row in attribution_naming(opened.officer, ["read mail"]))


def test_the_matrix_is_rated_in_the_browser_and_taken_away_as_a_sheet(opened: Opened) -> None:
    text = page(opened.officer, "attribution.hypotheses", opened.case)[1]
    assert "There is no evidence yet to hold against them" in text and "Stands in every case" in text
    one = item(opened, source(opened), "=1+1 the loader")
    form = {"words": "Them & others", "stance": "actor"}
    assert sent(opened.deputy, "attribution.propose", opened.case, **(form | {"stance": "guilty"}))[0] == 409
    assert sent(opened.deputy, "attribution.propose", opened.case, **form)[0] == 302
    ours = weighing_of(opened.officer, opened.case).order[0].id
    assert sent(opened.deputy, "attribution.rate", one, **{f"under-{ours}": "9"})[0] == 409
    assert sent(opened.deputy, "attribution.rate", one, **{f"under-{ours}": "-2", "reason": "its keys"})[0] == 302
    text = page(opened.officer, "attribution.hypotheses", opened.case)[1]
    assert "Them &amp; others" in text and "strongly against" in text and "its keys" in text and "agrees" in text
    sheet = page(opened.officer, "attribution.hypotheses", opened.case, format="csv")[1]
    assert "'=1+1 the loader" in sheet and "Them & others,actor,-2,1" in sheet
    assert sent(opened.deputy, "attribution.withdraw-hypothesis", ours, version=1, reason="no")[0] == 302
    assert "Weigh it again" in page(opened.officer, "attribution.hypotheses", opened.case)[1]
    for member in (opened.cast.donor, opened.cast.auditor):
        assert page(member, "attribution.hypotheses", opened.case)[0] in (403, 404)


def test_programs_weigh_as_their_people_do(cast: Cast) -> None:
    program = program_of("drill", "officer", account_on(cast.officer))

    def ask(method: str, path: str, body: object = None) -> Any:
        answer = program.ask(method, path, body)
        assert answer.status_code < 300, answer.content
        return json.loads(answer.content) if answer.content else None

    case = ask("POST", "/attribution-cases", {"title": "The mail", "readers": [], "reason": "asked"})["id"]
    where = f"/attribution-cases/{case}"
    of = ask("POST", f"{where}/sources", {"name": "A laboratory", "reliability": "B"})["id"]
    one = ask("POST", f"{where}/evidence", {"source": of, "title": "Seen", "aspect": "malware", "credibility": 2})["id"]
    made = ask("POST", f"{where}/hypotheses", {"words": "Them", "stance": "actor"})["id"]
    assert program.ask("POST", f"{where}/hypotheses", {"words": "x", "stance": "false-flag"}).status_code == 422
    ask("PUT", f"/evidence-items/{one}/ratings", {"ratings": [{"hypothesis": made, "rating": -1}], "reason": "its keys"})
    told = ask("GET", f"{where}/weighing")
    assert told["items"][0]["cells"][0] | {"said": []} == {"hypothesis": made, "rating": -1, "torn": False, "said": []}
    assert told["hypotheses"][0]["against"] == pytest.approx(0.8) and told["faults"] == []
    ask("PUT", f"/hypotheses/{made}/words", {"words": "They", "version": 1, "reason": "told"})
    ask("POST", f"/hypotheses/{made}/withdrawal", {"version": 2, "reason": "told"})
    assert len(ask("GET", f"{where}/weighing")["hypotheses"]) == 2
    ask("POST", f"/hypotheses/{made}/restoring", {"version": 3, "reason": "told"})
    assert ask("GET", f"{where}/weighing")["hypotheses"][0]["words"] == "They"
