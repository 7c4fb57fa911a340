"""What the desk calls its states: each book of labels names kinds of its own, none takes the words of another. And lists by pages."""

from __future__ import annotations

import ast
import importlib
from collections import Counter
from pathlib import Path

import pytest
from django.test import RequestFactory
from django.utils import translation

from sild.kernel.hourly import CLOCK
from sild.kernel.page import cut_to_page
from sild.web import labels
from sild.web.acts import SERVICES, name_in_words
from sild.wings.parties.rules import PRIORITY_CRITERIA
from sild.wings.parties.rules import SERVICES as NAMED


def test_no_book_of_labels_takes_the_words_of_another() -> None:
    tree = ast.parse(Path(str(labels.__file__)).read_text(encoding="utf-8"))
    [book] = [one.value for one in tree.body if isinstance(one, ast.AnnAssign) and ast.unparse(one.target) == "LABELS"]
    assert isinstance(book, ast.Dict)
    kinds = [key.value for key in book.keys if isinstance(key, ast.Constant)]
    for name in {value.id for key, value in zip(book.keys, book.values, strict=True) if key is None and isinstance(value, ast.Name)}:
        kinds += getattr(importlib.import_module(f"sild.web.{name.lower()}"), name)
    assert len(kinds) > 50 and [kind for kind, times in Counter(kinds).items() if times > 1] == []


def test_every_criterion_of_priority_has_its_words() -> None:
    assert set(PRIORITY_CRITERIA) <= labels.LABELS["criterion"].keys()


def test_services_of_the_desk_are_named_in_the_readers_language_and_people_by_their_names() -> None:
    assert {*NAMED.values(), CLOCK} <= SERVICES
    with translation.override("uk"):
        assert name_in_words("the run") == "опрацювання"
        assert name_in_words("Anna-Maria") == "Anna-Maria"


@pytest.mark.parametrize(
    ("asked", "rows", "before", "after"),
    [
        ("", "abc", "", "?state=a+b&from=3"),
        ("3", "def", "?state=a+b&from=0", "?state=a+b&from=6"),
        ("6", "g", "?state=a+b&from=3", ""),
        ("-1", "abc", "", "?state=a+b&from=3"),
        ("7", "abc", "", "?state=a+b&from=3"),
        ("٣", "abc", "", "?state=a+b&from=3"),
    ],
)
def test_a_list_is_cut_to_the_page_that_was_asked_for_and_keeps_its_filters(asked: str, rows: str, before: str, after: str) -> None:
    with translation.override("en"):
        shown, told = cut_to_page(RequestFactory().get("/", {"state": "a b", "from": asked}), "abcdefg", 3)
    assert (shown, told["previous_url"], told["next_url"]) == (rows, before, after)
    assert told["shown"].endswith(" of 7")


def test_a_list_that_fits_on_one_page_has_no_pages() -> None:
    assert cut_to_page(RequestFactory().get("/"), "abc", 3) == ("abc", {"previous_url": "", "next_url": ""})
