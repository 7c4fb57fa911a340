"""Verbs by which evidence leaves its compartment: one person proposes a slice, another lets it out. It is the house's rule for opening."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.access import released_to
from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.grants import MOST_RELEASED
from sild.kernel.lowering import account_on
from sild.kernel.refusals import NotThere, Refused
from sild.kernel.subjects import named_organisations
from sild.values.marking import Marking
from sild.wings.attribution.actions.cases import OPENERS, WORKERS
from sild.wings.attribution.models import Case, CaseRound, RoundInvitation, RoundSlice, SliceProposal
from sild.wings.attribution.reads.evidence import EvidenceRow, evidence_for
from sild.wings.attribution.reads.round import FROZEN, frozen_words
from sild.wings.attribution.reads.standing import closed_as, reason_given
from sild.wings.attribution.rules import MOST_SLICES, EvidenceAudience, SliceProposalState, slice_digest


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSlice:
    """An item that is to be let out, to which invitations of the round, how marked."""

    evidence_id: UUID
    invitations: frozenset[UUID]
    marking: Marking = Marking.AMBER


@action("attribution.propose-slice", roles=WORKERS)
def propose_slice(actor: Actor, case_id: UUID, round_id: UUID, new: NewSlice, *, reason: str) -> UUID:
    """Propose that a copy of an item goes to some of those invited. Nothing leaves before somebody else agrees. Returns the proposal's id.

    Raises NotThere; Refused where the item is not for states that attribute with us, or somebody may not see it as it is marked.
    """
    case: Case = Case.found(case_id)
    why = reason_given(reason)
    if not CaseRound.objects.filter(case_id=case.id, round_id=round_id).exists():
        raise NotThere(_("There is no such round of this case."))
    _item(actor, case.id, new.evidence_id)
    _organisations(round_id, new.invitations, new.marking)
    if SliceProposal.objects.filter(case_id=case.id).count() >= MOST_SLICES:
        raise Refused(_("The case let out {most} slices, the most there are.").format(most=MOST_SLICES))
    one = SliceProposal(
        case_id=case.id,
        evidence_id=new.evidence_id,
        round_id=round_id,
        invitations=sorted(map(str, new.invitations)),
        marks=int(new.marking),
        why=why,
        state=SliceProposalState.PROPOSED,
        proposed_by=actor.person,
        proposed_by_name=actor.name,
        proposed_by_account=account_on(actor, actor.person),
        **closed_as(case),
    )
    one.save()
    return one.id


@action("attribution.let-out-slice", roles=WORKERS, recalled=True)
def let_out_slice(actor: Actor, proposal_id: UUID, *, version: int | None = None, reason: str) -> UUID:
    """Let a slice out as the second person: a copy as the item is now, frozen by its digest. Returns the slice's id.

    Raises NotThere, Stale; Refused for the one who proposed it, and where the item is not for those states any more.
    """
    one = _proposed(actor, proposal_id, version)
    reason_given(reason)
    row = _item(actor, one.case_id, one.evidence_id)
    organisations = _organisations(one.round_id, [UUID(key) for key in one.invitations], Marking(one.marks))
    copy = RoundSlice(
        round_id=one.round_id,
        **{name: getattr(row, name) for name in FROZEN if name not in ("credibility", "aspect", "reliability")},
        aspect=str(row.aspect),
        reliability=str(row.reliability),
        credibility=int(row.credibility),
        marking=one.marks,
        releasable_to=released_to(organisations, None, owner=actor.organisation, marking=one.marks),
    )
    copy.digest = slice_digest(frozen_words(copy))
    copy.save()
    one.state, one.second_name, one.slice_id = SliceProposalState.LET_OUT, actor.name, copy.id
    one.save()
    return copy.id


@action("attribution.decline-slice", roles=WORKERS)
def decline_slice(actor: Actor, proposal_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Say as the second person that an item stays inside. Raises NotThere, Stale, Refused."""
    one = _proposed(actor, proposal_id, version)
    reason_given(reason)
    one.state, one.second_name = SliceProposalState.DECLINED, actor.name
    one.save()


@action("attribution.recall-slice", roles=OPENERS, recalled=True)
def recall_slice(actor: Actor, slice_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Recall a slice from everybody; what was read cannot be unread. Raises NotThere, Stale, Refused."""
    one: RoundSlice = RoundSlice.found(slice_id, version=version)
    reason_given(reason)
    if one.owner_id != actor.organisation or one.recalled:
        raise Refused(_("The slice is another organisation's, or was recalled already."))
    one.recalled, one.releasable_to = True, []
    one.save()


def _proposed(actor: Actor, proposal_id: UUID, version: int | None) -> SliceProposal:
    one: SliceProposal = SliceProposal.found(proposal_id, version=version)
    if one.state != SliceProposalState.PROPOSED:
        raise Refused(_("It was decided already whether this goes out."))
    mine = account_on(actor, actor.person)
    if one.proposed_by == actor.person or (mine is not None and mine in (one.proposed_by_account, account_on(actor, one.proposed_by))):
        raise Refused(_("What leaves a compartment takes two people. Ask somebody else who is in it."))
    return one


def _item(actor: Actor, case_id: UUID, evidence_id: UUID) -> EvidenceRow:
    """The item as those states may be shown it. Raises Refused."""
    for row in evidence_for(actor, case_id, EvidenceAudience.CO_ATTRIBUTING).rows:
        if row.id == evidence_id:
            return row
    raise Refused(_("No such item may be shown to states that attribute with us. Say so on the item first, if it may."))


def _organisations(round_id: UUID, invitations: Collection[UUID], marking: Marking) -> list[UUID]:
    """The organisations of some invitations, which may see what is so marked. Raises NotThere, Refused."""
    found = list(RoundInvitation.objects.filter(round_id=round_id, id__in=list(invitations), recalled=False))
    if len(found) < len(set(invitations)):
        raise NotThere(_("There is no such invitation in this round."))
    keys = [one.invited_id for one in found if one.invited_id is not None]
    if not keys:
        raise Refused(_("Choose whom it goes to: at least one State with a seat on the desk."))
    if marking > MOST_RELEASED:
        raise Refused(_("Nothing above TLP:AMBER goes to another organisation. Choose a lower marking."))
    for each in named_organisations(keys):
        if each.ceiling < marking:
            raise Refused(_("{name} sees nothing as closed as that. Leave it out.").format(name=each.name))
    return keys
