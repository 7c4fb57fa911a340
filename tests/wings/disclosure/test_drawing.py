"""The five pictures of a report: drawn from its own rows, each with its table in the same paper, and nothing where there is nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

from sild.formats.report_pdf import svg_as_png
from sild.values.marking import Marking
from sild.wings.disclosure.reads.drawing import drawn
from sild.wings.disclosure.reads.telling import Cover, paper_of
from sild.wings.disclosure.rules import AudienceKind

DAY = date(2026, 2, 10)
PLACES = ("proposed", "agreed", "committed", "under_way", "delivered", "accepted", "disputed", "unmatched")
NEED: dict[str, Any] = {
    "id": "n1",
    "title": "VPN gateways",
    "body": "A ministry",
    "category": "network-security",
    "quantity": "20",
    "unit": "gateway",
    "needed_by": None,
    "urgency": "",
    "channel": "civil",
    "state": "endorsed",
    "provisional": False,
    "spoken": "8",
    "light": "fail",
    "blocker": "",
    "mover": "",
    **dict.fromkeys(PLACES, "0"),
}
AGREED: dict[str, Any] = {
    "id": "a1",
    "need": "n1",
    "title": "VPN gateways",
    "body": "A ministry",
    "giver": "Estonia",
    "category": "network-security",
    "unit": "gateway",
    "mover": "",
    "proposed": "10",
    "standing": "8",
    "committed": "8",
    "state": "committed",
    "since": "2026-02-03",
    "month": None,
}
QUIET = AGREED | {"id": "a2", "title": "", "giver": "", "category": "", "unit": "", "proposed": None, "standing": None, "committed": None}
MOVING: dict[str, Any] = {
    "id": "c1",
    "title": "branch gateways",
    "body": "A ministry",
    "giver": "Estonia",
    "category": "network-security",
    "unit": "gateway",
    "mover": "giver",
    "overdue": True,
    "quantity": "4",
    "arrived": "0",
    "accepted": "0",
    "disputed": "0",
    "lost": "0",
    "state": "under-way",
    "since": "2026-01-20",
    "due": "2026-02-01",
}
CASE: dict[str, Any] = {
    "id": "l1",
    "title": "routers",
    "provider": "Estonia",
    "jurisdiction": "EE",
    "authority": "SGC",
    "state": "applied",
    "mover": "authority",
    "overdue": False,
    "since": "2026-01-05",
    "due_on": "2026-03-01",
    "expires_on": None,
    "body": "A ministry",
    "unit": "",
    "quantity": None,
}
LAPSE: dict[str, Any] = {
    "id": "t1",
    "title": "endpoint seats",
    "body": "A court",
    "kind": "licences",
    "on": "2026-04-01",
    "quantity": "30",
    "unit": "seat",
    "giver": "",
    "term": True,
}
FACTS: dict[str, list[dict[str, Any]]] = {
    "needs": [NEED],
    "offers": [],
    "agreements": [AGREED, QUIET],
    "consignments": [MOVING],
    "licences": [CASE, CASE | {"id": "l2", "state": "granted", "title": "a granted thing"}],
    "lapses": [LAPSE],
    "flows": [],
}
COVER = Cover(
    language="en",
    kind=AudienceKind.OWN,
    audience="The front office",
    maker="The front office",
    as_of=DAY,
    since=None,
    base_number=None,
    number=1,
    marking=int(Marking.AMBER),
)
TABLES = {
    "Needs and what stands for them, by giver": ("VPN gateways", "Estonia"),
    "What was agreed, from giver to how far it is": ("Estonia",),
    "Consignments over time, by body": ("branch gateways",),
    "Licence cases that wait, over time": ("routers",),
    "What lapses soon, day by day": ("endpoint seats",),
}
"""Each picture, and names in it that have to stand in a table of the same paper."""


def test_every_picture_has_its_table_in_the_same_paper() -> None:
    pictures = drawn(FACTS, DAY)
    assert [one.told.split(". ")[0] for one in pictures] == list(TABLES)
    paper = paper_of(COVER, FACTS, [], pictures)
    cells = {str(cell) for part in paper.parts for table in part.tables for row in table.rows for cell in row}
    for picture, names in zip(pictures, TABLES.values(), strict=True):
        for name in names:
            assert name in cells and name in picture.svg, name
        assert svg_as_png(picture.svg)
    assert "a granted thing" not in "".join(one.svg for one in pictures), "what stands in no table is not drawn"
    days = {cell for part in paper.parts for table in part.tables for row in table.rows for cell in row if isinstance(cell, date)}
    assert {date(2026, 1, 20), date(2026, 2, 1), date(2026, 1, 5), date(2026, 3, 1), date(2026, 4, 1)} <= days


def test_a_contribution_whose_amount_is_not_told_is_drawn_in_no_amount() -> None:
    supply = drawn(FACTS | {"agreements": [QUIET]}, DAY)[0]
    assert "covered: 0; with a gap: 1" in supply.told


def test_where_there_is_nothing_nothing_is_drawn() -> None:
    assert drawn({name: [] for name in FACTS}, DAY) == []
