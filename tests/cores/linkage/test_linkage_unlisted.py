"""Bodies that no register lists: known by their names alone, in any language, and never taken for their neighbours."""

from __future__ import annotations

from typing import Any

import pytest

from sild.cores.linkage import Body, Line, LinkageProblem, check, link
from sild.cores.linkage.method.kin import Kin

from .lines import line, problem

LAPTOPS: dict[str, Any] = {"category": "end-user-devices", "quantity": 137, "unit": "laptop"}
RESCUE_UK, RESCUE_EN = "Річкова служба порятунку", "River Rescue Service"


def together(*lines: Line, bodies: tuple[Body, ...] = ()) -> bool:
    asked = LinkageProblem(lines=lines, bodies=bodies)
    answer = link(asked)
    assert check(asked, answer) == ()
    return len(answer.clusters) == 1


def test_a_body_named_in_two_languages_is_one_where_thing_and_number_agree() -> None:
    own = line(
        "own", 0, item="137 ноутбуків", evidence="просимо 137 ноутбуків", beneficiary=RESCUE_UK, sent_by=RESCUE_UK, language="uk", **LAPTOPS
    )
    told = {"item": "137 laptops", "evidence": "they ask for 137 laptops", "language": "en", "sent_by": "Embassy of Ukraine in Latvia"}
    assert together(own, line("relay", 6, beneficiary=RESCUE_EN, **told, **LAPTOPS))
    other_number = {**LAPTOPS, "quantity": 60}
    assert not together(own, line("relay", 6, beneficiary=RESCUE_EN, **told, **other_number))


def test_one_text_under_two_names_of_a_body_is_one_ask() -> None:
    text = {"item": "137 laptops", "evidence": "for our crews on the river we ask for 137 laptops", "language": "en"}
    own = line("own", 0, beneficiary=RESCUE_EN, sent_by=RESCUE_EN, **text, **LAPTOPS)
    assert together(own, line("copy", 6, beneficiary="Water Saving Corps", sent_by="Water Saving Corps", **text, **LAPTOPS))


def test_a_giver_and_its_parliament_meet_though_the_register_lists_neither() -> None:
    gift: dict[str, Any] = {"kind": "offer", "category": "ot-security", "item": "grant for the security of pumping stations"}
    whole = line(
        "whole", 0, provider="Finance Committee of the Folketing of Zealandia", evidence="EUR 400 000 for pumping stations", **gift
    )
    short = line("short", 5, provider="Zealandia", evidence="EUR 400 000 for pumping stations", **gift)
    assert together(whole, short)


def test_two_councils_of_one_kind_are_strangers_whatever_else_the_listed_one_is_called() -> None:
    listed = Body(id="Town Council of Uman", names=("UTC", "Уманська рада", "Umani linnavolikogu"))
    kin = Kin(LinkageProblem(lines=(), bodies=(listed,)))
    assert kin.level("Town Council of Rivne", listed.id) == "stranger"
    assert kin.level("Umanska rada", listed.id) == "alike"


@pytest.mark.parametrize("name", ["", "?!", "Council", "the of and", "\x00", "Ж" * 3000])
def test_a_name_that_tells_nothing_is_like_no_other(name: str) -> None:
    assert Kin(problem()).like([name, RESCUE_EN, RESCUE_UK])[name] == ()


def test_a_word_that_very_many_names_share_brings_nobody_together() -> None:
    names = [f"Varta {number} Guard" for number in range(500)]
    assert set(Kin(problem()).like(names).values()) == {()}


def test_a_name_is_tried_under_a_few_others_only() -> None:
    names = [
        f"Oserednia {end}"
        for end in ("Hromada", "Громада", "Community", "kogukond", "gmina", "kommun", "gemeinde", "spilnota", "tg", "otg")
    ]
    assert max(map(len, Kin(problem()).like(names).values())) <= 6
