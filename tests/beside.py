"""Collections of files that stand beside the checkout and are no part of it: one check for every test that reads them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def beside(*steps: str) -> Path:
    """A file or folder of what is shared. Skips the test where it is not there, and fails it where SILD_REQUIRE names "shared"."""
    place = SHARED.joinpath(*steps)
    if place.exists():
        return place
    if "shared" in os.environ.get("SILD_REQUIRE", ""):
        pytest.fail(f"{'/'.join(('shared', *steps))} is not beside this checkout, and SILD_REQUIRE names shared")
    pytest.skip(f"{'/'.join(('shared', *steps))} is not beside this checkout")
