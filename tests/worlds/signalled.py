"""Incidents and public statements in the base world: of every kind and state, some shown to others, two tied, one contradicting itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from sild.kernel.actor import Actor
from sild.kernel.grants import release_to
from sild.kernel.identity import actor_named
from sild.values.marking import Marking
from sild.wings.signals.actions import (
    IncidentFacts,
    NewNotice,
    StatementFacts,
    Weighing,
    acknowledge_notice,
    ask_study,
    give_notice,
    keep_study,
    move_incident,
    recall_notice,
    record_incident,
    record_statement,
    tie_incidents,
    weigh_incident,
    withdraw_statement,
)
from sild.wings.signals.reads import StudyQuestion
from sild.wings.signals.rules import SECTORS, Degree, IncidentKind, IncidentState, Precision, StatementKind, TieKind, WhyNot

MANY = 6
TOLD = "told for the worlds"


def signal(slug: str, readers: list[Actor], today: date) -> None:
    """Write incidents down and move them on; two are shown to those whom no rule shows any."""
    officer = actor_named(slug, "officer")
    made = []
    for number in range(MANY):
        facts = IncidentFacts(
            title=f"something happened {number}",
            kind=list(IncidentKind)[number % 3],
            begins=today - timedelta(days=number),
            begins_precision=list(Precision)[number % 3],
            ends=today - timedelta(days=3 * number),
            ends_precision=Precision.DAY,
            countries=(("Ukraine", "Estonia")[number % 2],),
            victims=(f"A body {number}",),
            sectors=SECTORS[number : number + 2],
            source="a source for the worlds",
            source_on=today,
        )
        made.append(record_incident(officer, facts, reason=TOLD))
    weigh_incident(officer, made[0], Weighing(factor="duration", degree=Degree.SERIOUS, said="three days"), reason=TOLD)
    for one in made[1:4]:
        move_incident(officer, one, IncidentState.ASSESSED, reason=TOLD)
    move_incident(officer, made[1], IncidentState.PURSUED, reason=TOLD)
    move_incident(officer, made[4], IncidentState.NOT_PURSUED, WhyNot.OTHERS_LEAD, reason=TOLD)
    move_incident(officer, made[5], IncidentState.CLOSED, reason=TOLD)
    tie_incidents(officer, made[0], made[1], TieKind.FOLLOWS, reason=TOLD)
    for one in made[:2]:
        release_to(officer, "signals.Incident", one, [reader.organisation for reader in readers], reason=TOLD)
    _speak(officer, readers, today)


def _speak(officer: Actor, readers: list[Actor], today: date) -> None:
    """Write down what was said, in every kind; one is withdrawn, two are shown to those whom no rule shows any."""
    said = []
    for number, kind in enumerate(StatementKind):
        facts = StatementFacts(
            title=f"something was said {number}",
            who=f"A ministry {number}",
            kind=kind,
            office="an office",
            country=("EE", "UA", "")[number % 3],
            on=today - timedelta(days=number),
            precision=list(Precision)[number % 3],
            countries=(("Russia", "Belarus")[number % 2],),
            actor="a name that was said",
            languages=("en", "uk")[: number % 3],
            source="a source for the worlds",
            source_on=today,
        )
        said.append(record_statement(officer, facts, reason=TOLD))
    withdraw_statement(officer, said[2], reason=TOLD)
    for one in said[:2]:
        release_to(officer, "signals.PublicStatement", one, [reader.organisation for reader in readers], reason=TOLD)
    # one waits, one could not be asked like this; both count what some of the others do not see
    asked = StudyQuestion(first=today - timedelta(days=30), last=today)
    ask_study(officer, asked, reason=TOLD)
    keep_study(officer, ask_study(officer, asked, reason=TOLD), {}, [], refusal="refused for the worlds", reason=TOLD)
    _notice(officer, readers, today)


def _notice(officer: Actor, readers: list[Actor], today: date) -> None:
    """Two notices, one of them given to those readers, whom the first says to have read it; the other is recalled."""
    at = datetime.combine(today + timedelta(days=900), time(9), UTC)
    given = NewNotice(
        title="We will speak", at=at, says=TOLD, watch="what is slow", to=tuple(one.organisation for one in readers), marking=Marking.GREEN
    )
    acknowledge_notice(readers[0], give_notice(officer, given, reason=TOLD), TOLD)
    recall_notice(officer, give_notice(officer, replace(given, title="We will not"), reason=TOLD), reason=TOLD)
