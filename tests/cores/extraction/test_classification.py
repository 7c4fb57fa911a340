"""Where a classification line seals, and where the same words only warn."""

from __future__ import annotations

import pytest

from sild.cores.extraction.classification import classification_of
from sild.values.document import Block, Cell, Document, Envelope, Part

TEXT = [f"Paragraph {number} of a letter about backups." for number in range(20)]


def letter(lines: list[str], *, subject: str = "", page: int | None = None) -> Document:
    blocks = tuple(Block(kind="paragraph", text=line, locator=f"line {number}", page=page) for number, line in enumerate(lines, 1))
    return of_blocks(*blocks, subject=subject)


def of_blocks(*blocks: Block, subject: str = "") -> Document:
    part = Part(name="body", media="text/plain", blocks=blocks)
    return Document(name="a", sha256="0" * 64, format="mail", channel="mail", envelope=Envelope(subject=subject), parts=(part,))


@pytest.mark.parametrize(
    "mark",
    [
        "NATO RESTRICTED", "RESTREINT UE/EU RESTRICTED", "ТАЄМНО", "Цілком таємно", "TAJNE", "Zastrzeżone", "SALAJANE", "Täiesti salajane",
        "VS - NUR FÜR DEN DIENSTGEBRAUCH", "Streng geheim", "SECRET DÉFENSE", "KVALIFICERAT HEMLIG", "SECRET DE SERVICIU",
        "KÄYTTÖ RAJOITETTU", "Stg. GEHEIM", "*** SECRET ***", "ТАЄМНО прим. № 2",
    ],
)  # fmt: skip
def test_a_mark_at_the_head_or_the_foot_seals(mark: str) -> None:
    for lines, place in (([mark, *TEXT], "head"), ([*TEXT, mark], "foot")):
        found = classification_of(letter(lines))
        assert found is not None
        assert (found.place, found.official_use) == (place, False)


@pytest.mark.parametrize(
    "mark",
    [
        "N A T O  R E S T R I C T E D", "NATO  RESTRICTED", "\u200bNATO RESTRICTED", "NATO-RESTRICTED", "NATO/OTAN RESTRICTED",
        "NATO RESTRICTED / NATO DIFFUSION RESTREINTE", "EU RESTRICTED - RESTREINT UE", "TLP:AMBER / NATO RESTRICTED",
        "NATO RESTRICTED | TLP:AMBER", "TLP:AMBER NATO RESTRICTED", "Classification: NATO RESTRICTED", "SECRET//NOFORN",
        "SECRET//REL TO USA, UKR", "TOP SECRET//SI//NOFORN", "Page 1 of 3 - NATO RESTRICTED", "NATO RESTRICTED 1/3",
        "NATO RESTRICTED (when filled in)", "Гриф секретності: ТАЄМНО",
    ],
)  # fmt: skip
def test_a_mark_as_offices_write_it_beside_others_seals(mark: str) -> None:
    found = classification_of(letter([mark, *TEXT]))
    assert found is not None
    assert not found.official_use


@pytest.mark.parametrize(
    "line", ["TLP:AMBER", "TLP:AMBER / Page 1 of 3", "Secret | Tools", "Laptops - SECRET - 20", "Classification: laptops", "A 1 - B 2"]
)
def test_other_marks_of_an_office_alone_seal_nothing(line: str) -> None:
    assert classification_of(letter([line, *TEXT])) is None


@pytest.mark.parametrize(
    "mark", ["Для службового користування", "ДСК", "ASUTUSESISESEKS KASUTAMISEKS", "OFFICIAL-SENSITIVE", "Diffusion restreinte"]
)
def test_a_caveat_of_offices_is_told_apart_from_a_degree_of_secrecy(mark: str) -> None:
    found = classification_of(letter([mark, *TEXT]))
    assert found is not None
    assert found.official_use


def test_a_degree_of_secrecy_is_told_before_a_caveat() -> None:
    found = classification_of(letter(["ДСК", *TEXT, "NATO SECRET"]))
    assert found is not None
    assert (found.mark, found.place) == ("NATO SECRET", "foot")


@pytest.mark.parametrize(
    "lines",
    [
        [*TEXT[:9], "NATO SECRET", *TEXT[9:]],
        ["Our staff are cleared up to NATO SECRET and may attend.", *TEXT],
        ["Просимо 3 сейфи для документів таємно", *TEXT],
        ["Secret", "tajne", "Vertraulich", *TEXT],
        TEXT,
        [],
    ],
)
def test_a_mention_inside_the_text_seals_nothing(lines: list[str]) -> None:
    assert classification_of(letter(lines)) is None


@pytest.mark.parametrize(
    "subject",
    [
        "[EU RESTRICTED] list of needs",
        "NATO RESTRICTED: list of needs",
        "ТАЄМНО – перелік потреб",
        "SECRET",
        "Re: [SECRET] list",
        "FW: RE: NATO RESTRICTED: list",
        "list of needs (NATO RESTRICTED)",
        "Odp: list of needs - ZASTRZEŻONE",
    ],
)
def test_a_mark_in_the_subject_seals(subject: str) -> None:
    found = classification_of(letter(TEXT, subject=subject))
    assert found is not None
    assert found.place == "subject"


@pytest.mark.parametrize("subject", ["Secret santa at the office", "Top secret management tools: 20 licences", "Re: HSM - tajne klucze"])
def test_a_mention_in_the_subject_seals_nothing(subject: str) -> None:
    assert classification_of(letter(TEXT, subject=subject)) is None


def test_every_page_has_a_head_and_a_foot_of_its_own() -> None:
    first = letter(TEXT, page=1).parts[0].blocks
    second = letter(["POUFNE", *TEXT], page=2).parts[0].blocks
    found = classification_of(of_blocks(*first, *second))
    assert found is not None
    assert found.mark == "POUFNE"


@pytest.mark.parametrize("mark", ["NR", "NS", "(NC)", "CTS", "NR 1/3"])
def test_an_abbreviation_that_may_be_initials_seals_where_it_stands_twice(mark: str) -> None:
    for lines in ([mark, *TEXT], [*TEXT, mark], [*TEXT[:2], mark, *TEXT[2:]]):
        assert classification_of(letter(lines)) is None
    assert classification_of(letter(TEXT, subject=mark)) is None
    for lines in ([mark, *TEXT, mark], [mark, *TEXT, "NATO RESTRICTED"]):
        assert classification_of(letter(lines)) is not None
    assert classification_of(letter([mark, *TEXT], subject="[NR] list")) is not None


@pytest.mark.parametrize("mark", ["Classification: NR", "Гриф: NS", "NR releasable to UKR", "NATO RESTRICTED"])
def test_an_abbreviation_that_says_what_it_is_seals_at_once(mark: str) -> None:
    assert classification_of(letter([mark, *TEXT])) is not None


def test_a_column_that_is_headed_nr_is_no_mark() -> None:
    cells = (Cell(column=0, text="NR"), Cell(column=1, text="Quantity"))
    row = Block(kind="row", text="NR | Quantity", locator="row 1", table=1, row=1, cells=cells)
    assert classification_of(of_blocks(row)) is None
