"""The collections of bad files beside the checkout: each file ends accepted or refused, in this process as in the sandbox."""

from __future__ import annotations

from pathlib import Path

import pytest

from sild.formats import Unreadable, read_document
from tests import beside as place
from tests.beside import beside

SETS = ("bad_xml", "bad_strings", "cpython_test_email", "pdf_samples", "hxl_samples")


def files_of(name: str) -> list[Path]:
    """The files of a collection, in their order. Skips or fails where it is not there."""
    return sorted(one for one in beside("data", name).rglob("*") if one.is_file())


@pytest.mark.parametrize("name", SETS)
def test_every_file_of_a_bad_collection_ends_accepted_or_refused(name: str) -> None:
    ends = {"accepted": 0, "refused": 0}
    for path in files_of(name):
        try:
            document = read_document(path.name, path.read_bytes())
        except Unreadable as refused:
            assert path.name in refused.reason
            ends["refused"] += 1
        else:
            assert document.parts
            ends["accepted"] += 1
    assert ends["accepted"] > 0


def test_a_collection_that_is_required_and_not_there_fails_and_any_other_skips(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(place, "SHARED", tmp_path)
    monkeypatch.setenv("SILD_REQUIRE", "sandbox,ocr")
    with pytest.raises(pytest.skip.Exception, match="shared/data/bad_xml is not beside"):
        beside("data", "bad_xml")
    monkeypatch.setenv("SILD_REQUIRE", "sandbox,shared")
    with pytest.raises(pytest.fail.Exception, match="SILD_REQUIRE names shared"):
        beside("data", "bad_xml")
    (tmp_path / "data").mkdir()
    assert beside("data") == tmp_path / "data"
