"""What was forwarded, and until when offers stand, as comparisons of their own."""

from __future__ import annotations

from datetime import date
from typing import Any

from sild.cores.linkage import explain

from .lines import line, problem

ASKED: dict[str, Any] = {
    "category": "ot-security",
    "quantity": 19,
    "unit": "sensor",
    "beneficiary": "Berdychiv Water Utility",
    "sent_by": "Berdychiv Water Utility",
    "evidence": "19 sensors for pumping stations",
}
GIVEN: dict[str, Any] = {"kind": "offer", "evidence": "50 switches", "quantity": 50, "provider": "Latgale Networks SIA"}


def levels(early: dict[str, Any], late: dict[str, Any], day: int = 20) -> dict[str, str]:
    asked = problem(line("early", **early), line("late", day, **late))
    return {reason.comparison: reason.level for reason in explain("early", "late", asked)}


def test_what_an_office_forwards_is_told_by_another_voice_than_its_author() -> None:
    again = levels(ASKED, ASKED)
    assert (again["voice"], again["relay"]) == ("same-voice", "unknown")
    forwarded = levels(ASKED, ASKED | {"relayed_by": "Ministry of Water of Ukraine"})
    assert (forwarded["voice"], forwarded["relay"]) == ("other-voice", "forwarded-from")


def test_two_letters_through_one_office_are_told_from_those_through_two() -> None:
    first = ASKED | {"relayed_by": "Ministry of Water of Ukraine"}
    own = ASKED | {"sent_by": "Ministry of Water of Ukraine"}
    assert levels(first, own)["relay"] == "one-office"
    assert levels(first, ASKED | {"sent_by": "Uman Regional Hospital", "relayed_by": "Latvia"})["relay"] == "other-offices"


def test_offers_are_compared_by_when_they_stand() -> None:
    spring = GIVEN | {"available_from": date(2026, 3, 1), "available_until": date(2026, 4, 30)}
    assert levels(spring, spring)["deadline"] == "stands-as-long"
    autumn = GIVEN | {"available_from": date(2026, 9, 1), "available_until": date(2026, 10, 31)}
    assert levels(spring, autumn)["deadline"] == "one-after-the-other"
    assert levels(spring, autumn | {"kind": "update"})["deadline"] == "unknown"
    assert levels(spring, GIVEN)["deadline"] == "unknown"
