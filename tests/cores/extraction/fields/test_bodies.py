"""Known bodies in every case, script and spelling; unknown ones with a readable English name; transliteration."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from sild.cores.extraction.fields.bodies import Body, BodyIndex, find_unknown
from sild.cores.extraction.fields.transliteration import kmu55, sound_key

TABLE: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "cases" / "bodies.yaml").read_text(encoding="utf-8"))
BODIES = [Body(row["name"], tuple(row["aliases"]), row["country"], row["kind"]) for row in TABLE["parties"]]
INDEX = BodyIndex(BODIES)


@pytest.mark.parametrize("row", [pytest.param(row, id=row["text"]) for row in TABLE["found"]])
def test_a_known_body_is_found_however_it_is_written(row: dict[str, Any]) -> None:
    found = INDEX.find(row["text"])
    assert [hit.name for hit in found] == row["names"]
    assert all(hit.known and row["text"][hit.start : hit.end] == hit.verbatim for hit in found)


@pytest.mark.parametrize("row", [pytest.param(row, id=row["text"]) for row in TABLE["unknown"]])
def test_an_unknown_body_has_a_readable_english_name(row: dict[str, Any]) -> None:
    found = find_unknown(row["text"])
    assert [hit.name for hit in found][:1] == [row["name"]]
    assert not found[0].known


@pytest.mark.parametrize("text", ["Le Service national d'Ukraine", "the State Service of Ukraine", "Державна служба України"])
def test_what_is_left_of_a_name_that_was_not_understood_is_no_body(text: str) -> None:
    assert find_unknown(text) == []


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.name)
def test_every_alias_of_the_list_resolves_to_its_own_body(body: Body) -> None:
    for alias in (body.name, *body.aliases):
        found = INDEX.resolve(alias, country=body.country)
        assert found is not None and found.name == body.name, alias


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Head of IT, Poltava Regional Military Administration", "Poltava Regional Military Administration"),
        ("office@poltava-ova.example", "Poltava Regional Military Administration"),
        ("<desk@lumencloud.example>", "Lumen Cloud GmbH"),
        ("it@moh-ua.example", "Ministry of Health of Ukraine"),
        ("Рівне (місто)", "Rivne City Council"),
        ("Рівне ІТ департамент", "Rivne City Council"),
        ("  ЧОКЛ № 2  ", "Cherkasy Regional Clinical Hospital No. 2"),
        ("Луцьк (місто)", "Lutsk City Council"),
        ("PL", "Poland"),
        ("EST", "Estonia"),
        ("US (CISA)", "United States"),
        ("Eesti Vabariik", "Estonia"),
        ("Полтавська область", "Poltava Regional Military Administration"),
        ("Brightwater Labs", "Brightwater Labs"),
    ],
)
def test_a_cell_or_sender_names_one_body(cell: str, name: str) -> None:
    found = INDEX.resolve(cell)
    assert found is not None and found.name == name
    assert cell[found.start : found.end] == found.verbatim


@pytest.mark.parametrize("cell", ["", "   ", "—", "@", "a@b", "разом 15 позицій.", "потрібні ноутбуки"])
def test_a_cell_without_a_name_names_nobody(cell: str) -> None:
    assert INDEX.resolve(cell) is None


def test_a_shared_abbreviation_goes_to_the_writers_country() -> None:
    assert [hit.name for hit in INDEX.find("the CEC results transmission", country="MD")] == ["Central Electoral Commission of Moldova"]
    assert [hit.name for hit in INDEX.find("the CEC results transmission")] == ["Central Election Commission of Ukraine"]
    assert [hit.name for hit in INDEX.find("EDR for the MoH", country="MD")] == ["Ministry of Health of Moldova"]


def test_a_state_inside_another_bodys_name_is_not_named() -> None:
    assert [hit.name for hit in INDEX.find_all("Ministry of Foreign Affairs of Poland")] == ["Ministry of Foreign Affairs of Poland"]


def test_an_adjective_only_hints_at_a_state() -> None:
    (hint,) = INDEX.find("a Polish donation")
    assert hint.name == "Poland" and hint.score < 0.5


def test_a_count_of_two_letter_things_is_no_body() -> None:
    index = BodyIndex([Body("Ministry of Foreign Affairs of Estonia", ("VM",), "EE", "donor-state")])
    assert index.find("40 VM with 8 cores") == []
    assert [hit.name for hit in index.find("kiri VM asekantslerilt")] == ["Ministry of Foreign Affairs of Estonia"]


def test_an_empty_list_knows_nobody() -> None:
    assert BodyIndex([]).find("Полтавська ОВА") == []


@pytest.mark.parametrize(
    ("ukrainian", "latin"),
    [
        ("Вінниця", "Vinnytsia"),
        ("Згорани", "Zghorany"),
        ("Юрій", "Yurii"),
        ("Їжакевич", "Yizhakevych"),
        ("Знам'янка", "Znamianka"),
        ("Щербухи", "Shcherbukhy"),
        ("Єнакієве", "Yenakiieve"),
        ("Короп'є", "Koropie"),
        ("ХОКЛ", "KHOKL"),
        ("Laptop 5", "Laptop 5"),
    ],
)
def test_transliteration_follows_resolution_55(ukrainian: str, latin: str) -> None:
    assert kmu55(ukrainian) == latin


@pytest.mark.parametrize(
    "spellings", [("Харків", "Kharkiv", "Kharkov", "Charków", "Harkiv"), ("Слобожан", "Slobozhan", "Słobożan", "Slobožan")]
)
def test_the_spellings_of_a_name_share_a_sound(spellings: tuple[str, ...]) -> None:
    assert len({sound_key(word) for word in spellings}) == 1
