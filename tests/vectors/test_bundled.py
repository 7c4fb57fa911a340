"""The bundled model in its own process: the same bytes always, and a child that misbehaves costs its own text at most."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest

from sild.vectors import Absent, Bundled, ModelLimits, bundled, open_embedder
from sild.vectors.embedder import DIMENSIONS

QUICK = ModelLimits(batch_seconds=5.0, idle_seconds=0)
TEXTS = (
    "сховище для резервних копій щонайменше на 60 терабайт",
    "ligikaudu 60 TB varundusmahtu",
    "20 laptops for the school in Izium",
    "Zwanzig Notebooks für die Schule in Isjum",
    "x",
    "слово " * 150,
)


@pytest.fixture(scope="module")
def model() -> Iterator[Bundled]:
    found = open_embedder(QUICK)
    if isinstance(found, Absent):
        if os.environ.get("SILD_REQUIRE"):
            pytest.fail(found.lacking)
        pytest.skip(found.lacking)
    assert isinstance(found, Bundled)
    yield found
    found.close()


def _bytes(vectors: Sequence[object]) -> list[bytes]:
    return [vector.tobytes() for vector in vectors]  # type: ignore[attr-defined]  # a text without a vector fails here


def test_the_same_text_gives_the_same_bytes_alone_among_others_in_any_order_and_after_a_restart(model: Bundled) -> None:
    together = _bytes(model.embed(TEXTS))
    assert {len(one) for one in together} == {DIMENSIONS * 4}
    assert [_bytes(model.embed([text]))[0] for text in TEXTS] == together
    assert _bytes(model.embed(TEXTS[::-1])) == together[::-1]
    model.close()
    assert _bytes(model.embed(TEXTS)) == together


def test_one_thing_in_two_languages_lies_nearer_than_two_things_in_one(model: Bundled) -> None:
    rows = np.array(model.embed(TEXTS[:4]))
    near = rows @ rows.T
    assert near[0, 1] > max(near[0, 2], near[0, 3], near[1, 2], near[1, 3])
    assert near[2, 3] > max(near[0, 2], near[0, 3], near[1, 2], near[1, 3])


def test_a_text_without_words_has_no_vector_and_hostile_ones_do_no_harm(model: Bundled) -> None:
    before = model.restarts
    found = model.embed(["", " \n\0", "ﷺ" * 5000, "\ud800", "a\0b", "\u202e" * 50, "中" * 1000])
    assert [one is None for one in found] == [True, True, False, True, False, False, False]
    assert model.restarts == before


@pytest.mark.parametrize(
    ("kind", "orders", "end"),
    [
        ("die", {}, "died"),
        ("hoard", {}, "died"),
        ("say", {"rubbish": True}, "died"),
    ],
)
def test_a_child_that_dies_is_followed_by_another(model: Bundled, kind: str, orders: dict[str, object], end: str) -> None:
    before = _bytes(model.embed(TEXTS[:1]))
    assert model.drill(kind, **orders) == {end: True}
    assert _bytes(model.embed(TEXTS[:1])) == before


def test_a_child_that_hangs_is_ended(model: Bundled) -> None:
    model.limits = ModelLimits(batch_seconds=0.5, idle_seconds=0)
    try:
        assert model.drill("hang") == {"hung": True}
    finally:
        model.limits = QUICK
    assert model.embed(TEXTS[:1]) != [None]


@pytest.mark.parametrize(
    ("head", "payload"),
    [
        ({"vectors": 2}, "00" * 4 * DIMENSIONS),
        ({"vectors": 1}, "00" * 4 * (DIMENSIONS - 1)),
        ({"vectors": 1}, "00" * 4 * DIMENSIONS),
        ({"vectors": 1}, "0000c07f" * DIMENSIONS),
        ({"vectors": 1}, "0000807f" * DIMENSIONS),
        ({}, ""),
    ],
)
def test_an_answer_of_another_shape_is_not_believed(head: dict[str, object], payload: str) -> None:
    with pytest.raises(bundled.frames.Broken):
        bundled._believed(head, bytes.fromhex(payload), 1)


def test_a_text_on_which_the_child_dies_has_no_vector_and_the_others_have(model: Bundled, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Bundled._asked

    def deadly(self: Bundled, texts: Sequence[str]) -> object:
        if "deadly" in texts:
            self.drill("die")
            return None
        return whole(self, texts)

    monkeypatch.setattr(Bundled, "_asked", deadly)
    found = model.embed(["one", "deadly", "two"])
    assert [one is None for one in found] == [False, True, False]


def test_the_child_can_open_no_file_and_no_socket_and_knows_no_environment(
    model: Bundled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SILD_SECRET", "x")
    paper = tmp_path / "paper"
    paper.write_text("x")
    model.close()
    for one in (model, open_embedder(QUICK, bubblewrap=False)):
        assert isinstance(one, Bundled)
        said = one.drill("look-around", paths=[str(paper), "/", "/etc/passwd", "/proc/self/maps"])
        assert said["opened"] == []
        assert set(said["environment"]) <= {"LC_CTYPE", "PWD", "OMP_NUM_THREADS"}
        one.close()


def test_another_file_than_the_pinned_one_is_refused_by_name(model: Bundled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes(b"E5S1" + bytes(5000))
    wrong = Bundled(other, QUICK)
    assert wrong.embed(TEXTS[:2]) == [None, None]
    assert str(other) in wrong.lacking
    assert bundled.SHA256 in wrong.lacking
    tried: list[int] = []
    monkeypatch.setattr(bundled, "behind_walls", lambda *_args, **_kwargs: tried.append(1))
    assert wrong.embed(TEXTS) == [None] * len(TEXTS)
    assert not tried, "what cannot start is not tried again at every line"
    monkeypatch.undo()
    gone = Bundled(tmp_path / "gone.bin", QUICK)
    assert "gone.bin" in gone.lacking


def test_an_engine_that_computes_something_else_is_refused(model: Bundled, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled, "_PROVEN", (0.5,))
    other = open_embedder(QUICK)
    assert other.embed(["x"]) == [None]
    assert "computes something else" in other.lacking


def test_the_child_outlives_the_thread_that_asked_first(model: Bundled) -> None:
    model.close()
    asked: list[object] = []
    first = threading.Thread(target=lambda: asked.append(model.embed(TEXTS[:1])))
    first.start()
    first.join()
    process, restarts = model.process, model.restarts
    time.sleep(0.2)
    assert [model.embed(TEXTS[:1])] == asked
    assert (model.process, model.restarts) == (process, restarts)


def test_too_little_memory_is_said_and_stops_nothing(model: Bundled) -> None:
    small = open_embedder(ModelLimits(address_space=60 << 20, idle_seconds=0))
    assert small.embed(["x"]) == [None]
    assert small.lacking


def test_a_child_that_is_asked_nothing_ends_and_starts_again(model: Bundled) -> None:
    brief = open_embedder(ModelLimits(idle_seconds=3600))
    assert isinstance(brief, Bundled)
    first = brief.embed(["x"])
    assert brief._alarm is not None
    brief._alarm.cancel()
    # what the alarm does when it rings
    brief._alarm.function()
    assert brief.process is None
    assert brief.embed(["x"]) == first
    brief.close()


@pytest.mark.parametrize("version", [None, "0.4.0"])
def test_without_the_package_or_with_another_one_the_desk_says_what_it_lacks(version: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    def installed(name: str) -> str:
        if version is None:
            raise metadata.PackageNotFoundError(name)
        return version

    monkeypatch.setattr(bundled.metadata, "version", installed)
    absent = open_embedder()
    assert isinstance(absent, Absent)
    assert absent.embed(["x", "y"]) == [None, None]
    assert absent.identity == ""
    assert ("not installed" if version is None else "0.4.0, not 0.3.0") in absent.lacking
