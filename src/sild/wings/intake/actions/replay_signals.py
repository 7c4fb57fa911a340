"""Recorded acts on incidents and public statements, done again as the person who did them, on their days."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sild.kernel.actor import Actor
from sild.kernel.grants import release_to
from sild.kernel.refusals import Refused
from sild.values.marking import Marking
from sild.wings.intake.rules import Act, IncidentTold, SaidTold, WeighedTold
from sild.wings.parties.public import organisation_ids
from sild.wings.signals.public import (
    INCIDENT,
    STATEMENT,
    Degree,
    IncidentFacts,
    IncidentFilter,
    IncidentKind,
    IncidentState,
    Precision,
    StatementFacts,
    StatementKind,
    TieKind,
    Weighing,
    WhyNot,
    all_incidents,
    move_incident,
    record_incident,
    record_statement,
    tie_incidents,
    weigh_incident,
)

MOST_LOOKED_THROUGH = 500
"""So many incidents, the latest, are looked through for a title that an act names."""


class SeenAgain:
    """What happened and what was said in public, as one person wrote it down."""

    def __init__(self, actor: Actor, act: Act) -> None:
        self.actor, self.act = actor, act

    def incident(self, told: IncidentTold) -> None:
        """Write an incident down with how grave it was, what it belongs to and what became of it. Raises Refused for words of no list."""
        try:
            facts = IncidentFacts(
                title=told.title,
                kind=IncidentKind(told.kind),
                summary=told.summary,
                begins=told.begins,
                begins_precision=Precision(told.begins_precision) if told.begins else Precision.UNKNOWN,
                ends=told.ends,
                ends_precision=_precision(told.ends),
                place=told.place,
                countries=tuple(told.countries),
                victims=tuple(told.victims),
                sectors=tuple(told.sectors),
                source=told.source,
                source_on=told.source_on,
            )
            weighed = [_weighing(one, self.act.on) for one in told.weighed]
            state = IncidentState(told.state) if told.state else None
            why_not = WhyNot(told.why_not) if told.why_not else None
        except ValueError as fault:
            raise Refused(f"{told.title}: {fault}") from fault
        campaign = _titled(self.actor, told.campaign_of) if told.campaign_of else None
        made = record_incident(self.actor, facts, marking=Marking[told.marking], reason=self.act.reason)
        for one in weighed:
            weigh_incident(self.actor, made, one)
        if campaign is not None:
            tie_incidents(self.actor, made, campaign, TieKind.SAME_CAMPAIGN, reason=self.act.reason)
        self._share(INCIDENT, made, told.shared)
        for step in _way_to(state):
            move_incident(self.actor, made, step, why_not, reason=self.act.reason)

    def statement(self, told: SaidTold) -> None:
        """Write down what was said in public. Raises Refused for words of no list."""
        try:
            kind = StatementKind(told.kind)
        except ValueError as fault:
            raise Refused(f"{told.title}: {fault}") from fault
        facts = StatementFacts(
            title=told.title,
            who=told.who,
            kind=kind,
            country=told.country,
            on=told.said_on,
            precision=_precision(told.said_on),
            countries=tuple(told.countries),
            actor=told.actor,
            summary=told.summary,
            languages=tuple(told.languages),
            source=told.source,
            source_on=told.source_on,
        )
        made = record_statement(self.actor, facts, marking=Marking[told.marking], reason=self.act.reason)
        self._share(STATEMENT, made, told.shared)

    def _share(self, model: str, made: UUID, shared: bool) -> None:
        others = sorted(set(organisation_ids(self.actor).values()) - {self.actor.organisation})
        if shared and others:
            release_to(self.actor, model, made, others, reason=self.act.reason)


def _weighing(told: WeighedTold, on: date) -> Weighing:
    return Weighing(factor=told.factor, degree=Degree(told.degree), said=told.said, source=told.source, on=on)


def _way_to(state: IncidentState | None) -> tuple[IncidentState, ...]:
    """The states from *reported* on: what is pursued was assessed first."""
    if state is None or state == IncidentState.REPORTED:
        return ()
    return (IncidentState.ASSESSED, state) if state == IncidentState.PURSUED else (state,)


def _precision(day: date | None) -> Precision:
    return Precision.DAY if day is not None else Precision.UNKNOWN


def _titled(actor: Actor, title: str) -> UUID:
    """The incident with that title among what the person sees, the one written down last. Raises Refused."""
    for row in all_incidents(actor, IncidentFilter(), most=MOST_LOOKED_THROUGH):
        if row.title.casefold() == title.casefold():
            return row.id
    raise Refused(f"no incident is called {title!r}; write the earlier one down first")
