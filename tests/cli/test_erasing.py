"""`sild held` and `sild erase`: what they print, what they ask, what they refuse."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner, Result

from sild.cli import erasing
from sild.cli.app import app
from sild.kernel.home import Home
from sild.kernel.refusals import NotThere, Refused
from sild.values.reference import spelled
from sild.wings.intake.actions.taking import Taking
from sild.wings.intake.reads import messages
from sild.wings.intake.rules import Door
from tests.cast import Cast
from tests.readers import InProcess
from tests.wings.intake.test_erasing import ADDRESS, LETTER, WHO


@pytest.fixture
def sild(cast: Cast, home: Home, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """The program beside a database that runs already, with one letter in it."""

    @contextmanager
    def opened() -> Iterator[Home]:
        yield home

    monkeypatch.setattr(erasing, "house", SimpleNamespace(opened=opened, settle=lambda home: None))
    Taking(cast.run, home, InProcess(), Door.FOLDER).data(LETTER, "ask.eml")
    return CliRunner()


def said(sild: CliRunner, *words: str, answer: str = "") -> Result:
    return sild.invoke(app, [*words, "--mechanism", "drill"], input=answer)


def test_what_is_held_on_a_person_is_printed_as_json(sild: CliRunner) -> None:
    told = json.loads(said(sild, "held", WHO).stdout)
    assert [one["sender"] for one in told["messages"]] == [f"{WHO} <{ADDRESS}>"]
    assert json.loads(said(sild, "held", "nobody at all").stdout)["messages"] == []


def test_a_person_is_erased_once_the_question_is_answered(sild: CliRunner) -> None:
    words = ("erase", "person", WHO, ADDRESS, "--reason", "asked for")
    assert said(sild, *words, answer="n\n").exit_code != 0
    assert json.loads(said(sild, "held", WHO).stdout)["messages"]
    told = said(sild, *words, answer="y\n")
    assert "1 messages, 0 notes and 0 reasons" in told.stdout
    assert "Erased: 1 messages" in told.stdout
    assert json.loads(said(sild, "held", WHO).stdout)["messages"] == []


def test_a_message_is_named_by_its_reference_or_its_file(sild: CliRunner, cast: Cast) -> None:
    [letter] = messages(cast.officer)
    for name in ("ask.eml", str(letter.id), spelled(letter.reference).lower()):
        found = said(sild, "erase", "message", name, "--reason", "asked for", answer="n\n")
        assert "Erase the message ask.eml for good?" in found.stdout
    assert isinstance(said(sild, "erase", "message", "other.eml", "--reason", "x", "--yes").exception, NotThere)
    assert "Erased: 1 messages" in said(sild, "erase", "message", "ask.eml", "--reason", "asked for", "--yes").stdout
    assert isinstance(said(sild, "erase", "message", str(letter.id), "--reason", "x", "--yes").exception, Refused)
