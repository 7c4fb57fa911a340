"""Days with their roles, urgency, markings, references, conditions, channel and language."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from sild.cores.extraction.fields.conditions import find_channel, find_conditions
from sild.cores.extraction.fields.dates import find_dates
from sild.cores.extraction.fields.languages import language_of
from sild.cores.extraction.fields.markings import find_classification_line, find_marking
from sild.cores.extraction.fields.references import find_reference
from sild.cores.extraction.fields.urgency import find_urgency
from sild.values.marking import Marking

SENT = date(2026, 1, 20)


def cases(name: str) -> list[Any]:
    rows = yaml.safe_load((Path(__file__).parent / "cases" / f"{name}.yaml").read_text(encoding="utf-8"))
    return [pytest.param(row, id=row["text"][:40]) for row in rows]


@pytest.mark.parametrize("row", cases("dates"))
def test_a_day_is_read_with_the_role_its_words_give(row: dict[str, Any]) -> None:
    found = find_dates(row["text"], SENT)
    if row["day"] is None:
        assert found == []
    else:
        assert found and (found[0].day, found[0].role) == (row["day"], row["role"])


def test_a_stretch_of_months_has_a_first_and_a_last_day() -> None:
    first, last = find_dates("entre février et juin 2026", SENT)
    assert (first.day, first.role) == (date(2026, 2, 1), "available-from")
    assert (last.day, last.role) == (date(2026, 6, 30), "available-until")


@pytest.mark.parametrize("row", cases("stretches"))
def test_a_stretch_of_availability_has_its_ends(row: dict[str, Any]) -> None:
    found = {hit.role: hit.day for hit in find_dates(row["text"], SENT)}
    assert (found.get("available-from"), found.get("available-until")) == (row["first"], row["last"])


def test_an_impossible_day_is_no_day() -> None:
    assert find_dates("до 31.02.2026", SENT) == []
    assert find_dates("by 45 March", SENT) == []


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("ТЕРМІНОВО! нам потрібні ДБЖ", "high"),
        ("TЕРМІНОВО", "high"),  # a Latin T among Cyrillic letters
        ("потрібна команда ЗАРАЗ", "critical"),
        ("нам критично потрібне сховище", "critical"),
        ("це дуже горить", "high"),
        ("висока", "high"),
        ("середня", "normal"),
        ("низький", "low"),
        ("SOS", "critical"),
        ("please answer asap", "high"),
        ("priority: high", "high"),
        ("this is not urgent", "low"),
        ("kiireloomuline palve", "high"),
        ("olukord on väga kiireloomuline", "critical"),
        ("das ist sehr dringend", "critical"),
        ("дуже терміново потрібні", "critical"),
        ("this is very urgent", "critical"),
        ("bardzo pilna prośba", "critical"),
        ("une demande très urgente", "critical"),
        ("not very urgent", "low"),
        ("nicht dringend", "low"),
        ("tulikiire", "critical"),
        ("pilne potrzeby", "high"),
        ("wir bitten dringend um Hilfe", "high"),
        ("besoin urgent de routeurs", "high"),
        ("brådskande behov", "high"),
        ("висока якість звуку", None),
        ("high-speed links", None),
        ("просимо десять ноутбуків", None),
    ],
)
def test_urgency_is_what_the_words_say(text: str, level: str | None) -> None:
    found = find_urgency(text)
    assert (found.level if found else None) == level


@pytest.mark.parametrize(
    ("text", "marking"),
    [
        ("TLP:AMBER", Marking.AMBER),
        ("прохання дотримуватись TLP: RED", Marking.RED),
        ("tlp amber+strict", Marking.AMBER_STRICT),
        ("TLP:GREEN inside, TLP:AMBER above", Marking.AMBER),
        ("TLP:WHITE", Marking.CLEAR),
        ("amber lamp", None),
    ],
)
def test_the_highest_tlp_label_counts(text: str, marking: Marking | None) -> None:
    found = find_marking(text)
    assert (found.marking if found else None) == marking


@pytest.mark.parametrize(
    "line",
    [
        "ТАЄМНО",
        "Цілком таємно",
        "Для службового користування",
        "NATO RESTRICTED",
        "SECRET UE/EU SECRET",
        "VS - NUR FÜR DEN DIENSTGEBRAUCH",
        "TRÈS SECRET",
        "ZASTRZEŻONE",
        "ASUTUSESISESEKS KASUTAMISEKS",
        "OFFICIAL-SENSITIVE",
        "Для службового користування прим. № 2",
    ],
)
def test_a_line_that_is_only_a_classification_seals(line: str) -> None:
    assert find_classification_line(f"Лист\n{line}\nтекст листа") == line


@pytest.mark.parametrize(
    "text", ["маємо допуск до NATO RESTRICTED", "це вже не таємно", "the secret is out", "Secret", "тема: державна таємниця"]
)
def test_a_mere_mention_of_secrecy_is_no_marking_line(text: str) -> None:
    assert find_classification_line(text) is None


@pytest.mark.parametrize(
    ("text", "number", "role"),
    [
        ("Листом від 04.12.2025 № 21-03/1177/2-25 інформуємо", "21-03/1177/2-25", "own"),
        ("10.11.2025 № 05/02-4410", "05/02-4410", "own"),
        ("Our ref: KX-77/2026", "KX-77/2026", "own"),
        ("No. 512/17-212-99204", "512/17-212-99204", "own"),
        ("у відповідь на лист № 11-22/345", "11-22/345", "recalled"),
        ("znak pisma: DC-WWM.072.15", "DC-WWM.072.15", "own"),
        ("Az. 45-12/26", "45-12/26", "own"),
        ("Réf. 2026/112-B", "2026/112-B", "own"),
        ("Dnr 2026-01234", "2026-01234", "own"),
    ],
)
def test_the_number_of_a_letter_is_read(text: str, number: str, role: str) -> None:
    assert [(found.number, found.role) for found in find_reference(text)] == [(number, role)]


@pytest.mark.parametrize("text", ["лікарня № 4", "від 15.02.2026", "24/7", "12 laptops", "GB/day"])
def test_other_numbers_are_no_references(text: str) -> None:
    assert [found for found in find_reference(text) if found.confidence > 0.5] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("лише для цивільних користувачів", "civil-only"),
        ("Our insurers insist that no armed forces are among the users", "civil-only"),
        ("Abgabe nur an zivile Stellen", "civil-only"),
        ("ainult tsiviilasutustele", "civil-only"),
        ("wyłącznie do celów cywilnych", "civil-only"),
        ("sans réexportation possible", "no-re-export"),
        ("an export permit is needed", "needs-export-licence"),
        ("zweckgebunden für den Energiesektor", "category-earmark"),
        ("for municipalities of Poltava oblast only", "region:Poltava"),
        ("лише для Сумської області", "region:Sumy"),
        ("донор хоче залишитися анонімним", "anonymous-donor"),
        ("warunkiem jest szkolenie operatorów", "training-required"),
        ("odbiór własny", "on-site-only"),
    ],
)
def test_a_condition_has_its_stable_code(text: str, code: str) -> None:
    assert code in [found.code for found in find_conditions(text)]


@pytest.mark.parametrize("row", cases("conditions"))
def test_the_conditions_of_the_table_are_read(row: dict[str, Any]) -> None:
    assert row["code"] in [found.code for found in find_conditions(row["text"])]


@pytest.mark.parametrize("text", ["просимо десять ноутбуків", "no export licence needed", "ten generators for Odesa region"])
def test_no_condition_is_seen_where_none_is_stated(text: str) -> None:
    assert find_conditions(text) == []


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("двадцять рацій для підрозділу тероборони", "military"),
        ("radios for the 77th brigade", "military"),
        ("для військової частини", "military"),
        ("dla brygady", "military"),
        ("потрібні 12 радіостанцій, канал військовий", "military"),
        ("please use the military channel", "military"),
        ("not for the military channel", None),
        ("Полтавська обласна військова адміністрація просить", None),
        ("Kherson Regional Military Administration", None),
        ("Сумська ОВА", None),
        ("не для збройних сил", None),
        ("для бригад екстреної допомоги", None),
        ("десять серверів для лікарні", None),
    ],
)
def test_armed_forces_are_told_from_military_administrations(text: str, channel: str | None) -> None:
    assert find_channel(text) == channel


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Просимо надати десять ноутбуків", "uk"),
        ("нужны ещё сервера, сейчас копий нет", "ru"),
        ("We kindly ask for ten laptops for the hospital", "en"),
        ("Palume kümmet sülearvutit haiglale", "et"),
        ("Prosimy o dziesięć laptopów dla szpitala", "pl"),
        ("Wir bitten um zehn Laptops für das Krankenhaus", "de"),
        ("Nous demandons dix ordinateurs portables pour l'hôpital", "fr"),
        ("Vi ber om tio bärbara datorer till sjukhuset", "sv"),
    ],
)
def test_the_language_of_a_sentence_is_told(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_text_without_letters_has_the_language_of_its_surroundings() -> None:
    assert language_of("12 / 34", default="et") == "et"
    assert language_of("") == "en"


@pytest.mark.parametrize("text", ["до 1 червня", "by 1 June", "in two weeks", "until the end of next month", "bis Ende März", "4 to 8 May"])
def test_a_day_without_a_year_is_unknown_where_the_message_has_no_day(text: str) -> None:
    assert find_dates(text, None) == []
    assert find_dates(text, date(1970, 1, 1)) == []
    assert find_dates(text, SENT)


def test_a_day_with_its_year_needs_no_day_of_the_message() -> None:
    assert [found.day for found in find_dates("з 1 березня 2026 до 30.06.2026", None)] == [date(2026, 3, 1), date(2026, 6, 30)]


@pytest.mark.parametrize(
    "text", ["from 4 to 8 May 2026", "4.\u20138. Mai 2026", "з 4 по 8 травня 2026", "available from 4 May until 8 May 2026"]
)
def test_both_ends_of_a_stretch_are_read(text: str) -> None:
    found = [(hit.day, hit.role) for hit in find_dates(text, SENT)]
    assert found == [(date(2026, 5, 4), "available-from"), (date(2026, 5, 8), "available-until")]


@pytest.mark.parametrize(
    "text", ["civil and military bodies may use it", "We are a military hospital and have no laptops", "civilians and students alike"]
)
def test_words_of_forces_and_civilians_alone_are_no_condition(text: str) -> None:
    assert find_conditions(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("28.01.2026 № 77", "77"),
        ("Вих. №77 від 28.01.2026", "77"),
        ("Kuupäev 03.02.2026 nr 5", "5"),
        ("Pismo nr 8 z dnia 3 lutego 2026 r.", "8"),
        ("№ 12/3-45", "12/3-45"),
        ("Az.: 12-3/45", "12-3/45"),
    ],
)
def test_a_short_number_is_a_letter_s_where_its_day_or_its_form_says_so(text: str, number: str) -> None:
    assert [found.number for found in find_reference(text)] == [number]


@pytest.mark.parametrize("text", ["лікарня № 4", "школа № 12 від міста", "Протокол № 27 зустрічі, 30 січня 2026", "12.03.2026", "№ 8"])
def test_a_day_or_the_number_of_a_school_is_no_letter_s_number(text: str) -> None:
    assert find_reference(text) == []


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("det brådskar", "high"),
        ("na wczoraj", "critical"),
        ("не терпить зволікання", "high"),
        ("umgehend", "high"),
        ("hädasti vaja", "high"),
        ("kein Eilbedarf", "low"),
        ("eilt nicht", "low"),
        ("Пріоритет цієї заявки оцінюємо як високий.", "high"),
        ("The urgency of these items is low.", "low"),
        ("Ситуація критична, чекаємо на відповідь", "critical"),
        ("Die Lage ist kritisch", "critical"),
        ("kõrge prioriteediga", "high"),
        ("sprawa ma wysoki priorytet", "high"),
    ],
)
def test_urgency_is_read_in_every_language(text: str, level: str) -> None:
    found = find_urgency(text)
    assert found is not None and found.level == level
