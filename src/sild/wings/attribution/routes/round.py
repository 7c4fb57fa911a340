"""Co-attribution rounds for programs."""

from __future__ import annotations

from uuid import UUID

from sild.kernel.actor import Actor
from sild.kernel.route import route
from sild.kernel.shapes import Made
from sild.wings.attribution.actions import (
    OPENERS,
    WORKERS,
    answer_round,
    decline_slice,
    invite_state,
    let_out_slice,
    move_t_hour,
    open_round,
    propose_slice,
    recall_invitation,
    recall_slice,
    show_joint_text,
    write_joint_text,
)
from sild.wings.attribution.reads import (
    InvitationView,
    RoundView,
    case_record,
    invitation_record,
    invitations_received,
    own_rounds,
    round_record,
    rounds_of_case,
)
from sild.wings.attribution.routes.mount import router
from sild.wings.attribution.schemas import round as schemas
from sild.wings.attribution.schemas.cases import CaseWord

CASE = {"case": "attribution.Case"}
ROUND = {"round": "attribution.Round"}
INVITATION = {"invitation": "attribution.RoundInvitation"}
PROPOSAL = {"proposal": "attribution.SliceProposal"}
SLICE = {"slice": "attribution.RoundSlice"}


def _invitation(one: InvitationView) -> schemas.StateInvitation:
    lists = {
        "others": list(one.others),
        "answers": [schemas.StateAnswer.model_validate(each) for each in one.answers],
        "slices": [schemas.EvidenceSlice.model_validate(each) for each in one.slices],
    }
    told = {name: getattr(one, name) for name in schemas.StateInvitation.model_fields if name not in lists}
    return schemas.StateInvitation.model_validate(told | lists)


def _round(one: RoundView) -> schemas.AttributionRound:
    told = {name: getattr(one, name) for name in schemas.AttributionRound.model_fields if name != "invitations"}
    return schemas.AttributionRound.model_validate(told | {"invitations": [_invitation(each) for each in one.invitations]})


@route(router, "get", "/attribution-rounds", roles=WORKERS, answer=schemas.RoundsSeen)
def list_attribution_rounds(actor: Actor) -> schemas.RoundsSeen:
    """The rounds of your organisation, and what others ask it."""
    return schemas.RoundsSeen(
        own=[_round(one) for one in own_rounds(actor)], received=[_invitation(one) for one in invitations_received(actor)]
    )


@route(router, "get", "/attribution-rounds/{round}", roles=WORKERS, answer=schemas.AttributionRound, subjects=ROUND)
def read_attribution_round(actor: Actor, round: UUID) -> schemas.AttributionRound:
    """A round as its opener keeps it."""
    return _round(round_record(actor, round))


@route(router, "get", "/round-invitations/{invitation}", roles=WORKERS, answer=schemas.StateInvitation, subjects=INVITATION)
def read_round_invitation(actor: Actor, invitation: UUID) -> schemas.StateInvitation:
    """An invitation, for the State that is asked and for the opener."""
    return _invitation(invitation_record(actor, invitation))


@route(router, "get", "/attribution-cases/{case}/rounds", roles=WORKERS, answer=schemas.RoundsOfCase, subjects=CASE)
def read_rounds_of_case(actor: Actor, case: UUID) -> schemas.RoundsOfCase:
    """What a case let out and is to let out, for its readers."""
    case_record(actor, case)
    found = rounds_of_case(actor, case)
    proposals = []
    for one in found.proposals:
        told = {name: getattr(one, name) for name in schemas.ProposedSlice.model_fields}
        proposals.append(schemas.ProposedSlice.model_validate(told | {"to": list(one.to)}))
    return schemas.RoundsOfCase(rounds=[_round(one) for one in found.rounds], proposals=proposals)


@route(router, "post", "/attribution-cases/{case}/rounds", roles=OPENERS, answer=Made, subjects=CASE)
def open_attribution_round(actor: Actor, case: UUID, new: schemas.RoundToOpen) -> Made:
    """Open a round outside the compartment of a case."""
    return Made(id=open_round(actor, case, new.new(), reason=new.reason))


@route(router, "post", "/attribution-cases/{case}/slices", roles=WORKERS, answer=Made, subjects=CASE)
def propose_evidence_slice(actor: Actor, case: UUID, new: schemas.SliceToPropose) -> Made:
    """Propose that a copy of an item goes to some of those invited; a second person lets it out."""
    return Made(id=propose_slice(actor, case, new.round, new.new(), reason=new.reason))


@route(router, "post", "/slice-proposals/{proposal}/letting-out", roles=WORKERS, answer=Made, subjects=PROPOSAL)
def let_out_evidence_slice(actor: Actor, proposal: UUID, told: CaseWord) -> Made:
    """Let a slice out as the second person."""
    return Made(id=let_out_slice(actor, proposal, version=told.version, reason=told.reason))


@route(router, "post", "/slice-proposals/{proposal}/refusal", roles=WORKERS, answer=None, status=204, subjects=PROPOSAL)
def decline_evidence_slice(actor: Actor, proposal: UUID, told: CaseWord) -> None:
    """Say as the second person that an item stays inside."""
    decline_slice(actor, proposal, version=told.version, reason=told.reason)


@route(router, "post", "/evidence-slices/{slice}/recall", roles=OPENERS, answer=None, status=204, subjects=SLICE)
def recall_evidence_slice(actor: Actor, slice: UUID, told: CaseWord) -> None:
    """Recall a slice from everybody."""
    recall_slice(actor, slice, version=told.version, reason=told.reason)


@route(router, "post", "/attribution-rounds/{round}/invitations", roles=OPENERS, answer=Made, subjects=ROUND)
def invite_to_round(actor: Actor, round: UUID, told: schemas.StateToInvite) -> Made:
    """Invite a State."""
    return Made(id=invite_state(actor, round, organisation=told.organisation, country=told.country))


@route(router, "put", "/attribution-rounds/{round}/t-hour", roles=OPENERS, answer=None, status=204, subjects=ROUND)
def move_round_hour(actor: Actor, round: UUID, told: schemas.HourMove) -> None:
    """Move T-hour; everybody invited is told."""
    move_t_hour(actor, round, told.t_hour, version=told.version, reason=told.reason)


@route(router, "put", "/attribution-rounds/{round}/joint-text", roles=OPENERS, answer=None, status=204, subjects=ROUND)
def write_round_text(actor: Actor, round: UUID, told: schemas.JointText) -> None:
    """Write the joint text; nobody invited sees it before it is shown to them."""
    write_joint_text(actor, round, told.text, version=told.version)


@route(router, "post", "/round-invitations/{invitation}/showing", roles=OPENERS, answer=None, status=204, subjects=INVITATION)
def show_round_text(actor: Actor, invitation: UUID, told: CaseWord) -> None:
    """Show the joint text, as it is now, to one State."""
    show_joint_text(actor, invitation, version=told.version, reason=told.reason)


@route(router, "post", "/round-invitations/{invitation}/recall", roles=OPENERS, answer=None, status=204, subjects=INVITATION)
def recall_round_invitation(actor: Actor, invitation: UUID, told: CaseWord) -> None:
    """Recall an invitation."""
    recall_invitation(actor, invitation, version=told.version, reason=told.reason)


@route(router, "post", "/round-invitations/{invitation}/answers", roles=WORKERS, answer=Made, subjects=INVITATION)
def answer_round_invitation(actor: Actor, invitation: UUID, told: schemas.AnswerToRound) -> Made:
    """Say how far your State goes, or write down what one without a seat said."""
    return Made(id=answer_round(actor, invitation, told.new()))
