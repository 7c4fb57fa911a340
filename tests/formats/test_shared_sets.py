"""The collections of bad files beside the checkout: each file ends accepted or refused, in this process as in the sandbox."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sild.formats import Unreadable, read_document

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
SETS = ("bad_xml", "bad_strings", "cpython_test_email", "pdf_samples", "hxl_samples")


@pytest.mark.parametrize("name", SETS)
def test_every_file_of_a_bad_collection_ends_accepted_or_refused(name: str) -> None:
    folder = SHARED / name
    if not folder.is_dir():
        if "shared" in os.environ.get("SILD_REQUIRE", ""):
            pytest.fail(f"{folder} is required and not there")
        pytest.skip(f"{folder} is not there")
    ends = {"accepted": 0, "refused": 0}
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        try:
            document = read_document(path.name, path.read_bytes())
        except Unreadable as refused:
            assert path.name in refused.reason
            ends["refused"] += 1
        else:
            assert document.parts
            ends["accepted"] += 1
    assert ends["accepted"] > 0
