"""What first readings of fresh inboxes missed, mended by kind: what is struck off, given away, by whom, and what only looks like noise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

WRITERS = {"needy": "Brody Regional Office", "giver": "Norland"}  # of the bodies that the desk of these tests knows
CASES: dict[str, dict[str, list[list[str]]]] = yaml.safe_load((Path(__file__).parent / "cases" / "later_wordings.yaml").read_text("utf-8"))
ROWS = [(writer, *row) for writer, groups in CASES.items() for rows in groups.values() for row in rows]


@pytest.mark.parametrize(("writer", "text", "kind", "category"), ROWS, ids=lambda value: str(value)[:60])
def test_the_wording_is_read_as_a_person_reads_it(desk: Any, writer: str, text: str, kind: str, category: str) -> None:
    lines = desk.mail(text, sender=WRITERS[writer]).lines
    assert [(line.kind, line.category) for line in lines] == [(kind, category)]


@pytest.mark.parametrize("text", [row[1] for row in ROWS if row[0] == "giver"], ids=lambda value: value[:60])
def test_what_a_giver_offers_or_changes_is_its_own(desk: Any, text: str) -> None:
    (line,) = desk.mail(text, sender=WRITERS["giver"]).lines
    assert (line.of, line.provider) == ("offer", "Norland")


def test_a_firm_from_which_a_state_says_the_thing_comes_gives_it(desk: Any) -> None:
    (line,) = desk.mail("Norland can offer 2 500 endpoint protection licences from Kettel Systems Ltd.", sender=WRITERS["giver"]).lines
    assert line.provider == "Kettel Systems Ltd"


def test_a_system_for_e_invoices_makes_no_invoice_of_a_letter(desk: Any) -> None:
    lines = desk.mail("Our new e-invoice system starts soon.", "We need 12 laptops.", sender=WRITERS["needy"]).lines
    assert [line.quantity for line in lines] == [12]
