"""What the doctor says about text in pictures: which languages are read, what is missing, and that a desk without it is sound."""

from __future__ import annotations

from sild.cli.doctor import _recognition
from sild.formats.recognition import RECOGNISED


def test_a_desk_without_tesseract_is_sound_and_says_what_waits_for_it() -> None:
    finding = _recognition(())
    assert finding.ok
    assert "tesseract is not installed" in finding.what
    assert "quarantined" in finding.what


def test_the_languages_that_are_there_and_those_that_are_not_are_named() -> None:
    assert _recognition(RECOGNISED).what == f"text in pictures is read in {', '.join(RECOGNISED)}"
    assert _recognition(("eng", "ukr")).what.endswith("not installed: est, pol, deu, fra, swe")
