"""States of an agreement and the words that move it, as data: who may say what when, and what is added up of it.

Three things are kept apart: to acknowledge ("received"), to accept ("you will hear from us", the requester's word) and to commit ("it is
yours", the giver's). Source: the message types of OASIS EDXL-RM 1.0, named beside each word; docs/explanation/agreements.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

MOST_STEPS, MOST_CONDITIONS, LONGEST_CONDITION, LONGEST_TEXT = 100, 20, 500, 2000


class AgreementState(StrEnum):
    """Where the giving of a quantity stands between those who ask and those who give."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    COMMITTED = "committed"
    DECLINED = "declined"
    CANNOT_HELP = "cannot-help"
    RECALLED = "recalled"
    RELEASED = "released"


class NoHelpWhy(StrEnum):
    """Why a giver cannot help with a need for which they have no offer."""

    NO_STOCK = "no-stock"
    NO_BUDGET = "no-budget"
    NO_LICENCE = "no-licence"
    NOT_OURS = "not-ours"
    LATER = "later"
    OTHER = "other"


class Visibility(StrEnum):
    """How a contribution is shown to those who neither keep nor give it, as the giver wants it."""

    NAMED = "named"
    AMOUNT_ONLY = "amount-only"
    ANONYMOUS = "anonymous"
    SECRET = "secret"  # noqa: S105 - a word of the giver's, no password


QUIET = frozenset({Visibility.ANONYMOUS, Visibility.SECRET})
"""Shown to the two sides alone, whomever somebody released it to; papers tell that it is, and no more, or nothing at all."""


class AgreementSide(StrEnum):
    """Who speaks: the secretariat that proposed it, those who asked, those who give."""

    SECRETARIAT = "secretariat"
    REQUESTER = "requester"
    GIVER = "giver"


class Word(StrEnum):
    """What is said."""

    PROPOSE = "propose"
    ACKNOWLEDGE = "acknowledge"
    ACCEPT = "accept"
    DECLINE = "decline"
    COMMIT = "commit"
    CANNOT_HELP = "cannot-help"
    RECALL = "recall"
    RELEASE = "release"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """A word: by whom, in which states, the state after it (None: the same), whether it needs a reason, its EDXL-RM type (empty: none)."""

    sides: Mapping[AgreementSide, frozenset[AgreementState]]
    to: AgreementState | None
    reason: bool
    edxl: str


_OPEN = frozenset({AgreementState.PROPOSED, AgreementState.ACCEPTED})
VERBS: dict[Word, Verb] = {
    Word.ACKNOWLEDGE: Verb(sides={AgreementSide.REQUESTER: _OPEN, AgreementSide.GIVER: _OPEN}, to=None, reason=False, edxl=""),
    Word.ACCEPT: Verb(
        sides={AgreementSide.REQUESTER: frozenset({AgreementState.PROPOSED})},
        to=AgreementState.ACCEPTED,
        reason=False,
        edxl="RequisitionResource",
    ),
    Word.DECLINE: Verb(sides={AgreementSide.REQUESTER: _OPEN}, to=AgreementState.DECLINED, reason=True, edxl=""),
    Word.COMMIT: Verb(
        sides={AgreementSide.GIVER: frozenset({AgreementState.ACCEPTED})}, to=AgreementState.COMMITTED, reason=False, edxl="CommitResource"
    ),
    Word.CANNOT_HELP: Verb(
        sides={AgreementSide.GIVER: _OPEN}, to=AgreementState.CANNOT_HELP, reason=True, edxl="ResponseToRequestResource"
    ),
    Word.RECALL: Verb(
        sides={AgreementSide.SECRETARIAT: _OPEN, AgreementSide.GIVER: frozenset({AgreementState.COMMITTED})},
        to=AgreementState.RECALLED,
        reason=True,
        edxl="RequestReturn",
    ),
    Word.RELEASE: Verb(
        sides={AgreementSide.REQUESTER: frozenset({AgreementState.COMMITTED})},
        to=AgreementState.RELEASED,
        reason=True,
        edxl="ReleaseResource",
    ),
}
"""Every word that follows a proposal. What no row names is refused."""

STANDING = (AgreementState.PROPOSED, AgreementState.ACCEPTED, AgreementState.COMMITTED)
"""States in which a quantity is spoken for, in order."""

REFUSED_FOR_GOOD = frozenset({AgreementState.DECLINED, AgreementState.CANNOT_HELP})
"""After these nobody plans the same offer for the same need again until somebody proposes it anew."""

MOVER: dict[AgreementState, AgreementSide | None] = {
    AgreementState.PROPOSED: AgreementSide.REQUESTER,
    AgreementState.ACCEPTED: AgreementSide.GIVER,
    **dict.fromkeys(set(AgreementState) - _OPEN, None),
}
"""Whose move it is; None: nobody's."""


def words_for(state: AgreementState, sides: Iterable[AgreementSide]) -> tuple[Word, ...]:
    """What one of the sides may say in a state, in the order of VERBS."""
    mine = set(sides)
    return tuple(word for word, verb in VERBS.items() if any(state in verb.sides.get(side, ()) for side in mine))


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A quantity of an agreement in its state: `proposed` is what was put forward, the others what was said to it (None: nothing yet)."""

    state: AgreementState
    proposed: Decimal
    accepted: Decimal | None
    committed: Decimal | None

    @property
    def standing(self) -> Decimal:
        """What is spoken for at present: the last word counts, and nothing once it has ended."""
        if self.state not in STANDING:
            return Decimal(0)
        if self.state == AgreementState.COMMITTED:
            return self.committed or Decimal(0)
        return self.proposed if self.accepted is None else self.accepted


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenFor:
    """Sums over agreements by how far they are; a piece is counted once, at its last word. `left` of what was asked; None: not known."""

    proposed: Decimal
    accepted: Decimal
    committed: Decimal
    left: Decimal | None

    @property
    def standing(self) -> Decimal:
        """All that is spoken for."""
        return self.proposed + self.accepted + self.committed


def spoken_for(asked: Decimal | None, rows: Iterable[Spoken]) -> SpokenFor:
    """Add up what is spoken for; more than was asked leaves nothing, never less."""
    sums = dict.fromkeys(STANDING, Decimal(0))
    for row in rows:
        if row.state in sums:
            sums[row.state] += row.standing
    total = sum(sums.values(), Decimal(0))
    return SpokenFor(
        proposed=sums[AgreementState.PROPOSED],
        accepted=sums[AgreementState.ACCEPTED],
        committed=sums[AgreementState.COMMITTED],
        left=None if asked is None else max(asked - total, Decimal(0)),
    )


def written(amount: Decimal) -> str:
    """An amount without an exponent and without trailing zeros."""
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def unnamed_steps(steps: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What was said or done, without the seats that spoke for the giver: a seat's name tells whose it is."""
    return [{**one, "by": ""} if one["side"] == AgreementSide.GIVER else dict(one) for one in steps]


def step(
    day: date,
    word: Word,
    side: AgreementSide,
    who: tuple[str, str],
    *,
    quantity: Decimal | None = None,
    conditions: Iterable[str] = (),
    reason: str = "",
) -> dict[str, Any]:
    """One thing that was said, as it is kept; `who`: the one who said it, or the officer who wrote down what a side said elsewhere."""
    return {
        "on": day.isoformat(),
        "word": str(word),
        "side": str(side),
        "by": who[0],
        "told_by": who[1],
        "quantity": written(quantity) if quantity is not None else None,
        "conditions": list(conditions),
        "reason": reason.strip()[:LONGEST_TEXT],
    }
