"""What a text is about, in any language, and which categories are neighbours."""

from __future__ import annotations

import pytest

from sild.cores.linkage import about, neighbours


@pytest.mark.parametrize(
    "text", ["diesel generators 20 kW", "дизельні генератори", "diiselgeneraatorid", "agregaty prądotwórcze", "Dieselgeneratoren"]
)
def test_a_thing_is_one_thing_in_every_language(text: str) -> None:
    assert about(text).heads == {"generator"}


def test_a_course_about_firewalls_asks_for_a_course() -> None:
    told = about("a course about firewalls")
    assert told.heads == {"training"}
    assert told.things == {"firewall"}


@pytest.mark.parametrize("text", ["phishing awareness course", "навчання з протидії фішингу"])
def test_the_topic_of_a_course_is_told_apart_from_the_course(text: str) -> None:
    assert about(text).topics == {"phishing"}


@pytest.mark.parametrize("text", ["", "   ", "?!…", "something of some kind", "\x00\ud800", "и" * 100_000])
def test_a_text_that_names_nothing_is_about_nothing(text: str) -> None:
    told = about(text)
    assert not (told.heads or told.things or told.topics)


def test_neighbours_are_mutual_and_no_category_is_its_own() -> None:
    assert neighbours("software-licences", "endpoint-protection")
    assert neighbours("endpoint-protection", "software-licences")
    assert not neighbours("training", "training")
    assert not neighbours("training", "power-continuity")
    assert not neighbours("no such category", "training")
