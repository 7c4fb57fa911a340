"""Lists of public statements: looked at first, taken in as one act, known again, and every row that cannot be kept told with its reason."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from sild.formats.statement_rows import KNOWN, NotStatements, read_statement_rows
from sild.kernel.action import last_act
from sild.kernel.undo import undo
from sild.values.marking import Marking
from sild.wings.signals.actions import import_statements
from sild.wings.signals.forms import statements_in
from sild.wings.signals.public import StatementFilter, list_statements
from tests.cast import Cast
from tests.web.signed import signed_in

LIST = """title;day;who;country;countries;kind;languages;source
We condemn;2026-03-09;The government;EE;Ukraine, Poland;condemnation;et, en;a daily
Nothing of it is true;2026-03-10;A spokesman;;;denial;;
;2026-03-11;Nobody;;;;;
Said on no day;soon;Somebody;;;;;
We condemn;2026-03-09;The government;EE;;condemnation;;
"""


def test_a_list_is_taken_in_once_and_what_cannot_be_kept_is_told(cast: Cast) -> None:
    told, unread = statements_in(read_statement_rows(LIST.encode("utf-8-sig"), "list.csv"))
    assert [one.place for one in unread] == [5]
    result = import_statements(cast.officer, told, "list.csv", marking=Marking.GREEN, reason="for the calendar")
    act = last_act()
    assert (result.fresh, result.known, [one.place for one in result.refused]) == (2, 1, [4])
    later, first = sorted(list_statements(cast.officer, StatementFilter())[0], key=lambda row: row.title, reverse=True)
    assert (later.title, later.on) == ("We condemn", date(2026, 3, 9)) and first.kind == "denial"
    assert (later.countries, later.languages, later.marking) == (("UA", "PL"), ("et", "en"), Marking.GREEN)
    assert import_statements(cast.officer, told, "list.csv").fresh == 0
    assert import_statements(cast.donor, told, "list.csv").fresh == 2
    assert act is not None
    undo(cast.officer, act, reason="another year")
    assert list_statements(cast.officer, StatementFilter())[0] == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"title;day\nA;2026-03-09\n", "no column 'who'"),
        (b"title;day;who;mood\nA;2026-03-09;B;calm\n", "'mood'"),
        ("title;day;who\nÄ;2026-03-09;B\n".encode("utf-16"), "UTF-8"),
        (b"title;day;who\n" + b"A;2026-03-09;B\n" * 5001, "5000 rows"),
    ],
)
def test_a_file_that_is_no_list_says_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(NotStatements, match=said):
        read_statement_rows(data, "list.csv")


@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: f"title;day;who\n{text}".encode("utf-8", "replace")))
def test_any_bytes_end_as_rows_or_a_refusal(data: bytes) -> None:
    try:
        rows = read_statement_rows(data, "list.csv")
    except NotStatements:
        return
    assert all(set(row.cells) <= {*KNOWN, "id", "withdrawn", "marking"} for row in rows)


def test_the_page_shows_first_and_takes_the_kept_file_and_the_desks_own_list_comes_back_as_known(cast: Cast) -> None:
    browser, where = signed_in(cast.officer), reverse("signals.import-statements")
    assert browser.get(reverse("signals.statement-sheet")).content.decode("utf-8-sig").startswith("day")
    seen = browser.post(where, {"file": SimpleUploadedFile("list.csv", LIST.encode())})
    page = seen.content.decode()
    assert "row 4" in page and "row 5" in page and list_statements(cast.officer, StatementFilter())[0] == []
    [kept] = re.findall(r'name="kept" value="([0-9a-f]+)"', page)
    sent = {"kept": kept, "name": "list.csv", "sure": "yes", "marking": "2"}
    assert "What became of it" in browser.post(where, sent).content.decode()
    assert len(list_statements(cast.officer, StatementFilter())[0]) == 2
    own = browser.get(reverse("signals.statements"), {"format": "csv"}).content
    again = browser.post(where, {"file": SimpleUploadedFile("statements.csv", own)})
    assert re.findall(r"<dd>(\d+)", again.content.decode())[:3] == ["2", "0", "2"]
    assert browser.post(where, {"file": SimpleUploadedFile("x.csv", b"\x00\xff")}).status_code == 409
