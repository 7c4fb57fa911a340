"""Who sees what without anybody's doing: the mechanism's rule of release, as pure functions, and as the table of the docs.

Nothing above AMBER and nothing in a compartment is released by rule (TLP 2.0: AMBER+STRICT stays in one organisation, RED with those
named). What people release or withhold beyond the rule is kept apart (kernel/access.py).
Source: docs/explanation/access.md, after the offices that mechanisms of this kind describe in public.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sild.values.marking import Marking
from sild.wings.register.rules.states import Channel, NeedState

NOBODY: frozenset[UUID] = frozenset()
MOST_CLOSED = Marking.AMBER
"""The most closed marking that is released by rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audiences:
    """The organisations of a mechanism by what the rule knows of them.

    `recipients` and `givers` (donors and companies) are keyed by the name of the party that they speak for; `parents` holds the
    name of the party above a party.
    """

    front_offices: frozenset[UUID] = NOBODY
    donors: frozenset[UUID] = NOBODY
    recipients: Mapping[str, frozenset[UUID]] = field(default_factory=dict)
    givers: Mapping[str, frozenset[UUID]] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)

    def concerned(self, body: str) -> frozenset[UUID]:
        """The recipient organisations that speak for a body: its own, and those of the parties above it."""
        found: set[UUID] = set()
        walked: set[str] = set()
        while body and body not in walked:
            found |= self.recipients.get(body, NOBODY)
            walked.add(body)
            body = self.parents.get(body, "")
        return frozenset(found)


def need_readers(audiences: Audiences, *, beneficiary: str, channel: str, state: str, marking: int) -> frozenset[UUID]:
    """Who sees a need: the front office every civil one, a recipient its own, donors what is civil and endorsed, or closed since."""
    if marking > MOST_CLOSED:
        return NOBODY
    readers = audiences.concerned(beneficiary)
    if channel == Channel.CIVIL:
        readers |= audiences.front_offices
        # what was closed was endorsed before: those who gave go on seeing for what
        if state in (NeedState.ENDORSED, NeedState.CLOSED):
            readers |= audiences.donors
    return readers


def need_line_readers(audiences: Audiences, *, beneficiary: str, channel: str, marking: int) -> frozenset[UUID]:
    """Who sees a line of a need: those who rule on it and those who ask, never donors; the message itself goes to nobody by rule."""
    if marking > MOST_CLOSED:
        return NOBODY
    readers = audiences.concerned(beneficiary)
    return readers | audiences.front_offices if channel == Channel.CIVIL else readers


def ruling_readers(audiences: Audiences, *, beneficiary: str, channel: str, marking: int) -> frozenset[UUID]:
    """Who sees a gate's ruling besides its owner and the need's: whoever sees the need's lines. Its reasons are not for donors."""
    return need_line_readers(audiences, beneficiary=beneficiary, channel=channel, marking=marking)


def offer_readers(audiences: Audiences, *, provider: str, beneficiary: str, marking: int) -> frozenset[UUID]:
    """Who sees an offer: the donor or company that gives it, and the recipient that it is addressed to."""
    if marking > MOST_CLOSED:
        return NOBODY
    return audiences.givers.get(provider, NOBODY) | audiences.concerned(beneficiary)


def offer_line_readers(audiences: Audiences, *, provider: str, marking: int) -> frozenset[UUID]:
    """Who sees a line of an offer: the donor or company that gives it."""
    return NOBODY if marking > MOST_CLOSED else audiences.givers.get(provider, NOBODY)


RELEASED_BY_RULE: tuple[tuple[str, str, str], ...] = (
    ("need", "front office", "it is civil"),
    ("need", "recipient organisation", "its party, or a party below it, is the beneficiary"),
    ("need", "donor", "it is civil and endorsed, or closed since"),
    ("line of a need", "front office", "the need is civil"),
    ("line of a need", "recipient organisation", "its party, or a party below it, is the need's beneficiary"),
    ("gate ruling", "the need's owner and the front office", "the need is civil"),
    ("gate ruling", "recipient organisation", "its party, or a party below it, is the need's beneficiary"),
    ("offer", "donor or company", "its party is the provider"),
    ("offer", "recipient organisation", "it is addressed to its party, or to a party below it"),
    ("line of an offer", "donor or company", "its party is the offer's provider"),
    ("message, link, judgement, plan, match, limit", "nobody", ""),
    ("note, handling", "nobody", "each organisation keeps its own"),
)
"""The rule in words: (record, who sees it besides its owner, when). docs/explanation/access.md shows it; a test compares."""
