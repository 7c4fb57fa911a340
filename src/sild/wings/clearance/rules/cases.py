"""Licence cases as data: states, who moves, which state may follow, and what a move must say.

Source: the desk's domain rules (docs/explanation/clearance.md). The desk never decides whether a thing is controlled or what an authority
is going to say: people write down what they assessed and what they were answered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from babel import Locale


class CaseState(StrEnum):
    """How far the question of one line's export licence in one jurisdiction is."""

    NOT_ASSESSED = "not-assessed"
    LIKELY_NONE = "likely-none"
    CANDIDATE = "candidate-controlled"
    ENQUIRY_SENT = "enquiry-sent"
    LICENCE_REQUIRED = "licence-required"
    APPLIED = "applied"
    INFORMATION_REQUESTED = "information-requested"
    GRANTED = "granted"
    DENIED = "denied"
    RETURNED = "returned"
    SET_ASIDE = "set-aside"


class Mover(StrEnum):
    """Whose move it is."""

    LIAISON = "licence-liaison"
    AUTHORITY = "authority"
    GIVER = "giver"
    NOBODY = "nobody"


S = CaseState
OPEN_STATES = frozenset({S.NOT_ASSESSED, S.CANDIDATE, S.ENQUIRY_SENT, S.LICENCE_REQUIRED, S.APPLIED, S.INFORMATION_REQUESTED, S.RETURNED})
"""States in which somebody still has to do something."""

CASE_MOVES: Mapping[CaseState, frozenset[CaseState]] = {
    S.NOT_ASSESSED: frozenset({S.LIKELY_NONE, S.CANDIDATE, S.SET_ASIDE}),
    S.LIKELY_NONE: frozenset({S.CANDIDATE, S.SET_ASIDE}),
    S.CANDIDATE: frozenset({S.ENQUIRY_SENT, S.LICENCE_REQUIRED, S.LIKELY_NONE, S.SET_ASIDE}),
    S.ENQUIRY_SENT: frozenset({S.LICENCE_REQUIRED, S.LIKELY_NONE, S.INFORMATION_REQUESTED, S.SET_ASIDE}),
    S.LICENCE_REQUIRED: frozenset({S.APPLIED, S.SET_ASIDE}),
    S.APPLIED: frozenset({S.INFORMATION_REQUESTED, S.GRANTED, S.DENIED, S.RETURNED, S.SET_ASIDE}),
    S.INFORMATION_REQUESTED: frozenset({S.ENQUIRY_SENT, S.APPLIED, S.GRANTED, S.DENIED, S.RETURNED, S.SET_ASIDE}),
    # a licence that runs out or no longer fits is applied for anew; one that is taken back is a denial
    S.GRANTED: frozenset({S.APPLIED, S.DENIED, S.SET_ASIDE}),
    S.DENIED: frozenset({S.APPLIED, S.SET_ASIDE}),
    S.RETURNED: frozenset({S.APPLIED, S.CANDIDATE, S.SET_ASIDE}),
    S.SET_ASIDE: frozenset({S.NOT_ASSESSED}),
}
"""Which state may follow which. A transition that no row names is refused."""

MOVER_OF: Mapping[CaseState, Mover] = {
    S.NOT_ASSESSED: Mover.LIAISON,
    S.LIKELY_NONE: Mover.NOBODY,
    S.CANDIDATE: Mover.LIAISON,
    S.ENQUIRY_SENT: Mover.AUTHORITY,
    S.LICENCE_REQUIRED: Mover.GIVER,
    S.APPLIED: Mover.AUTHORITY,
    S.INFORMATION_REQUESTED: Mover.GIVER,
    S.GRANTED: Mover.NOBODY,
    S.DENIED: Mover.NOBODY,
    S.RETURNED: Mover.LIAISON,
    S.SET_ASIDE: Mover.NOBODY,
}
"""Who has to do something in each state."""

LANES: tuple[CaseState, ...] = tuple(S)
"""The lanes of the board, in the order of the way."""

CHASE_AFTER: Mapping[CaseState, int] = {
    S.NOT_ASSESSED: 7,
    S.CANDIDATE: 7,
    S.ENQUIRY_SENT: 21,
    S.LICENCE_REQUIRED: 14,
    S.APPLIED: 30,
    S.INFORMATION_REQUESTED: 7,
    S.RETURNED: 7,
}
"""After how many days a form proposes to ask again. A habit of desks, no term of any law; whoever moves a case sets the day."""

LAPSES_SOON_DAYS = 60
"""How long before its expiry a licence is shown as ending."""

LONGEST_CONDITION, MOST_CONDITIONS, LONGEST_TEXT, MOST_STEPS = 500, 30, 2000, 500


def states_before_information(states: tuple[CaseState, ...]) -> CaseState:
    """To which state a case returns when what was asked for is given: the one in which the authority asked; `states` in order."""
    for state in reversed(states):
        if state in (S.ENQUIRY_SENT, S.APPLIED):
            return state
    return S.APPLIED


def moves_from(state: CaseState, been: tuple[CaseState, ...]) -> frozenset[CaseState]:
    """The states that may follow `state` in a case that has been in the states `been` (in order)."""
    following = CASE_MOVES[state]
    if state != S.INFORMATION_REQUESTED:
        return following
    # an enquiry that waits for information is no application, and the other way round
    back = states_before_information(been)
    wrong = {S.APPLIED, S.GRANTED, S.DENIED, S.RETURNED} if back == S.ENQUIRY_SENT else {S.ENQUIRY_SENT}
    return following - wrong


_NO_STATE = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
JURISDICTIONS = frozenset(code for code in map(str, Locale.parse("en").territories) if re.fullmatch("[A-Z]{2}", code)) - _NO_STATE
"""Whose law may ask for a licence: states and territories by their ISO 3166-1 code, of two letters."""
