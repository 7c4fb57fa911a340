"""Longer letters of invention, one or more per language, with what a careful clerk takes from them."""

from __future__ import annotations

from typing import Any


def brief(extraction: Any) -> list[tuple[Any, ...]]:
    return [(line.kind, line.category, None if line.quantity is None else int(line.quantity)) for line in extraction.lines]


def test_a_german_letter_with_thanks_a_list_and_a_deadline(desk: Any) -> None:
    read = desk.mail(
        "Sehr geehrte Damen und Herren,",
        "wir danken für die Lieferung der 20 Router im November. Für das erste Halbjahr melden wir folgenden Bedarf an:",
        "- 15 Industrie-Firewalls für die Pumpwerke,",
        "- eine Schulung für acht Leitstellenmitarbeiter,",
        "Die Firewalls werden bis Ende April benötigt.",
    )
    assert brief(read) == [("request", "ot-security", 15), ("request", "training", 8)]
    assert [str(line.needed_by) for line in read.lines] == ["2026-04-30", "None"]


def test_a_french_letter_that_asks_and_takes_back(desk: Any) -> None:
    read = desk.mail(
        "Nous vous prions de bien vouloir nous fournir trois onduleurs de 10 kVA ainsi qu'un groupe électrogène d'au moins 50 kW.",
        "En revanche, les tablettes demandées en octobre ne sont plus nécessaires.",
    )
    assert brief(read) == [
        ("request", "power-continuity", 3),
        ("request", "power-continuity", 1),
        ("withdrawal", "end-user-devices", None),
    ]


def test_an_estonian_offer_with_money_among_things(desk: Any) -> None:
    read = desk.mail(
        "Norland saab Ukrainale anda järgmist:",
        "- 50 sülearvutit, kättesaadavad alates 15. märtsist",
        "- 200 000 eurot satelliitside teenustasudeks",
        "- kaks küberturbe eksperti kolmeks kuuks",
        sender="Norland",
    )
    assert brief(read) == [
        ("offer", "end-user-devices", 50),
        ("offer", "satellite-connectivity", None),
        ("offer", "expert-secondment", 2),
    ]
    assert str(read.lines[0].available_from) == "2026-03-15"
    assert read.lines[1].value is not None and read.lines[1].value.currency == "EUR"


def test_a_polish_list_and_what_somebody_else_gave(desk: Any) -> None:
    read = desk.mail(
        "Po ataku potrzebujemy:",
        "- macierzy dyskowej o pojemności ok. 30 TB na kopie zapasowe,",
        "- 350 licencji oprogramowania EDR,",
        "Zasilacze UPS otrzymaliśmy już od fundacji, dziękujemy.",
    )
    assert brief(read) == [("request", "backup-storage", 30), ("request", "endpoint-protection", 350)]


def test_a_ukrainian_letter_numbers_its_asks_and_bears_a_number(desk: Any) -> None:
    read = desk.mail(
        "По-перше, місту потрібні 2 міжмережеві екрани з підпискою на три роки. По-друге, просимо провести зовнішній аудит порталу послуг.",
        "Сервери нам уже пообіцяли, тому в цьому листі ми про них не просимо.",
        subject="Лист № 01-12/345 від 30.01.2026",
    )
    assert brief(read) == [("request", "network-security", 2), ("request", "security-assessment", 1)]
    assert {line.reference for line in read.lines} == {"01-12/345"}


def test_a_giver_who_offers_and_passes_on_a_need(desk: Any) -> None:
    read = desk.mail(
        "We've got 8 volunteers ready to help with incident response. A member company wants to give away 120 YubiKeys.",
        "Brody Central Hospital told us they urgently need a mail filter for 400 mailboxes; can anyone help?",
        sender="Lantern Foundation",
    )
    assert [(line.kind, line.category, line.beneficiary, line.provider) for line in read.lines] == [
        ("offer", "incident-response", None, "Lantern Foundation"),
        ("offer", "identity-access", None, "Lantern Foundation"),
        ("request", "email-security", "Brody Central Hospital", None),
    ]
    assert read.lines[2].urgency == "high"
