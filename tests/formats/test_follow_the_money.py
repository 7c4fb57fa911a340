"""FollowTheMoney lines: what is read, what is passed over, what is told as unreadable."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sild.formats.follow_the_money import LONGEST_LINE, ListedEntity, PassedOver, Unread, read_entities


def one(told: object) -> ListedEntity | Unread | PassedOver:
    """What a single line gives."""
    [read] = read_entities([json.dumps(told).encode()])
    return read


def test_names_countries_and_topics_are_read() -> None:
    read = one(
        {
            "id": "x-1",
            "schema": "Person",
            "caption": "Ivan Petrenko",
            "properties": {
                "name": ["Ivan  Petrenko", "Іван Петренко"],
                "alias": ["I. P.", 7, None],
                "weakAlias": ["Vanya"],
                "nationality": ["UA"],
                "country": ["gb-sct", "suhh"],
                "topics": ["sanction"],
                "birthDate": ["1970-01-01"],
                "sourceUrl": ["javascript:alert(1)", "https://example.invalid/x"],
            },
        }
    )
    assert isinstance(read, ListedEntity)
    assert read.names == ("Ivan Petrenko", "Іван Петренко", "I. P.") and read.weak == ("Vanya",)
    assert (read.kind, read.countries, read.link) == ("person", ("gb", "ua"), "https://example.invalid/x")


def test_a_person_without_a_whole_name_is_called_by_the_parts() -> None:
    read = one({"id": "x", "schema": "Person", "properties": {"firstName": ["Ivan"], "lastName": ["Petrenko"]}})
    assert isinstance(read, ListedEntity) and read.names == ("Ivan Petrenko",)


def test_the_digest_changes_with_what_is_said_and_with_nothing_else() -> None:
    told = {"id": "x", "schema": "Company", "properties": {"name": ["A"]}, "last_seen": "2026-01-01"}
    first, later, other = one(told), one({**told, "last_seen": "2026-02-01"}), one({**told, "properties": {"name": ["A", "B"]}})
    assert isinstance(first, ListedEntity) and isinstance(later, ListedEntity) and isinstance(other, ListedEntity)
    assert first.digest() == later.digest() != other.digest()


@pytest.mark.parametrize(
    "line",
    [b"{", b"[1]", b'{"id": 1, "schema": "Person", "properties": {}}', b'{"id": "x", "schema": "Person"}', b"\xff\xfe", b"[" * 99_999],
)
def test_what_is_no_entity_is_told_with_its_line(line: bytes) -> None:
    read = list(read_entities([b"\xef\xbb\xbf\n", line]))
    assert [type(told) for told in read] == [Unread] and isinstance(read[0], Unread) and read[0].line == 2


def test_a_line_without_end_is_told() -> None:
    [read] = read_entities([b"x" * (LONGEST_LINE + 1)])
    assert isinstance(read, Unread) and "longer" in read.why


@pytest.mark.parametrize(
    "told", [{"id": "x", "schema": "Address", "properties": {}}, {"id": "x", "schema": "Person", "properties": {"name": [" "]}}]
)
def test_other_kinds_and_nameless_ones_are_passed_over(told: object) -> None:
    assert isinstance(one(told), PassedOver)


@given(st.binary(max_size=200))
def test_no_bytes_break_it(line: bytes) -> None:
    lines = line.split(b"\n")
    assert len(list(read_entities(lines))) <= len(lines)
