"""Catalogues are taken in whole and undone; a name of several shows them all; a case is ranked in its compartment, and names nobody."""

from __future__ import annotations

import json
import re
import uuid
from pathlib import Path
from typing import Any

import pytest

from sild.cores.attribution import Hypothesis, Verdict
from sild.kernel.action import last_act
from sild.kernel.refusals import NotThere, Refused, Stale
from sild.kernel.undo import undo
from sild.wings.attribution.actions import NewSeenTrait, redact_attribution, see_trait, unsee_trait
from sild.wings.attribution.commands import read_catalogue, take_catalogue
from sild.wings.attribution.reads import attribution_naming, catalogues, named, ranking_of, weighing_of
from sild.wings.attribution.rules import CatalogueKind, ambiguous
from tests.api.programs import program_of
from tests.beside import beside
from tests.cast import Cast
from tests.web.signed import account_on
from tests.wings.attribution.catalogue_files import GALAXY, GROUPS, bundle, written
from tests.wings.attribution.conftest import Opened
from tests.wings.attribution.test_evidence import source
from tests.wings.attribution.test_pages import page, sent

TOOLS = ("S0001", "S0002", "S0003", "S0004", "T0002")


@pytest.fixture
def known(opened: Opened, tmp_path: Path) -> Opened:
    """The case, and a catalogue that counts."""
    take_catalogue(opened.officer, written(tmp_path, bundle(), "groups.json"))
    return opened


def see(opened: Opened, saw: uuid.UUID, *traits: str) -> list[uuid.UUID]:
    return [see_trait(opened.deputy, opened.case, NewSeenTrait(source_id=saw, trait=one)) for one in traits]


def test_a_catalogue_is_replaced_as_one_act_and_the_older_counts_again_when_that_is_undone(opened: Opened, tmp_path: Path) -> None:
    first, fresh = take_catalogue(opened.officer, written(tmp_path, bundle(), "groups.json"))
    assert fresh and first.origin == "groups.json 7.1" and str(first.as_of) == "2026-01-05"
    assert (first.actors, first.traits, first.uses, first.ambiguous) == (GROUPS, 41 + 4 * GROUPS, 6 * GROUPS, 1)
    same, fresh = take_catalogue(opened.officer, tmp_path / "groups.json")
    assert not fresh and same.id == first.id
    second, fresh = take_catalogue(opened.officer, written(tmp_path, bundle("7.2"), "groups.json"))
    assert fresh and second.digest != first.digest
    replaced = last_act()
    assert replaced is not None
    assert [(one.release, one.current) for one in catalogues(opened.deputy)] == [("7.2", True), ("7.1", False)]
    assert catalogues(opened.cast.donor) == []
    undo(opened.officer, replaced, reason="not yet")
    assert [(one.release, one.current) for one in catalogues(opened.deputy)] == [("7.1", True)]


def test_a_file_that_is_no_catalogue_is_refused_in_a_line(opened: Opened, tmp_path: Path) -> None:
    for told, why in (
        ({"objects": []}, "no intrusion sets"),
        ({"values": [1]}, "no actors"),
        ([], "no intrusion sets"),
        ("x", "no intrusion"),
    ):
        with pytest.raises(Refused, match=why):
            read_catalogue(written(tmp_path, told, "x.json"))
    (tmp_path / "y.json").write_bytes(b"\xff{")
    with pytest.raises(Refused, match="not JSON"):
        read_catalogue(tmp_path / "y.json")
    with pytest.raises(Refused, match="cannot be read"):
        read_catalogue(tmp_path / "none.json")
    with pytest.raises(Refused, match="no parts"):
        read_catalogue(tmp_path)


def test_a_name_that_several_bear_shows_them_all_and_none_is_chosen(known: Opened, tmp_path: Path) -> None:
    assert not named(known.deputy, "Night Bird").found
    take_catalogue(known.officer, written(tmp_path, GALAXY, "names.json"))
    found = named(known.deputy, " night  BIRD")
    assert found.ambiguous and [(one.name, one.main) for one in found.found] == [("Grey Heron", False), ("Brown Owl", False)]
    assert [one.actor for one in named(known.deputy, "borne by two").found] == ["G0003", "G0004"]
    alone = named(known.deputy, "lone wolf")
    assert not alone.ambiguous and [(one.name, one.main) for one in alone.found] == [("Lone Wolf", True)]
    text = page(known.deputy, "attribution.catalogues", name="Night Bird")[1]
    assert "The desk chooses none of them" in text and "Grey Heron" in text and "Brown Owl" in text
    assert "No actor of these catalogues" in page(known.deputy, "attribution.catalogues", name="nobody")[1]


def test_the_names_of_the_shared_galaxy_that_several_actors_bear_are_all_told() -> None:
    new = read_catalogue(beside("data", "misp_galaxy", "clusters", "threat-actor.json"))
    assert new.kind is CatalogueKind.NAMES and len(new.content["actors"]) > 1000
    several = ambiguous(new.content)
    assert len(several) == 27 and {"nobelium", "andariel", "grizzly steppe"} <= set(several)


def test_a_case_without_a_catalogue_says_what_to_do_and_ranks_nothing(opened: Opened) -> None:
    found = ranking_of(opened.deputy, opened.case)
    assert found.verdict is None and found.catalogue is None and not found.ranked
    assert "sild import-catalogue FILE" in page(opened.deputy, "attribution.ranking", opened.case)[1]
    with pytest.raises(Refused, match="no catalogue"):
        see(opened, source(opened), "S0001")


def test_what_was_seen_is_ranked_and_a_source_that_repeats_another_changes_nothing(known: Opened) -> None:
    first = source(known)
    see(known, first, *TOOLS)
    found = ranking_of(known.deputy, known.case)
    assert found.verdict is Verdict.ONE_LEADS and found.faults == () and found.voices == 1
    assert found.ranked[0].actor == "G0001" and found.ranked[0].share > 0.9
    assert {one.hypothesis for one in found.ranked if not one.actor} == {Hypothesis.INSUFFICIENT, Hypothesis.FALSE_FLAG}
    assert [(one.leader, one.changes) for one in found.without_voice] == [("", True)]
    see(known, source(known, "A newspaper", stems_from=first), *TOOLS)
    again = ranking_of(known.deputy, known.case)
    assert again.voices == 1 and [(one.actor, one.share) for one in again.ranked] == [(one.actor, one.share) for one in found.ranked]
    see(known, source(known, "Another laboratory"), *TOOLS)
    more = ranking_of(known.deputy, known.case)
    assert more.voices == 2 and more.ranked[0].share > found.ranked[0].share


def test_what_the_catalogue_knows_from_the_cases_own_source_is_not_heard_twice(known: Opened) -> None:
    see(known, source(known, "report 1"), *TOOLS)
    found = ranking_of(known.deputy, known.case)
    assert found.own_uses == 6 and found.verdict is Verdict.INSUFFICIENT and found.known_traits == 0
    assert len(found.nobodys) == len(TOOLS)


def test_it_tells_leaders_apart_by_what_to_look_for_next(known: Opened) -> None:
    see(known, source(known), "S0001", "S0002", "S0005", "S0006")
    found = ranking_of(known.deputy, known.case)
    assert found.verdict is not Verdict.ONE_LEADS and found.looks
    assert {"S0003", "S0004", "S0007", "S0008"} & {one.trait for one in found.looks}
    assert "What would tell the leaders apart" in page(known.deputy, "attribution.ranking", known.case)[1]


def test_nothing_of_a_ranking_goes_into_the_hypotheses(known: Opened) -> None:
    see(known, source(known), *TOOLS)
    before = weighing_of(known.deputy, known.case)
    ranking_of(known.deputy, known.case)
    after = weighing_of(known.deputy, known.case)
    assert after == before and len(after.order) == 2 and all(one.standing for one in after.order)


def test_an_entry_is_taken_away_undone_kept_from_the_stale_and_from_those_outside(known: Opened) -> None:
    saw = source(known)
    [one] = see(known, saw, "s0001")
    for trait, why in (("S0001", "already"), ("T9999", "is not in groups.json")):
        with pytest.raises(Refused, match=why):
            see(known, saw, trait)
    with pytest.raises(NotThere):
        see(known, uuid.uuid4(), "S0002")
    with pytest.raises(NotThere):
        ranking_of(known.cast.donor, known.case)
    with pytest.raises(NotThere):
        unsee_trait(known.cast.donor, one, reason="why not")
    with pytest.raises(Stale):
        unsee_trait(known.deputy, one, version=7, reason="it was another")
    unsee_trait(known.deputy, one, version=1, reason="it was another")
    away = last_act()
    assert away is not None
    assert ranking_of(known.deputy, known.case).seen == ()
    undo(known.deputy, away, reason="it was it after all")
    assert [row.trait for row in ranking_of(known.deputy, known.case).seen] == ["S0001"]


def test_a_trait_that_a_newer_catalogue_lacks_stays_and_is_left_out(known: Opened, tmp_path: Path) -> None:
    see(known, source(known), *TOOLS)
    newer = bundle("8.0")
    newer["objects"] = [one for one in newer["objects"] if one.get("id") != "malware--S0001"]
    take_catalogue(known.officer, written(tmp_path, newer, "groups.json"))
    found = ranking_of(known.deputy, known.case)
    assert {one.trait for one in found.seen if not one.known} == {"S0001"} and found.known_traits == 4
    assert "not in this catalogue" in page(known.deputy, "attribution.ranking", known.case)[1]


def test_words_of_people_are_handed_out_and_erased(known: Opened) -> None:
    saw = source(known)
    see_trait(known.deputy, known.case, NewSeenTrait(source_id=saw, trait="S0001", note="told by Ann Example"))
    assert any(one.get("note") == "told by Ann Example" for one in attribution_naming(known.deputy, ["Ann Example"]))
    redact_attribution(known.officer, re.compile("Ann Example"), reason="asked for")
    assert "Ann Example" not in ranking_of(known.deputy, known.case).seen[0].note


def test_the_page_takes_what_was_seen_and_says_what_it_is_not(known: Opened) -> None:
    text = page(known.deputy, "attribution.ranking", known.case)[1]
    assert "Name the sources of the case" in text and "It names nobody" in text and "Nothing is ranked yet" in text
    saw = source(known)
    for trait in TOOLS:
        assert sent(known.deputy, "attribution.see", known.case, trait=f"{trait} name", source=str(saw), note="in the log")[0] == 302
    assert sent(known.deputy, "attribution.see", known.case, trait="", source=str(saw))[0] == 409
    assert sent(known.deputy, "attribution.see", known.case, trait="S0005", source="")[0] == 409
    text = page(known.deputy, "attribution.ranking", known.case)[1]
    assert "likeness, not attribution" in text and "name G0001" in text and "Counted a second time" in text and "false flag" in text
    assert page(known.cast.donor, "attribution.ranking", known.case)[0] == 404
    one = ranking_of(known.deputy, known.case).seen[0]
    assert sent(known.deputy, "attribution.unsee", one.id, version=1, reason="not seen")[0] == 302
    assert "Whom it is like" in page(known.deputy, "attribution.case", known.case)[1]


def test_a_program_reads_catalogues_names_and_the_ranking(cast: Cast, tmp_path: Path) -> None:
    take_catalogue(cast.officer, written(tmp_path, bundle(), "groups.json"))
    program = program_of("drill", "officer", account_on(cast.officer))

    def ask(method: str, path: str, body: object = None) -> Any:
        answer = program.ask(method, path, body)
        assert answer.status_code < 300, answer.content
        return json.loads(answer.content) if answer.content else None

    assert [(one["release"], one["current"]) for one in ask("GET", "/actor-catalogues")["rows"]] == [("7.1", True)]
    assert ask("GET", "/actor-names?name=borne%20by%20two")["ambiguous"] is True
    case = ask("POST", "/attribution-cases", {"title": "The mail", "readers": [], "reason": "asked"})["id"]
    where = f"/attribution-cases/{case}"
    saw = ask("POST", f"{where}/sources", {"name": "A laboratory", "reliability": "B"})["id"]
    assert ask("GET", f"{where}/ranking")["verdict"] is None
    made = [ask("POST", f"{where}/seen-traits", {"source": saw, "trait": one})["id"] for one in TOOLS]
    told = ask("GET", f"{where}/ranking")
    assert told["verdict"] == "one-leads" and told["ranked"][0]["actor"] == "G0001" and told["says"].endswith("it names nobody")
    ask("POST", f"/seen-traits/{made[0]}/removal", {"version": 1, "reason": "not seen"})
    assert len(ask("GET", f"{where}/ranking")["seen"]) == len(TOOLS) - 1
