"""Replay: an exercise's recorded acts are done once, as the people who did them, and what does not fit today is tried again."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sild.kernel.actor import Actor
from sild.kernel.home import Home
from sild.kernel.identity import actor_named
from sild.kernel.refusals import Refused
from sild.wings.delivery.public import delivery_of_need
from sild.wings.intake.actions import run as running
from sild.wings.intake.public import RunResult, run_inbox
from sild.wings.intake.rules import Act, act_keys
from sild.wings.intake.schemas import read_decisions
from sild.wings.parties.public import PartyRow, import_parties
from sild.wings.planning.public import LimitEntry, record_limit
from sild.wings.planning.reads.limits import every_limit
from sild.wings.register.public import LineState, lines, needs
from sild.wings.signals.public import IncidentFilter, StatementFilter, incident_record, list_incidents, list_statements
from tests.cast import Cast
from tests.readers import InProcess

LETTER = b"From: it@lviv.example\nDate: Mon, 05 Jan 2026 10:00:00 +0200\n\nLviv City Council asks for 40 laptops for its service centres.\n"
LATER = b"From: it@lviv.example\nDate: Tue, 06 Jan 2026 10:00:00 +0200\n\nLviv City Council needs 6 diesel generators.\n"


def act(**fields: Any) -> Act:
    return Act.model_validate({"as": "officer", "on": date(2026, 2, 1), "reason": "read and right"} | fields)


ACCEPT = act(act="accept", where={"category": "end-user-devices"})
WAITING = act(act="accept", where={"category": "power-continuity"})
ORDERS = [
    ACCEPT,
    act(**{"as": "technical"}, act="gate", gate="technical-review", where={"category": "end-user-devices"}),
    act(**{"as": "interagency"}, act="gate", gate="interagency-review", where={"category": "end-user-devices"}),
]


@pytest.fixture
def inbox(tmp_path: Path, cast: Cast) -> Path:
    council = PartyRow(line=2, name="Lviv City Council", aliases=(), country="UA", kind="recipient-body", sector="local government")
    import_parties(cast.run, [council])
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.eml").write_bytes(LETTER)
    return tmp_path / "inbox"


def run(cast: Cast, home: Home, inbox: Path, acts: list[Act]) -> RunResult:
    return run_inbox(cast.run, inbox, home, InProcess(), today=date(2026, 2, 10), acts=acts)


def test_acts_are_done_as_the_people_who_did_them(cast: Cast, home: Home, inbox: Path) -> None:
    result = run(cast, home, inbox, ORDERS)
    assert (result.replayed, result.not_replayed) == (3, [])
    assert [(need.state, need.provisional) for need in needs(cast.officer)] == [("endorsed", False)]


def test_who_decided_is_told_by_name_not_by_code(cast: Cast, home: Home, inbox: Path) -> None:
    told = {"kind": "budget", "subject": "Estonia", "amount": 5, "currency": "EUR"}
    another = act(**{"as": "donor"}, act="limit", limit=told | {"subject": "Canada"})
    result = run(
        cast, home, inbox, [act(**{"as": "donor"}, act="limit", limit=told), another, act(act="accept", where={"category": "backup"})]
    )
    assert [one.source for one in every_limit(cast.officer, kind="budget")] == [f"decision of {cast.donor.name}"]
    assert result.not_replayed[0].startswith(f"limit by {cast.donor.name}: ")
    assert result.fit_nothing[0].startswith(f"accept by {cast.officer.name}: no line fits")


def test_an_act_is_done_once_wherever_it_stands_in_the_file(cast: Cast, home: Home, inbox: Path) -> None:
    run(cast, home, inbox, ORDERS)
    rejected = act(act="reject", where={"category": "end-user-devices"}, reason="sent by somebody else")
    run(cast, home, inbox, [*ORDERS, rejected])
    assert [line.state for line in lines(cast.officer)] == [LineState.REJECTED]
    again = run(cast, home, inbox, [rejected, *ORDERS])
    assert again.replayed == 0
    assert [line.state for line in lines(cast.officer)] == [LineState.REJECTED]


def test_an_act_that_fits_nothing_yet_is_done_when_its_message_comes(cast: Cast, home: Home, inbox: Path) -> None:
    early = run(cast, home, inbox, [WAITING])
    assert (early.replayed, len(early.fit_nothing), early.not_replayed) == (0, 1, [])
    (inbox / "b.eml").write_bytes(LATER)
    assert run(cast, home, inbox, [WAITING]).replayed == 1


def test_an_act_speaks_only_of_what_had_arrived_by_its_day(cast: Cast, home: Home, inbox: Path) -> None:
    early = act(act="accept", where={"category": "end-user-devices"}, on=date(2026, 1, 4))
    assert run(cast, home, inbox, [early]).replayed == 0


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (act(**{"as": "ghost"}, act="accept", where={"kind": "request"}), "ghost"),
        (act(act="limit", limit={"kind": "nonsense", "subject": "x"}), "limit.kind"),
    ],
)
def test_a_wrong_act_is_found_before_anything_is_read(cast: Cast, home: Home, inbox: Path, wrong: Act, told: str) -> None:
    with pytest.raises(Refused, match=told):
        run(cast, home, inbox, [wrong])
    assert lines(cast.run) == []


def test_a_strange_relation_is_refused_with_the_file() -> None:
    where = "where: {kind: request}, other: {kind: request}"
    text = f"exercise: true\nacts:\n- {{as: officer, on: 2026-02-01, act: judge, {where}, relation: foo, reason: x}}\n".encode()
    with pytest.raises(Refused, match=r"acts\.0\.relation"):
        read_decisions(text, "decisions.yaml")


def test_keys_tell_equal_acts_apart_by_their_number_among_equals() -> None:
    keys = act_keys([ACCEPT, WAITING, ACCEPT])
    assert len(set(keys)) == 3
    assert set(act_keys([WAITING, ACCEPT, ACCEPT])) == set(keys)


def test_nobody_states_a_limit_of_somebody_else(cast: Cast) -> None:
    entry = {"kind": "budget", "amount": 5, "currency": "EUR", "source": "note", "as_of": date(2026, 2, 1)}
    with pytest.raises(Refused, match="cannot state a limit of Canada"):
        record_limit(cast.donor, LimitEntry.model_validate(entry | {"subject": "Canada"}))
    assert record_limit(cast.donor, LimitEntry.model_validate(entry | {"subject": "Estonia"}))


def outcome(run_actor: Actor) -> list[tuple[object, ...]]:
    told = {line.id: (line.message_name, line.position, line.state) for line in lines(run_actor)}
    return sorted(
        (str(need.quantity), need.state, need.provisional, *sorted(told[line] for line in need.lines)) for need in needs(run_actor)
    )


@pytest.mark.parametrize("done", [0, 1, 2, 3, 4])
def test_a_replay_broken_off_after_any_act_ends_as_if_it_had_not_been(
    cast: Cast, home: Home, inbox: Path, monkeypatch: pytest.MonkeyPatch, done: int
) -> None:
    for number, text in enumerate(("asks for 40 laptops, as written before.", "asks for 25 laptops for its schools.")):
        (inbox / f"c{number}.eml").write_bytes(LETTER.replace(b"asks for 40 laptops for its service centres.", text.encode()))
    apart = {"act": "judge", "where": {"message": "a.eml"}, "other": {"message": "c0.eml"}, "relation": "not-the-same"}
    acts = [act(**apart), *ORDERS, act(act="reject", where={"message": "c1.eml"}, reason="not ours")]
    other = actor_named("strangers", "run")
    council = PartyRow(line=2, name="Lviv City Council", aliases=(), country="UA", kind="recipient-body", sector="local government")
    import_parties(other, [council])
    run_inbox(other, inbox, home, InProcess(), today=date(2026, 2, 10), acts=acts)

    class Stopped(BaseException):
        """Stands for the key that ends a program."""

    left, real = [done], running.note_replay

    def stopping(*args: Any, **kwargs: Any) -> None:
        real(*args, **kwargs)
        left[0] -= 1
        if left[0] < 0:
            raise Stopped

    with monkeypatch.context() as patch:
        patch.setattr(running, "note_replay", stopping)
        with pytest.raises(Stopped):
            run(cast, home, inbox, acts)
    run(cast, home, inbox, acts)
    assert outcome(cast.run) == outcome(other)


GIVES = b"From: desk@estonia.example\nDate: Wed, 07 Jan 2026 10:00:00 +0200\n\nEstonia offers 30 laptops for local government.\n"


def test_what_was_agreed_and_delivered_is_done_again_on_its_days(cast: Cast, home: Home, inbox: Path) -> None:
    (inbox / "b.eml").write_bytes(GIVES)
    both = {"where": {"kind": "request", "category": "end-user-devices"}, "other": {"kind": "offer", "category": "end-user-devices"}}
    told = [
        act(act="accept", where=both["other"]),
        act(act="rule-channel", channel="civil", where=both["where"]),
        act(act="agree", **both, agreement={"quantity": 20}),
        act(**{"as": "authority"}, act="agree", **both, agreement={"word": "accept", "quantity": 15}),
        act(act="agree", **both, agreement={"word": "commit"}),
        act(act="deliver", **both, delivery={"deed": "prepare", "quantity": 10, "legs": [{"start": "Tallinn", "end": "Lviv"}]}),
        act(act="deliver", **both, delivery={"deed": "depart"}),
        act(**{"as": "authority"}, act="deliver", **both, delivery={"deed": "receive", "arrived": 9, "faulty": 1}),
        act(act="deliver", **both, delivery={"deed": "vanish"}),
    ]
    result = run(cast, home, inbox, [ORDERS[0], told[0], told[1], *ORDERS[1:], *told[2:]])
    assert result.not_replayed == ["deliver by Secretariat officer: a consignment knows no deed 'vanish'"]
    [need] = [one.id for one in needs(cast.officer) if one.category == "end-user-devices"]
    found = delivery_of_need(cast.officer, need)
    assert {str(piece.place): int(piece.quantity) for piece in found.status.pieces} == {
        "committed": 5,
        "under-way": 1,
        "accepted": 8,
        "disputed": 1,
    }
    assert [row.since for row in found.rows] == [date(2026, 2, 1)]


def test_incidents_and_what_was_said_are_written_down_by_who_did(cast: Cast, home: Home, inbox: Path) -> None:
    first = {"title": "Pages out of reach", "begins": date(2026, 1, 4), "countries": ["UA"], "sectors": ["health"]}
    weighed = [{"factor": "duration", "degree": "slight", "said": "three hours"}]
    later = first | {"title": "Out of reach again", "campaign_of": "pages out of reach", "state": "pursued", "weighed": weighed}
    said = {
        "title": "We stand with the city",
        "who": "A minister",
        "kind": "solidarity",
        "country": "EE",
        "said_on": date(2026, 1, 3),
        "marking": "CLEAR",
        "shared": True,
    }
    acts = [act(act="incident", incident=first), act(act="incident", incident=later), act(**{"as": "donor"}, act="said", said=said)]
    result = run(cast, home, inbox, acts)
    assert (result.replayed, result.not_replayed, result.fit_nothing) == (3, [], [])
    again, once = list_incidents(cast.officer, IncidentFilter())[0]
    assert (again.state, once.state, again.begins_precision) == ("pursued", "reported", "day")
    assert [tie.other.id for tie in incident_record(cast.officer, again.id).ties] == [once.id]
    [statement] = list_statements(cast.officer, StatementFilter())[0]
    assert list_incidents(cast.donor, IncidentFilter())[0] == []
    assert (statement.title, statement.country, statement.on) == ("We stand with the city", "EE", date(2026, 1, 3))
    assert run(cast, home, inbox, acts).replayed == 0


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"title": "A flood", "kind": "wet"}, "wet"),
        ({"title": "Again", "campaign_of": "nothing of that name"}, "nothing of that name"),
        ({"title": "Where", "sectors": ["magic"]}, "magic"),
    ],
)
def test_an_incident_in_words_of_no_list_is_told_and_leaves_nothing(
    cast: Cast, home: Home, inbox: Path, told: dict[str, Any], said: str
) -> None:
    result = run(cast, home, inbox, [act(act="incident", incident=told)])
    assert (result.replayed, len(result.not_replayed)) == (0, 1) and said in result.not_replayed[0]
    assert list_incidents(cast.officer, IncidentFilter())[0] == []
