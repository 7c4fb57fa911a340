"""Tables of any shape: columns known by their content, grids, tables on their side, merged cells, collectors' sheets and pledges."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

Row = tuple[str, ...]


def brief(read: Any) -> list[tuple[str, str | None, Decimal | None, str | None]]:
    """Kind, category, quantity and beneficiary of each line."""
    return [(line.kind, line.category, line.quantity, line.beneficiary) for line in read.lines]


def counted(read: Any) -> list[tuple[str | None, Decimal | None]]:
    """Category and quantity of each line."""
    return [(line.category, line.quantity) for line in read.lines]


HOSPITAL, WATER = "Brody Central Hospital", "Halych Water Works"

HEADINGS: dict[str, list[Row]] = {
    "an unknown heading beside": [
        ("Обґрунтування", "К-ть", "Найменування"),
        ("старі згоріли", "30", "Ноутбуки"),
        ("мороз", "три", "Генератори"),
    ],
    "polish": [("Co", "Sztuk", "Stan"), ("Laptopy", "30", "nowe"), ("Generatory", "3", "po testach")],
    "german, abbreviated": [("Lfd.", "Was", "Stk."), ("1", "Notebooks", "30"), ("2", "Generatoren", "3")],
    "french": [("Qté", "Objet"), ("30", "Ordinateurs portables"), ("3", "Groupes électrogènes")],
    "estonian": [("Kogus", "Nimetus"), ("30", "Sülearvutid"), ("kolm", "Generaatorid")],
    "swedish": [("Sak", "Antal"), ("Bärbara datorer", "30"), ("Generatorer", "3")],
    "headings of no known tongue": [("Blah", "Foo", "Zork"), ("1", "Laptops", "30"), ("2", "Generators", "3")],
    "no headings": [("Laptops", "30 pcs"), ("Generators", "three")],
    "a number column that counts": [("No", "Item"), ("30", "Laptops"), ("3", "Generators")],
    "what is there beside what is needed": [("Item", "In stock", "Needed"), ("Laptops", "5", "30"), ("Generators", "0", "3")],
    "what was received beside what was asked": [("Item", "Received", "Requested"), ("Laptops", "5", "30"), ("Generators", "0", "3")],
    "prices beside": [("Item", "Unit price", "Qty"), ("Laptops", "600 EUR", "30"), ("Generators", "5000", "3")],
    "priorities beside": [("P", "Item", "X"), ("1", "Laptops", "30"), ("3", "Generators", "3")],
}


@pytest.mark.parametrize("rows", HEADINGS.values(), ids=HEADINGS.keys())
def test_the_column_of_quantities_is_found_whatever_the_headings_say(desk: Any, rows: list[Row]) -> None:
    assert counted(desk.sheet(*rows)) == [("end-user-devices", 30), ("power-continuity", 3)]


def test_a_unit_in_the_heading_counts_for_its_column(desk: Any) -> None:
    read = desk.sheet(("Item", "Volume (TB)"), ("Backup storage", "48"))
    assert [(line.quantity, line.unit) for line in read.lines] == [(48, "TB")]


def test_storage_counted_in_pieces_is_told_by_its_room(desk: Any) -> None:
    read = desk.sheet(("Item", "Qty"), ("Tape library, 48 TB", "1"), ("Backup storage 20 TB", "2"))
    assert [(line.quantity, line.unit) for line in read.lines] == [(48, "TB"), (40, "TB")]


def test_things_across_and_bodies_down_give_a_line_for_each_filled_cell(desk: Any) -> None:
    read = desk.sheet(
        ("№", "Заклад", "Ноутбуки", "Генератори"),
        ("1", "Бродівська центральна лікарня", "10", "-"),
        ("2", "Галицький водоканал", "", "2"),
        ("", "Усього", "10", "2"),
        sender=None,
    )
    assert brief(read) == [("request", "end-user-devices", 10, HOSPITAL), ("request", "power-continuity", 2, WATER)]


def test_bodies_across_and_things_down_give_a_line_for_each_filled_cell(desk: Any) -> None:
    read = desk.sheet(("Thing", "Brody hospital", "Halych waterworks", "Total"), ("Laptops", "10", "5", "15"), ("Generators", "", "2", "2"))
    assert brief(read) == [
        ("request", "end-user-devices", 10, HOSPITAL),
        ("request", "end-user-devices", 5, WATER),
        ("request", "power-continuity", 2, WATER),
    ]


def test_a_grid_over_unknown_departments_is_read_by_its_totals(desk: Any) -> None:
    read = desk.sheet(("Відділ", "Ноутбуки", "Генератори"), ("Перший", "10", "1"), ("Другий", "4", "2"), ("Разом", "14", "3"))
    assert counted(read) == [("end-user-devices", 14), ("power-continuity", 3)]


def test_a_table_that_lies_on_its_side_is_read_column_by_column(desk: Any) -> None:
    read = desk.sheet(("", "A", "B"), ("Item", "Laptops", "Generators"), ("Quantity", "10", "3"), ("When", "by 1 June 2026", ""))
    assert counted(read) == [("end-user-devices", 10), ("power-continuity", 3)]
    assert read.lines[0].needed_by is not None
    assert read.lines[1].needed_by is None


def test_a_collectors_sheet_holds_what_the_recipients_lack(desk: Any) -> None:
    read = desk.sheet(
        ("Lantern Foundation: what towns told us",),
        ("How many", "Told by", "What they lack"),
        ("12", "Brody hospital", "UPS units"),
        ("9", "Halych waterworks", "Network switches"),
        sender="Lantern Foundation",
    )
    assert brief(read) == [("request", "power-continuity", 12, HOSPITAL), ("request", "network-equipment", 9, WATER)]
    assert all(line.provider is None for line in read.lines)


def test_a_givers_list_with_recipients_stays_an_offer(desk: Any) -> None:
    read = desk.sheet(
        ("Description", "Intended recipient", "Number of units"),
        ("Servers", "Brody hospital", "3"),
        ("Laptops", "to be agreed", "9"),
        sender="Norland",
    )
    assert brief(read) == [("offer", "server-hardware", 3, HOSPITAL), ("offer", "end-user-devices", 9, None)]


def test_a_sheet_of_pledges_sent_by_a_recipient_holds_offers(desk: Any) -> None:
    read = desk.sheet(
        ("Agency", "Contribution", "Amount"),
        ("Ministry of Foreign Affairs of Norland", "Servers", "6"),
        ("Kettel", "Laptops", "100"),
    )
    assert [(line.kind, line.provider, line.quantity) for line in read.lines] == [
        ("offer", "Norland", 6),
        ("offer", "Kettel Systems Ltd", 100),
    ]


def test_a_merged_thing_speaks_for_the_rows_below_it(desk: Any) -> None:
    read = desk.sheet(("Item", "For", "Qty"), ("Laptops", "Brody hospital", "10"), ("", "Halych waterworks", "20"), ("Total", "", "30"))
    assert brief(read) == [("request", "end-user-devices", 10, HOSPITAL), ("request", "end-user-devices", 20, WATER)]


def test_a_ditto_mark_repeats_the_body_above(desk: Any) -> None:
    read = desk.sheet(("Item", "Qty", "Recipient"), ("Laptops", "12", "Brody hospital"), ("UPS units", "3", '"'), ("Routers", "2", "same"))
    assert [line.beneficiary for line in read.lines] == [HOSPITAL] * 3


def test_rows_that_are_closed_in_any_column_are_no_lines(desk: Any) -> None:
    read = desk.sheet(
        ("Item", "Qty", "Received?", "Mark"),
        ("Laptops", "10", "yes", ""),
        ("UPS units", "4", "no", ""),
        ("Generators", "3", "", "закрито"),
        ("Routers", "7", "", "частково отримано"),
    )
    assert counted(read) == [("power-continuity", 4), ("network-equipment", 7)]


def test_several_tables_in_one_sheet_are_read_each_by_its_own_headings(desk: Any) -> None:
    read = desk.sheet(
        ("Needs",),
        ("Item", "Qty"),
        ("Laptops", "10"),
        ("Offers",),
        ("Qty", "What we can give", "Condition"),
        ("5", "UPS units", "civil only"),
    )
    assert [(line.kind, line.quantity) for line in read.lines] == [("request", 10), ("offer", 5)]


def test_several_things_counted_in_one_cell_are_several_lines(desk: Any) -> None:
    read = desk.sheet(("Recipient", "Need"), ("Halych waterworks", "3 generators and 5 laptops"))
    assert brief(read) == [("request", "power-continuity", 3, WATER), ("request", "end-user-devices", 5, WATER)]


@pytest.mark.parametrize(
    "rows",
    [
        [("Room", "Seats"), ("Big hall", "40")],
        [("Показник", "Кількість"), ("Працівників", "660"), ("Ноутбуків у наявності", "40")],
        [("Name", "Phone"), ("Head of the office", "+380501234567")],
    ],
)
def test_a_table_of_other_matters_holds_no_line(desk: Any, rows: list[Row]) -> None:
    assert desk.sheet(*rows).lines == ()


def test_a_description_that_names_the_things_holds_them(desk: Any) -> None:
    read = desk.sheet(("Item", "Description", "Qty"), ("Hardware", "Laptops with Windows 11", "12"), ("Energy", "Generators 20 kW", "3"))
    assert counted(read) == [("end-user-devices", 12), ("power-continuity", 3)]


def test_a_number_in_the_remarks_counts_where_no_column_does(desk: Any) -> None:
    assert counted(desk.sheet(("Потреба", "Примітка"), ("Ноутбуки", "12 шт для шкіл"))) == [("end-user-devices", 12)]


@pytest.mark.parametrize("heading", ["Кому потрібно", "Dla kogo", "Für wen", "Pour qui", "Kellele", "För vem", "For whom"])
def test_of_two_columns_of_bodies_those_in_need_are_whose_it_is(desk: Any, heading: str) -> None:
    read = desk.sheet(
        ("Applicant", heading, "Item", "Quantity"),
        ("Brody hospital", "Halych waterworks", "Laptops", "4"),
        ("Brody hospital", "", "Servers", "2"),
        sender="Lantern Foundation",
    )
    assert [(line.quantity, line.beneficiary) for line in read.lines] == [(4, WATER), (2, HOSPITAL)]


def test_a_bare_kind_in_its_own_bodys_sheet_is_the_sender(desk: Any) -> None:
    read = desk.sheet(("For whom", "Item", "Quantity"), ("Лікарня", "Laptops", "4"), ("Waterworks", "Servers", "2"), sender=HOSPITAL)
    assert read.lines[0].beneficiary == HOSPITAL
    assert read.lines[1].beneficiary != HOSPITAL
