"""The sheet template: what is written is read again, every cell is read or told what is wrong with it, and nothing is guessed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import python_calamine
import xlsxwriter
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sild.formats import read_document
from sild.formats.template import (
    TEMPLATE,
    Answered,
    CheckedSheets,
    TooManyRows,
    UnknownVersion,
    check_sheets,
    find_template,
    pasted_sheet,
    write_answer,
    write_template,
)
from sild.formats.template.cells import Misread, read_cell
from sild.formats.template.checking import MOST_ROWS, say_note
from sild.formats.template.matching import Earlier, match_rows
from sild.formats.template.row_keys import sound_key, written_key
from tests.drawing import drawn
from tests.formats.sheets import BOOK, LAPTOPS, OFFER, SERVERS, WRONG, filled

COLUMNS = {column.name: column for sheet in TEMPLATE.sheets for column in sheet.columns}
WEB = Path(__file__).resolve().parents[2] / "src" / "sild" / "web"


def checked(data: bytes, name: str = "needs.xlsx") -> CheckedSheets:
    found = find_template(TEMPLATE, read_document(name, data).parts[0])
    assert found is not None
    return check_sheets(TEMPLATE, found)


def codes(sheets: CheckedSheets) -> list[dict[str, str]]:
    return [{fault.column: fault.code for fault in row.faults} for row in sheets.rows]


@pytest.mark.parametrize("language", TEMPLATE.languages)
def test_an_empty_template_is_known_again_and_holds_nothing(language: str) -> None:
    sheets = checked(write_template(language, book=BOOK, bodies=["Lviv City Council"]))
    assert (sheets.found.version, sheets.found.language, sheets.found.book) == (TEMPLATE.version, language, BOOK)
    assert [sheet.side for sheet in sheets.found.sheets] == ["request", "offer"]
    assert (sheets.rows, sheets.found.stray) == ((), 0)
    assert [code for code, _ in sheets.notes] == ["no-rows"]


@pytest.mark.parametrize("language", TEMPLATE.languages)
def test_words_of_any_of_the_languages_are_understood_in_a_template_of_any(language: str) -> None:
    mixed = [
        LAPTOPS | {"category": TEMPLATE.label("category", "end-user-devices", other), "urgency": TEMPLATE.label("urgency", "high", other)}
        for other in TEMPLATE.languages
    ]
    sheets = checked(filled(language, request=mixed, offer=[OFFER]))
    assert codes(sheets) == [{}] * 5
    assert {row.content for row in sheets.rows[:4]} == {sheets.rows[0].content}
    assert sheets.rows[0].values["needed_by"] == dt.date(2026, 4, 1)
    assert sheets.rows[4].values["available_until"] == dt.date(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12", "12"), ("1 200", "1200"), ("1\u00a0200", "1200"), ("1\u202f200,5", "1200.5"), ("1,2", "1.2"), ("1.25", "1.25"),
        ("0,125", "0.125"), ("1’200", "1200"), ("1,200,000", "1200000"), ("1.200.000", "1200000"), ("1.200,50", "1200.5"),
        ("1,200.50", "1200.5"), ("１２", "12"), ("1,200,000.5", "1200000.5"), ("+3", "3"),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_of_four_countries_write_them(text: str, amount: str) -> None:
    assert read_cell(TEMPLATE, COLUMNS["quantity"], text) == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("15.03.2026", "2026-03-15"), ("15.3.26", "2026-03-15"), ("15/03/2026", "2026-03-15"), ("2026-03-15", "2026-03-15"),
        ("2026-03-15 00:00", "2026-03-15"), ("46096", "2026-03-15"), ("15. 3. 2026", "2026-03-15"), ("15.03.2026 р.", "2026-03-15"),
    ],
)  # fmt: skip
def test_days_are_read_day_first_or_as_iso_or_as_the_number_that_sheets_keep(text: str, day: str) -> None:
    assert read_cell(TEMPLATE, COLUMNS["needed_by"], text) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("quantity", "about 12", "number"), ("quantity", "12 pcs", "number"), ("quantity", "2 x 20", "number"),
        ("quantity", "1.125", "two-numbers"), ("quantity", "1,200", "two-numbers"), ("quantity", "0", "not-positive"),
        ("quantity", "-4", "not-positive"), ("quantity", "9" * 15, "too-large"), ("quantity", "0,0001", "not-positive"),
        ("quantity", "1,200,00", "number"), ("quantity", "9" * 5000, "number"), ("quantity", "#DIV/0!", "broken-formula"),
        ("needed_by", "03/15/2026", "month-first"), ("needed_by", "31.02.2026", "day"), ("needed_by", "soon", "day"),
        ("needed_by", "15.03.1926", "age"), ("needed_by", "99999", "age"), ("needed_by", "1.4.", "day"),
        ("category", "Laptops and so on", "choice"), ("category", "End user devices.", "nearly"),
        ("urgency", "asap", "choice"), ("tlp", "secret", "choice"), ("value_currency", "euros", "currency"),
        ("item", "№ 12", "wordless"), ("item", "x" * 401, "long"), ("unit", "y" * 61, "long"), ("item", "#REF!", "broken-formula"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_or_can_be_read_two_ways_is_told_in_every_language(column: str, text: str, code: str) -> None:
    with pytest.raises(Misread) as misread:
        read_cell(TEMPLATE, COLUMNS[column], text)
    assert misread.value.code == code
    for language in TEMPLATE.languages:
        said = TEMPLATE.say("faults", code, language, **misread.value.told)
        assert "{" not in said
        assert len(said) < 300


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [("tlp", "amber+strict", "TLP:AMBER+STRICT"), ("tlp", "TLP:RED", "TLP:RED"), ("value_currency", "isk", "ISK")],
)
def test_markings_and_currencies_are_read_as_they_are_written(column: str, text: str, code: str) -> None:
    assert read_cell(TEMPLATE, COLUMNS[column], text) == code


def test_every_fault_of_a_row_is_told_and_the_others_are_taken() -> None:
    sheets = checked(
        filled(
            "pl",
            request=[WRONG, SERVERS, {"quantity": "3"}],
            offer=[OFFER | {"available_from": "1.1.2027", "value_amount": "10 000"}, OFFER | {"value_currency": "EUR", "provider": ""}],
        )
    )
    assert codes(sheets) == [
        {"quantity": "number", "category": "nearly", "beneficiary": "missing"},
        {},
        {"item": "missing", "beneficiary": "missing"},
        {"available_until": "ends-before", "value_currency": "no-currency"},
        {"provider": "missing", "value_amount": "no-value"},
    ]
    near = next(fault for fault in sheets.rows[0].faults if fault.code == "nearly")
    assert "Sprzęt sieciowy" in near.say(TEMPLATE, "request", "pl")
    assert sheets.rows[0].cell("quantity") == "C3"


def test_columns_may_be_moved_added_and_lost_and_notes_say_so() -> None:
    rows = [
        ["A list"],
        ["For whom", "Remarks", "What", "Quantity", "Needed by", "Urgency"],
        ["Lviv City Council", "call first", "UPS", "4", "", "low"],
    ]
    data = _book(rows, mark=("sild-sheet", "1", "en", BOOK))
    sheets = checked(data)
    assert codes(sheets) == [{}]
    assert sheets.rows[0].more == (("Remarks", "call first"),)
    assert [say_note(TEMPLATE, code, told, "en") for code, told in sheets.notes] == [
        "On the sheet Requests these columns are not of the template and were not read: Remarks."
    ]
    lost = checked(
        _book([["What", "Quantity", "Unit", "Needed by", "Urgency"], ["UPS", "4", "", "", ""]], mark=("sild-sheet", "1", "en", BOOK))
    )
    assert codes(lost) == [{"beneficiary": "missing"}]
    assert "the column For whom is missing" in say_note(TEMPLATE, *lost.notes[0], "en")


def test_a_sheet_of_somebodys_own_is_none_of_ours() -> None:
    own = [["No", "Item", "Qty"], ["1", "UPS", "4"]]
    assert find_template(TEMPLATE, read_document("own.xlsx", _book(own)).parts[0]) is None
    assert find_template(TEMPLATE, read_document("own.csv", b"What,Quantity\nUPS,4\nLaptops,3\n").parts[0]) is None
    beside = checked(_book(own, mark=("sild-sheet", "1", "uk", BOOK)))
    assert (beside.rows, beside.found.stray) == ((), 2)


def test_a_version_that_is_not_known_is_refused_and_an_older_known_one_is_read() -> None:
    data = _book([["What"]], mark=("sild-sheet", "9", "en", BOOK))
    with pytest.raises(UnknownVersion, match="9"):
        find_template(TEMPLATE, read_document("new.xlsx", data).parts[0])
    item = dataclasses.replace(COLUMNS["item"], heading={**COLUMNS["item"].heading, "en": "Thing"}, formerly=("What",))
    sheets = tuple(dataclasses.replace(sheet, columns=(item, *sheet.columns[1:])) for sheet in TEMPLATE.sheets)
    newer = dataclasses.replace(TEMPLATE, version=2, known=(1, 2), sheets=sheets)
    found = find_template(newer, read_document("old.xlsx", filled("en", request=[SERVERS])).parts[0])
    assert found is not None
    assert [row.values["item"] for row in check_sheets(newer, found).rows] == ["Rack servers"]


def test_an_answer_is_the_same_file_with_what_to_mend_and_no_formula_lives_in_it() -> None:
    hostile = {"item": "=cmd|' /C calc'!A0", "beneficiary": "+1+1", "quantity": "@x", "conditions": "-2+3", "reference": "<b>&amp;\x01"}
    first = checked(filled("et", request=[LAPTOPS, hostile, WRONG], offer=[OFFER]))
    rows = [
        Answered(
            side=row.side,
            cells=row.cells,
            values=row.values,
            outcome="mend" if row.faults else "taken",
            faults={fault.column: fault.say(TEMPLATE, row.side, "et") for fault in row.faults},
            key="" if row.faults else "0123456789abcdef",
            more=(("Märkus", "=1+1"),),
        )
        for row in first.rows
    ]
    data = write_answer("et", book=BOOK, rows=rows, notes=["=note"])
    again = checked(data, "back.xlsx")
    assert [row.content for row in again.rows] == [row.content for row in first.rows]
    assert [row.values for row in again.rows] == [row.values for row in first.rows]
    assert codes(again) == codes(first)
    assert [row.key for row in again.rows] == ["0123456789abcdef", "", "", "0123456789abcdef"]
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        members = {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xml")}
    assert not any("<f>" in xml for name, xml in members.items() if name.startswith("xl/worksheets"))
    assert sum(xml.count("<comment ") for xml in members.values()) == 4
    assert not any("vba" in name or "macro" in name for name in members)
    told = [
        cell.text for _, _, block in read_document("back.xlsx", data).blocks() for cell in block.cells if "Network equipmnt" in cell.text
    ]
    assert any("Kategooria" in text and "Võrguseadmed" in text for text in told)


_RULE = re.compile(
    r'<dataValidation type="list"[^>]*? sqref="([A-Z]+)3:[A-Z]+(\d+)"[^>]*>\s*<formula1>sild!\$([A-Z]+)\$(\d+):\$\3\$(\d+)</formula1>'
)


def _drop_downs(data: bytes, number: int) -> dict[str, tuple[int, list[str], bool]]:
    """Of a sheet: by the heading of its column, the last row that has a drop-down, what it offers, and whether other words are refused."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        xml = book.read(f"xl/worksheets/sheet{number}.xml").decode()
    workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    headings = workbook.get_sheet_by_index(number - 1).to_python()[0]
    lists = workbook.get_sheet_by_name("sild").to_python()
    found = {}
    for rule in _RULE.finditer(xml):
        at, of = _at(rule[1]), _at(rule[3])
        offered = [str(row[of]) for row in lists[int(rule[4]) - 1 : int(rule[5])]]
        found[str(headings[at]).removesuffix(" *")] = (int(rule[2]), offered, 'showErrorMessage="1"' in rule[0])
    return found


def _at(letters: str) -> int:
    return sum((ord(letter) - 64) * 26**place for place, letter in enumerate(reversed(letters))) - 1


@pytest.mark.parametrize("language", TEMPLATE.languages)
def test_every_column_with_a_list_has_its_drop_down_in_the_templates_language(language: str) -> None:
    bodies = ["Lviv City Council", "Харківська ОВА", "Tartu & <Linn>"]
    data = write_template(language, book=BOOK, bodies=bodies)
    for number, sheet in enumerate(TEMPLATE.sheets, 1):
        wanted = {
            column.heading[language]: (
                2_000,
                bodies if column.list == "body" else TEMPLATE.labels(column.list, language),
                column.kind == "choice",
            )
            for column in sheet.columns
            if column.list
        }
        assert len(wanted) >= 3
        assert _drop_downs(data, number) == wanted
        assert all(offered and all(offered) for _, offered, _ in wanted.values())


def test_pasted_cells_are_a_table_of_the_template_with_or_without_their_headings() -> None:
    bare = pasted_sheet(TEMPLATE, 'Laptops\tEnd-user devices\t40\tlaptop\tLviv City Council\r\n"two\nlines"\t\t\t\tx\n', "request", "uk")
    sheets = checked(bare.data, "pasted.tsv")
    assert bare.rows == 2
    assert [row.values["item"] for row in sheets.rows] == ["Laptops", "two\nlines"]
    some = pasted_sheet(TEMPLATE, "Кому\tЩо\tДля кого\tКількість\nx\tНоутбуки\tЛьвівська міська рада\t7", "request", "en")
    [row] = checked(some.data, "pasted.tsv").rows
    assert (row.values["item"], row.values["quantity"], row.faults) == ("Ноутбуки", Decimal(7), ())
    one = pasted_sheet(TEMPLATE, "Servers", "offer", "en")
    assert codes(checked(one.data, "pasted.tsv")) == [{"provider": "missing"}]


def test_rows_are_known_by_their_key_then_by_what_they_say_and_each_earlier_one_once() -> None:
    rows = checked(filled("en", request=[LAPTOPS, LAPTOPS, SERVERS, WRONG])).rows
    keyed = [
        dataclasses.replace(rows[0], key="k1"),
        rows[1],
        dataclasses.replace(rows[2], key="k2"),
        dataclasses.replace(rows[3], key="k3"),
    ]
    taken = [
        Earlier(key=key, contents=frozenset((content,)), where=(key,))
        for key, content in (("k1", rows[0].content), ("k2", "x"), ("k3", "y"), ("k4", "z"))
    ]
    matched, gone = match_rows(keyed, taken)
    assert [one.outcome for one in matched] == ["known", "taken", "changed", "spoiled"]
    assert gone == 1
    copied, _ = match_rows([keyed[0], keyed[0]], taken)
    assert [one.outcome for one in copied] == ["known", "taken"]


def test_a_key_that_was_changed_by_hand_is_no_key() -> None:
    written = written_key("0123456789abcdef")
    assert sound_key(f" {written} ") == "0123456789abcdef"
    assert sound_key(written.replace("0", "1", 1)) == ""
    assert sound_key("=HYPERLINK(1)") == ""


def test_too_many_rows_are_refused_whole() -> None:
    data = pasted_sheet(TEMPLATE, "\n".join(f"thing {n}" for n in range(MOST_ROWS + 1)), "request", "en").data
    found = find_template(TEMPLATE, read_document("many.tsv", data).parts[0])
    assert found is not None
    with pytest.raises(TooManyRows, match=str(MOST_ROWS + 1)):
        check_sheets(TEMPLATE, found)


def test_everything_is_said_in_every_language_and_categories_are_those_of_the_desk() -> None:
    def words(value: Any) -> None:
        if isinstance(value, dict) and "en" in value:
            assert set(value) == set(TEMPLATE.languages), value
            places = {tuple(sorted(set(re.findall(r"\{\w+\}", str(text))))) for text in value.values()}
            assert len(places) == 1, value
        elif isinstance(value, dict):
            for inner in value.values():
                words(inner)

    words(TEMPLATE.words)
    words(dict(TEMPLATE.lists))
    pages = yaml.safe_load((WEB / "categories.yaml").read_text(encoding="utf-8"))["categories"]
    assert {row["id"]: (row["en"], row["uk"]) for row in pages} == {
        code: (told["en"], told["uk"]) for code, told in TEMPLATE.lists["category"].items()
    }
    for name, entries in TEMPLATE.lists.items():
        for language in TEMPLATE.languages:
            labels = [told[language] for told in entries.values()]
            assert len(set(labels)) == len(labels), (name, language)


def test_the_how_to_names_every_column_as_the_template_does() -> None:
    told = (Path(__file__).resolve().parents[2] / "docs" / "how-to" / "excel.md").read_text(encoding="utf-8")
    for sheet in TEMPLATE.sheets:
        rows = [f"| {column.heading['en']}{' *' if sheet.side in column.must else ''} | {column.help['en']} |" for column in sheet.columns]
        assert "\n".join(rows) in told
    assert f"At most {MOST_ROWS:,} rows" in told
    for code in ("taken", "mend", "known", "changed", "spoiled"):
        assert f"| {TEMPLATE.say('outcomes', code, 'en')} |" in told


@settings(max_examples=drawn(150), deadline=None)
@given(st.text(max_size=60), st.sampled_from(sorted(COLUMNS)))
def test_any_text_in_any_cell_is_a_value_or_a_fault(text: str, column: str) -> None:
    try:
        value = read_cell(TEMPLATE, COLUMNS[column], text)
    except Misread as misread:
        assert TEMPLATE.say("faults", misread.code, "uk", **misread.told)
    else:
        assert isinstance(value, str | Decimal | dt.date)


def _book(rows: list[list[str]], mark: tuple[str, ...] = ()) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet("Anything")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    if mark:
        book.add_worksheet("hidden").write_row(0, 0, mark)
    book.close()
    return made.getvalue()
