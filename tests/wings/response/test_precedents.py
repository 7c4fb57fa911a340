"""Precedents: likeness is a sum whose parts are told, the unknown is left out by name, a departure is told where enough is known."""

from __future__ import annotations

import json
import uuid
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sild.wings.response.actions import NewResponse, open_response, pick_option
from sild.wings.response.reads import precedents_of
from sild.wings.response.reads.precedents import ranked
from sild.wings.response.rules import ACTORS, EFFECTS, FACTORS, LIKEST, RESPONSE_OF, likeness, option_of, precedents
from sild.wings.signals.public import SECTORS, IncidentFacts, Precision, mend_incident, record_incident
from tests.api.programs import program_of
from tests.cast import Cast
from tests.drawing import drawn
from tests.web.signed import account_on
from tests.wings.attribution.test_pages import page
from tests.wings.response.conftest import Answering

WORDS = st.lists(st.sampled_from(["a", "b", "c"]), max_size=3, unique=True).map(tuple)
CODED = st.fixed_dictionaries(
    {
        **{name: WORDS for name in FACTORS if name != "year"},
        "year": st.one_of(st.just(()), st.integers(1990, 2030).map(lambda year: (str(year),))),
    }
)


def test_every_precedent_has_a_source_or_is_from_memory_and_is_coded_in_known_words() -> None:
    assert len(precedents()) == 60 and sum(one.from_memory for one in precedents()) == 7
    for one in precedents():
        assert one.sources or one.from_memory, one.id
        assert {*one.coded["sector"]} <= {*SECTORS} and {*one.coded["effect"]} <= {*EFFECTS} and {*one.coded["actor"]} <= {*ACTORS}
        assert len(one.coded["year"]) == 1 and one.attributions and one.responses


def test_only_options_of_the_toolbox_are_told_to_be_a_kind_of_response_that_precedents_have() -> None:
    kinds = {kind for one in precedents() for kind in one.responses}
    for option, can_be in RESPONSE_OF.items():
        assert option_of(option) is not None and {*can_be} <= kinds, option


def test_a_part_is_the_share_of_common_words_and_a_tenth_less_for_each_year() -> None:
    found = likeness({"sector": ("a", "b"), "year": ("2020",)}, {"sector": ("b", "c", "d"), "year": ("2017",)})
    assert [(part.factor, round(part.adds, 3)) for part in found.parts] == [("sector", 0.25), ("year", 0.7)]
    assert found.left_out == ("effect", "actor", "country") and found.total == pytest.approx(0.475)
    assert likeness({"year": ("2020",)}, {"year": ("1990",)}).evidence == 0


def test_nothing_known_on_both_sides_is_no_likeness_rather_than_nought() -> None:
    assert likeness({}, {"sector": ("a",)}).total is None and likeness({}, {}).left_out == FACTORS


@settings(max_examples=drawn(150), deadline=None)
@given(CODED, CODED)
def test_likeness_is_the_same_from_either_side_and_accounts_for_every_factor(
    ours: dict[str, tuple[str, ...]], theirs: dict[str, tuple[str, ...]]
) -> None:
    there, back = likeness(ours, theirs), likeness(theirs, ours)
    assert there.evidence == pytest.approx(back.evidence) and {part.factor for part in there.parts} | {*there.left_out} == {*FACTORS}
    assert all(0 <= part.adds <= 1 for part in there.parts)
    if all(ours.values()):
        assert likeness(ours, ours).evidence >= there.evidence - 1e-9


def test_each_precedent_is_the_likest_to_itself() -> None:
    for one in precedents():
        assert ranked(one.coded, "")[0].likeness.evidence >= likeness(one.coded, one.coded).evidence - 1e-9, one.id


def test_the_incident_tells_sector_and_year_and_the_reader_the_rest(answering: Answering) -> None:
    found = precedents_of(answering.officer, answering.open)
    assert {"effect", "actor", "sector", "year"} <= {*found.unknown}
    facts = IncidentFacts(title="Dark", sectors=("energy",), begins=date(2021, 5, 1), begins_precision=Precision.MONTH)
    mend_incident(answering.cast.officer, answering.incident, facts, reason="known now")
    found = precedents_of(answering.officer, answering.open, {"effect": ("disruption",), "actor": ("criminal",)})
    assert found.ours["sector"] == ("energy",) and found.ours["year"] == ("2021",) and len(found.rows) == LIKEST
    assert found.rows[0].fact.id == "prec-colonial" and "actor" not in found.unknown


def test_what_is_picked_is_held_against_the_likest_only_when_enough_is_known(answering: Answering) -> None:
    officer = answering.officer
    unknown = open_response(officer, NewResponse(title="Nothing known"), reason="asked")
    pick_option(officer, unknown, "tb-art42-7", reason="asked")
    little = precedents_of(officer, unknown)
    assert not little.enough and little.not_then == () and little.not_picked == ()
    asked = {"sector": ("political",), "effect": ("theft",), "actor": ("CN",)}
    found = precedents_of(officer, unknown, asked)
    assert found.enough and [one.option for one in found.not_then] == ["tb-art42-7"]
    assert "statement" in dict(found.not_picked)
    pick_option(officer, unknown, "tb-hr-statement", reason="asked")
    pick_option(officer, unknown, "tb-awareness", reason="asked")
    found = precedents_of(officer, unknown, asked)
    assert "statement" not in dict(found.not_picked) and [one.option for one in found.not_compared] == ["tb-awareness"]


def test_the_page_says_how_little_the_order_foretells_and_keeps_nothing_of_what_is_asked(answering: Answering) -> None:
    text = page(answering.deputy, "response.precedents", answering.closed, effect="theft", actor="CN", sector="nowhere")[1]
    assert "0.16 against 0.15" in text and "Of none of them a severity factor is known" in text and "from memory" in text
    assert "left out, unknown:" in text and "nothing picked can be it" in text
    assert page(answering.cast.donor, "response.precedents", answering.closed)[0] == 404
    assert page(answering.cast.donor, "response.precedents", uuid.uuid4())[0] == 404


def test_programs_ask_for_precedents(cast: Cast) -> None:
    program = program_of("drill", "officer", account_on(cast.officer))

    def ask(method: str, path: str, body: object = None) -> Any:
        answer = program.ask(method, path, body)
        assert answer.status_code < 300, answer.content
        return json.loads(answer.content)

    incident = str(record_incident(cast.officer, IncidentFacts(title="Dark", sectors=("energy",)), reason="seen"))
    made = ask("POST", "/responses", {"title": "Mail", "incident": incident, "reason": "asked"})["id"]
    found = ask("GET", f"/responses/{made}/precedents?effect=physical&actor=RU")
    assert len(found["rows"]) == LIKEST and found["ours"]["actor"] == ["RU"] and found["rows"][0]["parts"]
    assert program.ask("GET", f"/responses/{made}/precedents?actor=somebody").status_code == 422
