"""Vectors of lines in the database: computed once, as closed as the line, gone with its words, moved with it, handed to linking."""

from __future__ import annotations

import hashlib
import random
from array import array
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest

from sild.cores.linkage.problem import LinkageProblem
from sild.kernel.action import last_act
from sild.kernel.closing import raise_marking
from sild.kernel.home import Home
from sild.kernel.identity import actor_named
from sild.kernel.moving import open_compartment
from sild.kernel.undo import undo
from sild.postgres.supervisor import Server
from sild.values.marking import Marking
from sild.vectors import DIMENSIONS, Absent, Vector, cleaned
from sild.wings.intake.actions import close_message_into
from sild.wings.intake.public import messages
from sild.wings.linkage.actions import embedding
from sild.wings.linkage.public import asked_ahead, embed_lines, kept_vectors, likely_repeats, link_register
from sild.wings.linkage.reads import vectors
from sild.wings.linkage.reads.problem import core_id, problem_of, standing_lines
from sild.wings.linkage.reads.vectors import model_key, vectors_of
from sild.wings.register.public import erase_lines, keep_lines, lines, mend_line
from tests.cast import Cast
from tests.wings.intake.test_run import inbox, run  # noqa: F401 - the fixture is used by its name
from tests.wings.readings import reading

HOSPITAL = "Uman Regional Hospital"
ASKED = reading(1, "request", "backup-storage", "backup storage", 60, unit="TB", beneficiary=HOSPITAL)
SAME = reading(2, "request", "backup-storage", "backup storage", 60, unit="TB", beneficiary="Lviv City Council")
OTHER = reading(3, "request", "end-user-devices", "laptops", 40, unit="laptop", beneficiary=HOSPITAL)
WORDLESS = reading(4, "request", "end-user-devices", "", None, beneficiary=HOSPITAL, evidence=())
ALL = [ASKED, SAME, OTHER, WORDLESS]


class Counted:
    """A model whose vectors follow from the words alone, and which notes what it was asked."""

    def __init__(self, identity: str = "counted 1") -> None:
        self.identity = identity
        self.lacking = ""
        self.asked: list[str] = []
        self.breaks_after: int | None = None

    def embed(self, texts: Sequence[str]) -> list[Vector | None]:
        if self.breaks_after is not None and len(self.asked) >= self.breaks_after:
            self.lacking = "The model broke."
            return [None] * len(texts)
        self.asked += texts
        return [self._vector(cleaned(text)) if cleaned(text) else None for text in texts]

    def _vector(self, text: str) -> Vector:
        seeded = random.Random(hashlib.sha256(f"{self.identity}{text}".encode()).digest())
        numbers = np.array([seeded.gauss(0, 1) for _ in range(DIMENSIONS)])
        return array("f", numbers / np.linalg.norm(numbers))

    def close(self) -> None:
        """Nothing runs."""


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Counted:
    """The desk's model is one that counts."""
    found = Counted()
    _use(monkeypatch, found)
    return found


def _use(monkeypatch: pytest.MonkeyPatch, model: object) -> None:
    monkeypatch.setattr(vectors, "_opened", lambda _switch: model)


def rows(server: Server) -> dict[UUID, tuple[int, str | None, int]]:
    """What is kept, past all policies: marking, compartment, bytes."""
    found = server.query()("select line_id, marking, compartment_id, octet_length(vector) from linkage_vector")
    return {UUID(str(line)): (marking, str(room) if room else None, size) for line, marking, room, size in found}


def problem(cast: Cast) -> LinkageProblem:
    return problem_of(cast.run, standing_lines(cast.run), [])


def test_every_line_with_words_gets_a_vector_and_equal_words_are_computed_once(cast: Cast, server: Server, model: Counted) -> None:
    keep_lines(cast.run, ALL)
    made = embed_lines(cast.run)
    assert (made.fresh, made.without, made.lacking) == (4, 0, "")
    assert len(model.asked) == 3
    assert {line: size for line, (_m, _r, size) in rows(server).items()} == {
        ASKED.id: 384, SAME.id: 384, OTHER.id: 384, WORDLESS.id: 0,
    }  # fmt: skip
    again = embed_lines(cast.run)
    assert (again.fresh, again.without) == (0, 0)
    link_register(cast.run)
    embed_lines(cast.run)
    assert len(model.asked) == 3


def test_a_model_of_which_nothing_is_wanted_is_not_started(cast: Cast, model: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    class Asleep(Counted):
        """One whose state nobody can ask for without waking it."""

        @property
        def lacking(self) -> str:
            raise AssertionError("woken")

        @lacking.setter
        def lacking(self, _words: str) -> None:
            """What it is made with."""

    keep_lines(cast.run, ALL)
    first = embed_lines(cast.run)
    _use(monkeypatch, Asleep())
    again = embed_lines(cast.run)
    assert (first.fresh, again.fresh, again.without, again.lacking) == (4, 0, 0, "")


def test_linking_is_handed_the_vectors_that_are_there(cast: Cast, model: Counted) -> None:
    keep_lines(cast.run, ALL)
    assert problem(cast).vectors == {}
    embed_lines(cast.run)
    told = problem(cast).vectors
    assert told is not None
    names = {core_id(line): line.id for line in lines(cast.run)}
    assert {names[name] for name in told} == {ASKED.id, SAME.id, OTHER.id}
    for vector in told.values():
        assert len(vector) == DIMENSIONS
        assert abs(np.linalg.norm(np.asarray(vector)) - 1) < 1e-5


def test_a_vector_goes_when_the_words_change_and_stays_when_they_do_not(cast: Cast, server: Server, model: Counted) -> None:
    keep_lines(cast.run, ALL)
    embed_lines(cast.run)
    line = next(one for one in lines(cast.officer) if one.id == OTHER.id)
    mend_line(cast.officer, OTHER.id, line.version, {"quantity": 41, "category": "power-continuity"})
    assert OTHER.id in rows(server)
    line = next(one for one in lines(cast.officer) if one.id == OTHER.id)
    mend_line(cast.officer, OTHER.id, line.version, {"item": "generators"})
    assert OTHER.id not in rows(server)
    act = last_act()
    assert act is not None
    embed_lines(cast.run)
    assert OTHER.id in rows(server)
    undo(cast.officer, act, reason="tried")
    assert OTHER.id not in rows(server)
    assert embed_lines(cast.run).fresh == 1
    assert len(model.asked) == 5


def test_erasing_the_words_takes_the_vector_and_a_rejected_line_gets_none(cast: Cast, server: Server, model: Counted) -> None:
    keep_lines(cast.run, ALL)
    embed_lines(cast.run)
    erase_lines(cast.officer, OTHER.message_id, whole=True, reason="asked to")
    assert OTHER.id not in rows(server)
    assert embed_lines(cast.run).fresh == 0


def test_a_vector_is_as_closed_as_its_line_and_nobody_else_reads_it(cast: Cast, server: Server, model: Counted) -> None:
    keep_lines(cast.run, ALL)
    embed_lines(cast.run)
    for stranger in (cast.outsider, cast.seller, cast.other_donor):
        assert vectors_of(stranger, [one.id for one in ALL]) == {}, stranger.name
        assert kept_vectors(stranger, [one.id for one in ALL]) == {}
    raise_marking(cast.officer, "register.Line", OTHER.id, Marking.RED, reason="it names a site")
    assert rows(server)[OTHER.id][0] == int(Marking.RED)


def test_a_vector_moves_with_its_line_into_a_compartment_and_is_not_computed_anew(
    cast: Cast,
    home: Home,
    inbox: Path,  # noqa: F811
    server: Server,
    model: Counted,
) -> None:
    run(cast, home, inbox)
    before, asked = rows(server), len(model.asked)
    message = next(one for one in messages(cast.officer) if one.name == "generators.eml")
    moving = {line.id for line in lines(cast.officer) if line.message_id == message.id}
    assert moving <= set(before)
    room = open_compartment(cast.officer, "the site", [], reason="the site is named")
    inside = actor_named("drill", "officer")
    close_message_into(inside, message.id, room, reason="it names the site")
    after = rows(server)
    assert not moving & set(after)
    [moved] = [line for line, row in after.items() if row[1] == str(room)]
    assert vectors_of(inside, [moved])
    assert vectors_of(cast.deputy, [moved]) == vectors_of(cast.run, [moved]) == {}
    assert len(model.asked) == asked
    # the same words come again outside: computed as if nobody had them
    run(cast, home, inbox)
    assert len(model.asked) == asked + 1


def test_without_a_model_lines_are_linked_and_it_is_said_what_is_lacking(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    _use(monkeypatch, Absent("There is no model."))
    keep_lines(cast.run, ALL)
    made = embed_lines(cast.run)
    assert (made.fresh, made.without, made.lacking) == (0, 4, "There is no model.")
    assert problem(cast).vectors is None
    assert link_register(cast.run).findings == ()


def test_a_model_that_breaks_off_leaves_lines_to_be_asked_again(
    cast: Cast, server: Server, model: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding, "AT_A_TIME", 1)
    keep_lines(cast.run, ALL)
    model.breaks_after = 1
    made = embed_lines(cast.run)
    assert made.lacking == "The model broke."
    assert made.without == 4 - made.fresh > 0
    model.breaks_after, model.lacking = None, ""
    assert embed_lines(cast.run).without == 0
    assert len(rows(server)) == 4


def test_another_model_takes_none_of_the_vectors_of_the_first(cast: Cast, model: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_lines(cast.run, ALL)
    embed_lines(cast.run)
    second = Counted("counted 2")
    _use(monkeypatch, second)
    assert model_key(second) != model_key(model)
    assert problem(cast).vectors == {}
    assert embed_lines(cast.run).fresh == 4
    assert len(second.asked) == 3


def test_a_line_that_somebody_looks_at_is_given_its_vector_at_once_and_keeps_none(cast: Cast, server: Server, model: Counted) -> None:
    keep_lines(cast.run, [ASKED])
    embed_lines(cast.run)
    keep_lines(cast.run, [SAME, OTHER])
    asked = len(model.asked)
    likely_repeats(cast.officer, [OTHER.id])
    assert len(model.asked) == asked + 1
    assert OTHER.id not in rows(server)


def test_what_was_asked_ahead_is_not_asked_again(cast: Cast, model: Counted) -> None:
    keep_lines(cast.run, ALL)
    with asked_ahead() as ahead:
        ahead.ask(["one", "two", "one"])
        ahead.ask(["two"])
        assert ahead.embed(["two", "three", ""])[2] is None
        assert sorted(model.asked) == ["one", "three", "two"]
        assert embed_lines(cast.run, ahead).fresh == 4
