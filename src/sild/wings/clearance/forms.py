"""What people send about a licence case: days, states and lists read from a form. What cannot be read is refused in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from sild.kernel.refusals import Refused
from sild.kernel.sent import chosen_marking, day_of
from sild.values.marking import Marking
from sild.wings.clearance.actions import Answer, CameFile, Closing, Description, Move, Outcome, Position, Precedent, Prepared, Raised
from sild.wings.clearance.reads import CaseFilter, ObjectionFilter
from sild.wings.clearance.rules import (
    CLOSINGS,
    OUTCOMES,
    CaseState,
    DonationState,
    Ground,
    HandoverState,
    Mover,
    ObjectionState,
    Severity,
    Stance,
)
from sild.wings.clearance.rules.came import LARGEST_FILE, CameKind
from sild.wings.clearance.rules.conditions import ConditionStand
from sild.wings.register.public import Channel

LONGEST = 300
FILE_MARKINGS = tuple(Marking)
"""How closed a file that came may be marked; it is never less closed than its case."""
LONGEST_REASON = 2000


def filter_of(told: Mapping[str, str]) -> CaseFilter:
    """The filter that an address says; a state or mover that nobody knows finds nothing."""
    named = {name: told.get(name, "").strip()[:LONGEST] for name in ("state", "mover", "jurisdiction", "category", "provider")}
    return CaseFilter(**named, text=told.get("q", "").strip()[:LONGEST], late=told.get("late") == "yes")


def move_of(told: QueryDict) -> Move:
    """Where a form sends a case. Raises Refused."""
    state = told.get("state", "")
    if state not in {*CaseState}:
        raise Refused(_("Choose what happened."))
    return Move(
        state=CaseState(state),
        on=day_of(told.get("on", "")),
        due_on=day_of(told.get("due_on", "")),
        conditions=told.get("conditions", "").splitlines(),
        expires_on=day_of(told.get("expires_on", "")),
    )


def description_of(told: QueryDict) -> Description:
    """What a form says of a case. Raises Refused."""
    term = told.get("term_days", "").strip()
    if term and not (term.isascii() and term.isdigit() and len(term) < 6):
        raise Refused(_("A term is a number of days, such as 60."))
    return Description(
        authority=told.get("authority", ""),
        reference=told.get("reference", ""),
        term_days=int(term) if term else None,
        term_source=told.get("term_source", ""),
        entries=told.getlist("entries"),
    )


MOVERS = (Mover.LIAISON, Mover.AUTHORITY, Mover.GIVER)
"""Whose moves a board can be narrowed to."""


def objection_filter_of(told: Mapping[str, str]) -> ObjectionFilter:
    """The filter of the list of objections that an address says; a word that nobody knows finds nothing."""
    state, severity, ground, text = (told.get(name, "").strip()[:LONGEST] for name in ("state", "severity", "ground", "q"))
    return ObjectionFilter(state=state, severity=severity, ground=ground, text=text, over=told.get("over") == "yes")


def raised_of(told: QueryDict) -> Raised:
    """An objection as a form raises it. Raises Refused."""
    ground, severity = told.get("ground", ""), told.get("severity", "")
    if ground not in {*Ground} or severity not in {*Severity}:
        raise Refused(_("Choose the ground of the objection, and how far it goes."))
    asks = told.get("asks", "").strip()[:LONGEST_REASON]
    return Raised(ground=Ground(ground), severity=Severity(severity), asks=asks, raised_by=told.get("raised_by", ""))


def closing_of(told: QueryDict) -> Closing:
    """How a form ends an objection. Raises Refused."""
    how = told.get("how", "")
    if how not in {*CLOSINGS}:
        raise Refused(_("Choose how the objection ends."))
    return Closing(how=ObjectionState(how), conditions=told.get("conditions", "").splitlines(), decided_by=told.get("decided_by", ""))


def prepared_of(told: QueryDict) -> Prepared:
    """What a form says of a decision that is prepared."""
    return Prepared(
        purpose=told.get("purpose", ""), potential=told.get("potential", ""), conditions=told.get("conditions", "").splitlines()
    )


def position_of(told: QueryDict) -> Position:
    """A state's position. Raises Refused."""
    stance = told.get("stance", "")
    if stance not in {*Stance}:
        raise Refused(_("Choose what the state says."))
    return Position(stance=Stance(stance), state=told.get("who", ""))


def precedent_of(told: QueryDict) -> Precedent:
    """A precedent: an earlier decision, or words with their source. Raises Refused."""
    chosen = told.get("decision", "").strip()
    try:
        decision = UUID(chosen) if chosen else None
    except ValueError as fault:
        raise Refused(_("Choose the earlier decision from the list.")) from fault
    return Precedent(decision=decision, text=told.get("text", ""), source=told.get("source", ""))


def outcome_of(told: QueryDict) -> Outcome:
    """What a form says was decided. Raises Refused."""
    how = told.get("how", "")
    if how not in {*OUTCOMES}:
        raise Refused(_("Choose what was decided."))
    return Outcome(how=DonationState(how), conditions=told.get("conditions", "").splitlines(), decided_by=told.get("decided_by", ""))


def channel_of(told: QueryDict) -> Channel:
    """How a form rules a line. Raises Refused."""
    channel = told.get("channel", "")
    if channel not in {*Channel}:
        raise Refused(_("Choose whether the line is civil or military."))
    return Channel(channel)


def answer_of(told: QueryDict) -> Answer:
    """What a form says that the other mechanism answered. Raises Refused."""
    state = told.get("state", "")
    if state not in {*HandoverState} - {HandoverState.SENT}:
        raise Refused(_("Choose what was answered."))
    return Answer(state=HandoverState(state), on=day_of(told.get("on", "")), reference=told.get("reference", ""))


def came_of(request: HttpRequest) -> CameFile:
    """The file that a form attaches to a case. Raises Refused."""
    file, told = request.FILES.get("file"), request.POST
    if file is None:
        raise Refused(_("Choose the file that came."))
    kind = told.get("kind", "")
    if kind not in {*CameKind}:
        raise Refused(_("Choose what the file is."))
    return CameFile(
        kind=CameKind(kind),
        name=file.name or "file",
        data=bytes_of(file),
        on=day_of(told.get("on", "")),
        signed_on=day_of(told.get("signed_on", "")),
        marking=chosen_marking(told.get("marking", ""), FILE_MARKINGS),
    )


def bytes_of(file: UploadedFile[Any]) -> bytes:
    """The bytes of a file that was sent; of one that is too large one more than is kept, so that it is refused with its reason."""
    # who asked for it to be done once had it read before
    file.seek(0)
    return bytes(file.read(LARGEST_FILE + 1))


def told_condition_of(told: Mapping[str, str]) -> tuple[int, ConditionStand]:
    """Which condition of its record, from 0, and what is said of it. Raises Refused."""
    number, stand = told.get("number", ""), told.get("stand", "")
    if not (number.isascii() and number.isdigit() and len(number) < 4) or stand not in {*ConditionStand}:
        raise Refused(_("Say of which condition, and whether it is met or carried on."))
    return int(number), ConditionStand(stand)
