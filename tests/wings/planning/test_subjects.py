"""What an offer speaks of, in any language, and whether that is what a need asks for."""

from __future__ import annotations

import pytest

from sild.wings.planning.reads.subjects import speaks_of, subject_of


@pytest.mark.parametrize(
    ("offer", "need", "fits"),
    [
        (("power-continuity", "20 kW diesel generators"), ("power-continuity", "дизельні генератори"), True),
        (("power-continuity", "UPS units"), ("power-continuity", "дизельні генератори"), False),
        (("end-user-devices", "sülearvutid"), ("end-user-devices", "laptops for judges"), True),
        (("end-user-devices", "tablets"), ("end-user-devices", "laptops for judges"), False),
        (("end-user-devices", "equipment of some kind"), ("end-user-devices", "laptops"), True),
        (("training", "phishing awareness course"), ("training", "навчання з протидії фішингу"), True),
        (("training", "ICS security course"), ("training", "навчання з протидії фішингу"), False),
        (("training", "a course"), ("training", "навчання з протидії фішингу"), False),
        (("software-licences", "EDR licences"), ("endpoint-protection", "захист кінцевих точок (EDR)"), True),
        (("software-licences", "office licences"), ("endpoint-protection", "захист кінцевих точок (EDR)"), False),
        (("satellite-connectivity", "terminals"), ("power-continuity", "generators"), False),
    ],
)
def test_an_offer_serves_a_need_of_the_same_thing(offer: tuple[str, str], need: tuple[str, str], fits: bool) -> None:
    assert speaks_of(subject_of(offer[0], [offer[1]]), subject_of(need[0], [need[1]])) is fits


def test_a_subject_is_what_half_of_the_telling_lines_name() -> None:
    subject = subject_of("end-user-devices", ["150 laptops", "ноутбуки для ЦНАП", "something else", "tablets"])
    assert subject.named == {"laptop"}
    assert subject.label == "end-user-devices (laptop)"
