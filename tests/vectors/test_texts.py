"""Texts as the model gets them: one form, no sign that grows, no longer than said."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sild.vectors import LONGEST, cleaned, content_digest


@given(st.text(st.characters(), max_size=3000))
def test_any_text_becomes_plain_signs_no_longer_than_said_and_stays_so(text: str) -> None:
    plain = cleaned(text)
    assert len(plain) <= LONGEST
    assert plain == unicodedata.normalize("NFKC", plain) == cleaned(plain)
    assert "\0" not in plain
    assert plain.encode().decode() == plain
    assert plain == plain.strip()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("  60 ТБ\n\tсховища  ", "60 ТБ сховища"),
        ("a\0b", "a b"),
        ("\ud800half a sign", "half a sign"),
        ("ﬁle server № 4", "file server No 4"),
        ("\0 \n", ""),
        ("", ""),
    ],
)
def test_a_text_in_plain_form(text: str, plain: str) -> None:
    assert cleaned(text) == plain


def test_a_huge_text_is_cut_before_it_is_made_plain() -> None:
    # eighteen signs each: whoever normalised the whole of it first would hold two hundred million
    assert len(cleaned("ﷺ" * 10_000_000)) <= LONGEST


def test_the_digest_is_of_the_plain_text_and_the_model() -> None:
    assert content_digest("one", "a  b") == content_digest("one", "a b\n")
    assert content_digest("one", "a b") != content_digest("two", "a b")
    assert content_digest("one", "a b") != content_digest("one", "a c")
    assert len(content_digest("one", "")) == 32
