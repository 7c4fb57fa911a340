"""What comes from outside never steers the terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sild.kernel import terminal


@given(st.text())
def test_what_is_shown_is_printable(text: str) -> None:
    assert all(sign.isprintable() for sign in terminal.shown(text))


def test_a_complaint_is_one_line_whatever_it_quotes(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.complain("There is no folder \x1b[2J/x\nsild: all is well\u202e.")
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "\x1b" not in told


def test_marks_of_our_own_output_are_taken_from_names() -> None:
    terminal.be_plain()
    assert "[bold]" in terminal.console().render_str(terminal.said("[bold]x[/bold]")).plain
