"""The rules of outlook, without a database: what is left, what goes dark, on whom many lean."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sild.wings.outlook.reads.drawing import HEIGHT, columns_of
from sild.wings.outlook.rules import Alternative, Arrival, Dependence, Leaning, Month, Running, Source, concentrations, forecast, month_of

TODAY = date(2026, 2, 10)


def month(capacity: int | None, planned: int, committed: int = 0) -> Month:
    """A month of a body."""
    told = None if capacity is None else Decimal(capacity)
    return Month(month=date(2026, 3, 1), capacity=told, planned=Decimal(planned), committed=Decimal(committed))


def test_what_is_left_of_a_month_is_not_known_where_nobody_said_it() -> None:
    assert (month(10, 4).left, month(10, 14).left, month(None, 4).left) == (6, -4, None)
    assert (month(10, 14).over, month(10, 10).over, month(None, 4).over, month(0, 1).over) == (True, False, False, True)


def test_months_are_counted_over_the_year() -> None:
    assert [month_of(date(2026, 11, 30), later) for later in (0, 1, 2)] == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]


def running(on: date, quantity: int | None, body: str = "Ministry", unit: str = "licence", kind: str = "licence") -> Running:
    """Something that runs out."""
    return Running(
        id=uuid.uuid4(),
        on=on,
        kind=kind,
        title=f"licences until {on}",
        body=body,
        category="software-licences",
        giver="Estonia",
        unit=unit,
        quantity=None if quantity is None else Decimal(quantity),
        in_use=None,
        told_by="term",
    )


def arrival(month: int, quantity: int, unit: str = "licence") -> Arrival:
    """Something that a plan brings."""
    return Arrival(body="Ministry", category="software-licences", unit=unit, month=date(2026, month, 1), quantity=Decimal(quantity))


def test_what_comes_in_time_replaces_what_lapses_first_and_is_counted_once() -> None:
    first, second = forecast([running(date(2026, 6, 30), 100), running(date(2026, 4, 30), 60)], [arrival(4, 80), arrival(7, 100)])
    assert (first.running.on, first.in_time, first.dark, first.late) == (date(2026, 4, 30), 60, 0, 0)
    assert (second.in_time, second.dark, second.late, second.again) == (20, 80, 80, date(2026, 7, 1))


def test_more_things_replace_no_warranty_of_those_that_are_there() -> None:
    warranty, licences = forecast([running(date(2026, 4, 30), 60, kind="warranty"), running(date(2026, 5, 30), 60)], [arrival(4, 60)])
    assert (warranty.dark, licences.dark) == (60, 0)


def test_another_unit_or_body_replaces_nothing_and_an_unknown_quantity_stays_unknown() -> None:
    other, unknown = forecast([running(date(2026, 4, 30), 60), running(date(2026, 5, 30), None)], [arrival(3, 80, unit="seat")])
    assert (other.dark, unknown.dark) == (60, None)


@given(
    st.lists(st.tuples(st.integers(1, 12), st.integers(1, 50)), max_size=6),
    st.lists(st.tuples(st.integers(1, 12), st.integers(1, 50)), max_size=6),
)
def test_no_arrival_replaces_more_than_it_brings(lapses: list[tuple[int, int]], comes: list[tuple[int, int]]) -> None:
    told = forecast([running(date(2026, at, 28), many) for at, many in lapses], [arrival(at, many) for at, many in comes])
    assert sum(one.in_time + one.late for one in told) <= sum(many for _at, many in comes)
    assert all(one.dark is not None and one.dark >= 0 and one.in_time + one.late <= (one.running.quantity or 0) for one in told)


def dependence(body: str, name: str, quantity: int | None, link: Leaning = Leaning.GIVER, category: str = "training") -> Dependence:
    """A body that leans on a name."""
    told = None if quantity is None else Decimal(quantity)
    return Dependence(
        body=body, name=name, link=link, category=category, title="a course", quantity=told, unit="seat", source=Source.PLANNED
    )


def test_shares_are_sums_of_their_rows_and_alternatives_are_somebody_else() -> None:
    rows = [
        dependence("A", "Estonia", 30),
        dependence("B", "Estonia", 20),
        dependence("B", "Latvia", 50),
        dependence("A", "Kestrel", 30, Leaning.VENDOR),
    ]
    rows.append(dependence("C", "Kestrel", None, Leaning.VENDOR))
    offers = [
        Alternative(offer=uuid.uuid4(), title=title, provider=provider, category=category, quantity=None, unit="")
        for title, provider, category in (
            ("a course", "Latvia", "training"),
            ("a course", "Estonia", "training"),
            ("Kestrel course", "Poland", "training"),
            ("a car", "Latvia", "other"),
        )
    ]
    estonia, kestrel = concentrations(rows, offers)
    assert (estonia.name, estonia.bodies, estonia.of_bodies) == ("Estonia", ("A", "B"), 3)
    [share] = estonia.shares
    assert (share.quantity, share.whole, share.percent) == (sum(row.quantity or 0 for row in estonia.rows), 100, Decimal("50.0"))
    assert [one.provider for one in estonia.alternatives] == ["Latvia", "Poland"]
    assert (kestrel.shares[0].percent, len(kestrel.rows)) == (Decimal("30.0"), 2)
    assert [one.provider for one in kestrel.alternatives] == ["Latvia", "Estonia"]


def test_one_body_alone_is_no_shared_dependence() -> None:
    assert concentrations([dependence("A", "Estonia", 30)], []) == []


def test_pictures_stay_in_their_boxes() -> None:
    columns = columns_of([month(10, 30, 5), month(None, 0), month(0, 7)])
    assert [column.kind for column in columns] == ["over", "unknown", "over"]
    assert all(0 <= column.y <= HEIGHT and 0 <= column.height <= HEIGHT and column.committed <= column.height for column in columns)
