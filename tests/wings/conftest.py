"""What wings share in their tests: a desk with messages that were read."""

from __future__ import annotations

from pathlib import Path

import pytest

from sild.kernel.home import Home
from tests.cast import Cast
from tests.keeping import once
from tests.wings.intake.desk import fill


@pytest.fixture
@once
def filled(cast: Cast, home: Home, tmp_path: Path) -> None:
    """The messages of the inbox, read into the home."""
    fill(cast, home, tmp_path / "inbox")
