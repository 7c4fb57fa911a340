"""Files that come in: each fault is named by line and column, or by key, and nothing of a faulty file is taken."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sild import sample
from sild.kernel.refusals import Refused
from sild.wings.parties.public import read_mechanism, read_parties, read_yaml

HEADING = "canonical_name,names_uk,names_en,country,kind,sector\n"
GOOD = "Lviv City Council,Львівська міська рада; ЛМР,Lviv municipality,UA,recipient-body,local government\n"


def test_the_sample_file_is_read_with_all_its_aliases() -> None:
    rows = read_parties(sample.PARTIES.read_bytes(), "parties.csv")
    [council] = [row for row in rows if row.name == "Lviv City Council"]
    assert len(rows) == 87
    assert ("uk", "ЛМР") in council.aliases
    assert {language for language, _ in council.aliases} >= {"uk", "en", "et", "pl"}


ABOVE = HEADING.replace("sector", "sector,parent")


def test_a_parent_is_read_whether_it_stands_above_or_below_in_the_file() -> None:
    clinic, ministry = "Clinic,,,UA,recipient-body,health,Ministry\n", "Ministry,,,UA,recipient-body,health,\n"
    for text in (clinic + ministry, ministry + clinic):
        assert {row.name: row.parent for row in read_parties((ABOVE + text).encode(), "p.csv")} == {"Clinic": "Ministry", "Ministry": ""}


def test_a_file_without_parents_names_none() -> None:
    assert {row.parent for row in read_parties((HEADING + GOOD).encode(), "p.csv")} == {""}


def test_a_long_way_up_is_walked_once() -> None:
    rows = "".join(f"B{number},,,UA,recipient-body,health,B{number + 1}\n" for number in range(20_000))
    with pytest.raises(Refused, match="'B20000' is no canonical_name") as refusal:
        read_parties((ABOVE + rows).encode(), "p.csv")
    assert "more" not in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is empty"),
        (ABOVE + "Y,,,UA,recipient-body,health,Nobody\n", "line 2, parent: 'Nobody' is no canonical_name of this file"),
        (ABOVE + "Y,,,UA,recipient-body,health,Y\n", "line 2, parent: 'Y' leads back to 'Y'"),
        (
            ABOVE + "X,,,UA,recipient-body,health,Y\nY,,,UA,recipient-body,health,X\n",
            "line 2, parent: 'Y' leads back to 'X'; a party cannot stand above itself",
        ),
        (ABOVE + f"Y,,,UA,recipient-body,health,{'h' * 301}\n", "line 2, parent: is longer than 300"),
        ("name,country,kind,sector\n", "line 1: the column canonical_name is missing"),
        (HEADING + "X,,,UA,recipient-body\n", "line 2: has 5 cells, the heading 6"),
        (HEADING + ",,,UA,recipient-body,health\n", "line 2, canonical_name: is empty"),
        (HEADING + GOOD + "Y,,,UA,hospital,health\n", "line 3, kind: 'hospital' is none of"),
        (HEADING + "Y,,,Ukraine,recipient-body,health\n", "line 2, country: 'Ukraine'"),
        (HEADING + GOOD + GOOD, "line 3, canonical_name: 'Lviv City Council' stands already in line 2"),
        (HEADING + "Y\x00,,,UA,recipient-body,health\n", "line 2: holds a control character"),
        (HEADING + f"Y,,,UA,recipient-body,{'h' * 81}\n", "line 2, sector: is longer than 80"),
        (HEADING + '"Y,,,UA,recipient-body,health\n', "not a well-formed CSV"),
    ],
)
def test_a_fault_is_named_by_line_and_column(text: str, told: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_parties(text.encode(), "parties.csv")
    assert told in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_bytes_that_are_not_utf8_are_refused_with_the_line() -> None:
    with pytest.raises(Refused, match="line 2: is not UTF-8"):
        read_parties(HEADING.encode() + "Львів".encode("koi8-u"), "parties.csv")


def test_many_faults_are_told_at_once_and_cut_at_ten() -> None:
    rows = "".join(f"B{number},,,UA,nothing,health\n" for number in range(30))
    with pytest.raises(Refused, match="and 20 more"):
        read_parties((HEADING + rows).encode(), "parties.csv")


def test_the_mechanism_that_comes_with_the_desk_is_no_exercise() -> None:
    spec = read_mechanism(sample.DEFAULT_MECHANISM.read_bytes(), "default-mechanism.yaml")
    assert not spec.exercise
    assert spec.secretariat.slug == "secretariat"


def changed(old: str, new: str) -> bytes:
    text = Path(sample.DEFAULT_MECHANISM).read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new, 1).encode()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("exercise: false", "exercize: false", "exercize: is not a key of this file"),
        ("severity: 3", "sverity: 3", "priority: 'sverity' is none of"),
        ("severity: 3", "severity: -3", "priority: a weight is below 0"),
        ("office: secretariat", "office: donor", "exactly one organisation has the office secretariat"),
        ("organisation: secretariat, roles", "organisation: nowhere, roles", "the organisation 'nowhere' is not in the file"),
        ("roles: [officer]", "roles: [king]", "members.0.roles.0"),
        ("slug: officer", "slug: run", "the desk's own service"),
        ("as_of: 2026-11-21", "as_of: soon", "as_of: "),
        ("scope:", "scope: [", "is not well-formed YAML"),
    ],
)
def test_a_fault_of_the_mechanism_file_is_named_by_key(old: str, new: str, told: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_mechanism(changed(old, new), "mechanism.yaml")
    assert told in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("data", [b'mechanism: "a\\x00b"', b"[" * 100_000, b"a: \x00", "a: \u0085b".encode(), b"\xff\xfe"])
def test_a_hostile_yaml_file_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        read_mechanism(data, "mechanism.yaml")
    assert "\n" not in str(refusal.value)


def test_an_escape_in_quotes_makes_no_sign_that_the_register_cannot_hold() -> None:
    with pytest.raises(Refused, match="control character"):
        read_mechanism(changed("name: Secretariat officer", 'name: "Secretariat\\0officer"'), "mechanism.yaml")


def test_a_yaml_file_that_names_python_objects_is_refused() -> None:
    with pytest.raises(Refused, match="not well-formed YAML"):
        read_mechanism(b"mechanism: !!python/object/apply:os.system ['true']", "mechanism.yaml")


def test_a_key_on_is_a_word_and_not_a_truth_value() -> None:
    assert read_yaml(b"{on: 2026-02-01, exercise: true, answer: yes}", "acts.yaml") == {
        "on": date(2026, 2, 1),
        "exercise": True,
        "answer": "yes",
    }
