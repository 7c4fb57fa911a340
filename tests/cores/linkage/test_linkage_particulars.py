"""What tells two asks of one body for one thing apart: town, numbered place, year, size of the machine, deal; and what is no name."""

from __future__ import annotations

from typing import Any

import pytest

from sild.cores.linkage.method.comparisons import levels
from sild.cores.linkage.method.kin import Kin
from sild.cores.linkage.method.pair import Pair
from sild.cores.linkage.method.reading import Reading, read

from .lines import line, problem

KIN = Kin(problem())
HOSPITAL = {"beneficiary": "Uman Regional Hospital", "sent_by": "Uman Regional Hospital"}


def reading(evidence: str, name: str = "a", **told: Any) -> Reading:
    return read(line(name, **(HOSPITAL | told), evidence=evidence), KIN, "need")


def told(one: str, other: str, **both: Any) -> dict[str, str]:
    return levels(Pair(reading(one, "a", **both), reading(other, "b", **(both | {"day": 3})), KIN))


@pytest.mark.parametrize(
    ("one", "other", "comparison", "level"),
    [
        ("200 licences for 2026", "200 ліцензій на 2027 рік", "period", "other"),
        ("200 licences for 2027", "200 ліцензій на наступний рік", "period", "same"),
        ("лист від 12 січня 2026 року", "licences for 2027", "period", "unknown"),
        ("генератор на 100 кВт", "a 5 kW generator", "rating", "other"),
        ("генератор на 100 кВт", "a generator of 110 kVA", "rating", "same"),
        ("48-port switches", "комутатори на 24 порти", "rating", "other"),
        ("laptops for school No. 12", "ноутбуки для школи № 14", "serial", "other"),
        ("PCs for building A", "комп'ютери в корпус Б", "serial", "other"),
        ("our letter No. 12", "школа № 14", "serial", "unknown"),
        ("terminals for Kherson", "термінали для Сум", "place", "other-named"),
        ("terminals for Kherson", "термінали для Херсона", "place", "same-named"),
        ("four firewalls", "renewal of the licences of four firewalls", "deal", "only-one"),
        ("laptops for the hospital's staff", "ноутбуки для медсестер", "purpose", "whole-and-part"),
        ("UPS for the pharmacy", "ДБЖ для банку крові", "purpose", "clash"),
    ],
)
def test_what_tells_two_asks_apart_is_compared_in_any_language(one: str, other: str, comparison: str, level: str) -> None:
    assert told(one, other)[comparison] == level


def test_what_a_line_counts_is_its_quantity_and_no_size_and_its_own_body_is_no_place() -> None:
    storage = reading("60 TB of storage for Uman", quantity=60, unit="TB").particulars
    assert not storage.sizes and not storage.towns
    assert reading("12 servers with 4 TB each", quantity=12, unit="server").particulars.sizes == {("capacity", 4.0)}


def test_a_word_that_opens_a_sentence_or_a_heading_is_no_name() -> None:
    assert reading("Потрібна допомога. Що робити?", subject="Що далі").names == frozenset()
    assert "starl" in reading("просимо термінали Starlink").names


def test_two_lines_of_one_message_stay_two_needs_and_what_asks_for_itself_is_kept_apart() -> None:
    found = told("satellite terminals; the water utility has its own request", "термінали для водоканалу")
    assert found["aside"] in ("names-the-other-as-another", "names-the-other-s-body")
    assert told("30 laptops for nurses", "30 laptops for guards", message="one")["message"] == "one-message"
