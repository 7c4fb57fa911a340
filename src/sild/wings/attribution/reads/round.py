"""Rounds as each side sees them: the opener all of its own, an invited State its invitation, its slices and its answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sild.cores.attribution.weighing import Aspect
from sild.kernel import clock
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.history_reads import HistoryEntry, history_of
from sild.kernel.identity import Organisation
from sild.wings.attribution.models import CaseRound, Evidence, Round, RoundAnswer, RoundInvitation, RoundSlice, SliceProposal
from sild.wings.attribution.rules import SliceProposalState, SupportLevel, slice_digest

ROUND = "attribution.Round"
INVITATION = "attribution.RoundInvitation"
PROPOSAL = "attribution.SliceProposal"
SLICE = "attribution.RoundSlice"
FROZEN = ("title", "text", "aspect", "source_name", "reliability", "credibility", "sha256")
"""What a slice says; its digest is of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportRow:
    """What a State said. `came_how`: an officer wrote it down, and how it came."""

    id: UUID
    version: int
    level: SupportLevel
    words: str
    came_how: str
    said_at: datetime
    said_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SliceRow:
    """A slice. `stands`: its words are still those of its digest."""

    id: UUID
    version: int
    title: str
    text: str
    aspect: Aspect
    source_name: str
    reliability: str
    credibility: int
    sha256: str
    digest: str
    stands: bool
    marking: int
    recalled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationView:
    """An invitation. `own`: the reader's organisation opened the round; `mine`: it is asked. `late`: past its day, unanswered."""

    id: UUID
    version: int
    round_id: UUID
    country: str
    seated: bool
    title: str
    words: str
    joint_text: str
    t_hour: datetime
    reply_by: datetime
    others: tuple[str, ...]
    recalled: bool
    own: bool
    mine: bool
    late: bool
    answers: tuple[SupportRow, ...]
    slices: tuple[SliceRow, ...]
    marking: int
    history: tuple[HistoryEntry, ...] = ()

    @property
    def answer(self) -> SupportRow | None:
        """The newest word."""
        return self.answers[0] if self.answers else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundView:
    """A round as its opener keeps it."""

    id: UUID
    version: int
    title: str
    words: str
    joint_text: str
    t_hour: datetime
    reply_by: datetime
    names_others: bool
    opened_by: str
    marking: int
    invitations: tuple[InvitationView, ...]
    history: tuple[HistoryEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRow:
    """A proposal to let an item out. `changed`: the item was taken back, or says something else, since it was let out."""

    id: UUID
    version: int
    title: str
    round_id: UUID
    to: tuple[str, ...]
    marks: int
    why: str
    state: SliceProposalState
    proposed_by: str
    second: str
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRoundsView:
    """What a case let out, and is to let out: told inside its compartment alone."""

    rounds: tuple[RoundView, ...]
    proposals: tuple[ProposalRow, ...]


@read
def rounds_of_case(actor: Actor, case_id: UUID) -> CaseRoundsView:
    """The rounds that came from a case, for its readers."""
    keys = list(CaseRound.objects.filter(case_id=case_id).order_by("created_at", "id").values_list("round_id", flat=True))
    rounds = [_round(actor, one) for one in Round.objects.filter(id__in=keys).order_by("created_at", "id")]
    names = {str(each.id): each.country for one in rounds for each in one.invitations}
    proposals = list(SliceProposal.objects.filter(case_id=case_id).order_by("-created_at", "id"))
    items = {one.id: one for one in Evidence.objects.filter(id__in=[one.evidence_id for one in proposals])}
    copies = {one.id: one for one in RoundSlice.objects.filter(round_id__in=keys)}
    return CaseRoundsView(rounds=tuple(rounds), proposals=tuple(_proposal(one, items, names, copies) for one in proposals))


@read
def own_rounds(actor: Actor) -> list[RoundView]:
    """The rounds of the reader's organisation, the newest first."""
    return [_round(actor, one) for one in Round.objects.order_by("-created_at", "-id")[:100]]


@read
def round_record(actor: Actor, round_id: UUID) -> RoundView:
    """A round whole. Raises NotThere for everybody but its opener's organisation."""
    return _round(actor, Round.found(round_id))


@read
def invitations_received(actor: Actor) -> list[InvitationView]:
    """What the reader's organisation is asked by others, the newest first."""
    found = RoundInvitation.objects.filter(invited_id=actor.organisation).order_by("-created_at", "-id")[:100]
    return _invitations(actor, list(found))


@read
def invitation_record(actor: Actor, invitation_id: UUID) -> InvitationView:
    """An invitation, for the State that is asked and for the opener. Raises NotThere."""
    [one] = _invitations(actor, [RoundInvitation.found(invitation_id)], history=True)
    return one


@read
def invitable(actor: Actor) -> list[tuple[UUID, str]]:
    """The other organisations of the desk: id and name."""
    return list(Organisation.objects.exclude(id=actor.organisation).order_by("name").values_list("id", "name"))


@read
def rounds_waiting(actor: Actor, *, most: int = 5) -> list[tuple[str, UUID, str, str, bool]]:
    """What waits in rounds: (kind of record, id, title, what beside it, whether late).

    Invitations without an answer, for the State that is asked; for the opener those past their day; proposals that want a second person.
    """
    asked = [one for one in invitations_received(actor) if one.answer is None and not one.recalled]
    rows = [(INVITATION, one.id, one.title, one.reply_by.date().isoformat(), one.late) for one in asked]
    for each in own_rounds(actor):
        rows += [(INVITATION, one.id, one.title, one.country, True) for one in each.invitations if one.late]
    waiting = SliceProposal.objects.filter(state=SliceProposalState.PROPOSED).exclude(proposed_by=actor.person).order_by("created_at", "id")
    titles = dict(Evidence.objects.filter(id__in=[one.evidence_id for one in waiting]).values_list("id", "title"))
    rows += [("attribution.Case", one.case_id, titles.get(one.evidence_id, ""), one.proposed_by_name, False) for one in waiting]
    return rows[:most]


@read
def round_of_slice(actor: Actor, slice_id: UUID) -> UUID:
    """The round of a slice. Raises NotThere."""
    one: RoundSlice = RoundSlice.found(slice_id)
    return one.round_id


@read
def case_of_proposal(actor: Actor, proposal_id: UUID) -> UUID:
    """The case whose item is to be let out. Raises NotThere."""
    one: SliceProposal = SliceProposal.found(proposal_id)
    return one.case_id


def frozen_words(one: RoundSlice) -> dict[str, object]:
    """What a slice says, as its digest is reckoned."""
    return {name: getattr(one, name) for name in FROZEN}


def _round(actor: Actor, one: Round) -> RoundView:
    invitations = _invitations(actor, list(RoundInvitation.objects.filter(round_id=one.id).order_by("country", "id")))
    alike = ("id", "version", "title", "words", "joint_text", "t_hour", "reply_by", "names_others", "marking")
    return RoundView(
        **{name: getattr(one, name) for name in alike},
        opened_by=one.opened_by_name,
        invitations=tuple(invitations),
        history=history_of(actor, [one.id, *(each.id for each in invitations)]),
    )


def _invitations(actor: Actor, found: list[RoundInvitation], *, history: bool = False) -> list[InvitationView]:
    answers: dict[UUID, list[RoundAnswer]] = {one.id: [] for one in found}
    for said in RoundAnswer.objects.filter(invitation_id__in=list(answers)).order_by("-said_at", "-id"):
        answers[said.invitation_id].append(said)
    slices: dict[UUID, list[RoundSlice]] = {one.round_id: [] for one in found}
    for copy in RoundSlice.objects.filter(round_id__in=list(slices)).order_by("created_at", "id"):
        slices[copy.round_id].append(copy)
    alike = ("id", "version", "round_id", "country", "title", "words", "joint_text", "t_hour", "reply_by", "recalled", "marking")
    views = []
    for one in found:
        own = one.owner_id == actor.organisation
        may = [each for each in slices[one.round_id] if not own or one.invited_id in each.releasable_to]
        views.append(
            InvitationView(
                **{name: getattr(one, name) for name in alike},
                seated=one.invited_id is not None,
                others=tuple(one.others),
                own=own,
                mine=one.invited_id == actor.organisation,
                late=not answers[one.id] and not one.recalled and clock.now() > one.reply_by,
                answers=tuple(_said(each) for each in answers[one.id]),
                slices=tuple(_slices(may)),
                history=history_of(actor, [one.id, *(each.id for each in answers[one.id])]) if history else (),
            )
        )
    return views


def _said(one: RoundAnswer) -> SupportRow:
    alike = ("id", "version", "words", "came_how", "said_at")
    return SupportRow(**{name: getattr(one, name) for name in alike}, level=SupportLevel(one.level), said_by=one.said_by_name)


def _slices(found: Iterable[RoundSlice]) -> list[SliceRow]:
    alike = ("id", "version", "title", "text", "source_name", "reliability", "credibility", "sha256", "digest", "marking", "recalled")
    return [
        SliceRow(
            **{name: getattr(one, name) for name in alike}, aspect=Aspect(one.aspect), stands=slice_digest(frozen_words(one)) == one.digest
        )
        for one in found
    ]


def _proposal(one: SliceProposal, items: dict[UUID, Evidence], names: dict[str, str], copies: dict[UUID, RoundSlice]) -> ProposalRow:
    item, copy = items.get(one.evidence_id), copies.get(one.slice_id) if one.slice_id is not None else None
    changed = copy is not None and (item is None or item.withdrawn or (item.title, item.text) != (copy.title, copy.text))
    return ProposalRow(
        id=one.id,
        version=one.version,
        title=item.title if item is not None else "",
        round_id=one.round_id,
        to=tuple(names[key] for key in one.invitations if key in names),
        marks=one.marks,
        why=one.why,
        state=SliceProposalState(one.state),
        proposed_by=one.proposed_by_name,
        second=one.second_name,
        changed=changed,
    )
