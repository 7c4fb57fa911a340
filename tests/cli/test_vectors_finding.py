"""What the doctor says of the model that compares lines across languages: a desk without it is sound, one with a wrong one is not."""

from __future__ import annotations

import pytest

from sild.cli import doctor
from sild.wings.linkage.public import ModelState


@pytest.mark.parametrize(
    ("state", "ok", "words"),
    [
        (ModelState(identity="m 1 sha256:00", walls="bubblewrap", lacking="", wrong=False), True, "m 1 sha256:00"),
        (ModelState(identity="", walls="", lacking="The model is not installed.", wrong=False), True, "not installed"),
        (ModelState(identity="m 1", walls="", lacking="Its hash is another.", wrong=True), False, "another"),
    ],
)
def test_the_doctor_tells_the_model_or_what_is_lacking(state: ModelState, ok: bool, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "model_state", lambda: state)
    finding = doctor._vectors()
    assert finding.ok is ok
    assert words in finding.what
    assert bool(finding.next_step) is not ok


def test_a_desk_whose_vectors_are_switched_off_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SILD_VECTORS", "off")
    finding = doctor._vectors()
    assert finding.ok
    assert "SILD_VECTORS=off" in finding.what
