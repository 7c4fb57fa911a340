"""Responses in the base world: one to the officer's case in its compartment, one to an incident in the open, one that is closed."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sild.cores.attribution.weighing import Aspect, ItemGrade, SourceGrade
from sild.kernel.actor import Actor
from sild.kernel.identity import actor_named
from sild.wings.attribution.actions import NewEvidence, NewSource, enter_evidence, name_source
from sild.wings.attribution.public import EvidenceAudience, list_cases
from sild.wings.diplomacy.public import norms
from sild.wings.parties.public import desk_day
from sild.wings.register.public import needs
from sild.wings.response.actions import (
    NewComplaint,
    NewEssential,
    NewIdentifier,
    NewListing,
    NewResponse,
    OptionStep,
    approve_listing,
    begin_listing,
    close_response,
    move_option,
    name_identifier,
    open_response,
    pick_option,
    recall_listing,
    say_essential,
    say_precondition,
    tick_point,
    touch_norm,
    withdraw_complaint,
    write_complaint,
    write_reason,
)
from sild.wings.response.rules import (
    DeliveryLevel,
    Essential,
    EssentialStand,
    IdentifierKind,
    NormTouch,
    OptionState,
    PreconditionStand,
    SubjectKind,
)
from sild.wings.signals.public import IncidentFilter, list_incidents

TOLD = "for the worlds"


def respond(slug: str) -> None:
    """Open three; the first two have options in every state and a word on each of the three things."""
    officer = actor_named(slug, "officer")
    [case, *_rest], _after = list_cases(officer, state="open")
    [incident, *_others], _after = list_incidents(officer, IncidentFilter())
    made = open_response(officer, NewResponse(title="What we answer", summary=TOLD, case_id=case.id), reason=TOLD)
    _answer(officer, made)
    _list(officer, made, case.id)
    _answer(officer, open_response(officer, NewResponse(title="Before we know", incident_id=incident.id), reason=TOLD))
    closed = open_response(officer, NewResponse(title="Long ago"), reason=TOLD)
    close_response(officer, closed, reason=TOLD)
    for norm, touch in zip(norms(), NormTouch, strict=False):
        touch_norm(officer, incident.id, norm.id, touch, reason=TOLD)


def _list(officer: Actor, made: UUID, case: UUID) -> None:
    """A draft with everything in it that one person approved, and a recalled one."""
    open_one = frozenset({EvidenceAudience.PUBLIC, EvidenceAudience.SANCTIONS_FILE})
    source = name_source(officer, case, NewSource(name="A gazette", reliability=SourceGrade.B))
    told = {"title": "What was printed", "aspect": Aspect.MALWARE, "credibility": ItemGrade.PROBABLY_TRUE}
    item = enter_evidence(officer, case, NewEvidence(source_id=source, shown_to=open_one, **told))
    for name, kind in (("Somebody", SubjectKind.PERSON), ("A firm", SubjectKind.ENTITY)):
        pack = begin_listing(officer, made, NewListing(name=name, subject=kind), reason=TOLD)
        name_identifier(officer, pack, NewIdentifier(kind=IdentifierKind.ALIAS, text="Another name", source="A gazette"))
        tick_point(officer, pack, "criterion-a", PreconditionStand.MET, reason=TOLD)
        write_reason(officer, pack, "They did it.", [item])
        approve_listing(officer, pack, reason=TOLD)
    recall_listing(officer, pack, reason=TOLD)


def _answer(officer: Actor, made: UUID) -> None:
    day = desk_day(officer) - timedelta(days=1)
    for option, states in (
        ("tb-demarche", (OptionState.DECIDED, OptionState.DONE)),
        ("tb-hr-statement", (OptionState.DECIDED,)),
        ("tb-travel-ban", (OptionState.DROPPED,)),
        ("tb-dialogue", ()),
    ):
        picked = pick_option(officer, made, option, level=DeliveryLevel.AMBASSADOR, reason=TOLD)
        for state in states:
            move_option(officer, picked, OptionStep(state=state, body="The government", person="Somebody", on=day), reason=TOLD)
        if option == "tb-demarche":
            say_precondition(officer, picked, "agreed-text", PreconditionStand.MET, reason=TOLD)
    for forum in ("unsc", "tallinn-mechanism"):
        complaint = write_complaint(officer, made, NewComplaint(forum=forum, asked=TOLD, norms=TOLD))
    withdraw_complaint(officer, complaint, reason=TOLD)
    asked = next(iter(needs(officer)))
    for essential, stand in zip(Essential, (EssentialStand.DONE, EssentialStand.UNDER_WAY, EssentialStand.NOT_DONE), strict=True):
        need = asked.id if essential == Essential.ASK else None
        new = NewEssential(essential=essential, stand=stand, words=TOLD, body="The government", on=day, need_id=need)
        say_essential(officer, made, new)
