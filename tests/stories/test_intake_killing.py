"""A few kills during intake; bench/intake_kill_bench.py does fifty."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stories.intake_killing import ALL_KINDS, kills_during_intake


@pytest.mark.slow
def test_no_letter_is_lost_or_doubled_by_kills_of_any_process_of_intake(tmp_path: Path) -> None:
    outcome = kills_during_intake(tmp_path, len(ALL_KINDS), seed=3)
    assert outcome.faults == []
    assert outcome.messages == outcome.letters > 0
