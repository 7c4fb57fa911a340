"""Verbs about seats: invite somebody to one, take it, end it, and let somebody in again who lost password or second factor.

An officer passes a link on; of its secret only the digest is kept. Whoever follows a link is nobody yet: the service `door` acts then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from sild.kernel import clock
from sild.kernel.accounts import Account, Invitation
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.identity import Mechanism, Member, digest_of_secret
from sild.kernel.invitations import new_secret
from sild.kernel.refusals import NotForRole, NotThere, Refused
from sild.kernel.tokens import end_tokens
from sild.wings.parties.actions.mechanism import complete_seats
from sild.wings.parties.reads.people import takes_two
from sild.wings.parties.rules import DEMO_DOMAIN, DOOR, INVITATION_DAYS, RECOVERY_DAYS

OFFICERS = frozenset({Role.OFFICER})
DOORS = frozenset({Role.SERVICE})
EMAIL_AS_KEPT = models.EmailField()
"""What the tables take for an address, length and form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link that was just made: its secret, shown once, and the moment at which it ends by itself is the invitation's.

    `secret` is "" where a second officer has to confirm first: they get the link.
    """

    invitation: UUID
    secret: str

    @property
    def waits(self) -> bool:
        """Whether it waits for a second officer."""
        return not self.secret


@action("parties.invite", roles=OFFICERS)
def invite_member(actor: Actor, member_id: UUID, email: str) -> Link:
    """Invite whoever reads `email` to a free seat. An earlier link to that seat ends. Raises NotThere, NotForRole, Refused.

    Whoever takes a seat that was somebody's acts as its organisation knows that one: there a second officer confirms. The operator,
    who invites to the seat in whose name they act on the command line, is past that: the home and its keys are in their hands.
    """
    _refuse_other_offices(actor)
    if not Member.objects.filter(slug=DOOR).exists():
        complete_seats(actor)
    member = _seat(member_id)
    if member.account_id is not None:
        raise Refused(_("{seat} is taken. End that first, then invite somebody else.").format(seat=member.name))
    _withdraw_open(member.id)
    secret = new_secret()
    operator = actor.started_by is not None and member.id == actor.person
    needs_second = takes_two(member) and not operator
    invitation = Invitation(
        member_id=member.id,
        email=_address(email),
        digest=digest_of_secret(secret),
        expires_at=clock.now() + timedelta(days=INVITATION_DAYS),
        needs_second=needs_second,
        asked_by=actor.person,
        asked_by_account=_account_of(actor),
        confirmed_by=actor.person if operator else None,
    )
    invitation.save()
    return Link(invitation=invitation.id, secret="" if needs_second else secret)


@action("parties.withdraw-invitation", roles=OFFICERS)
def withdraw_invitation(actor: Actor, invitation_id: UUID) -> None:
    """End a link, or a recovery that somebody asked for. One that was used stays used. Raises NotThere, Refused."""
    _refuse_other_offices(actor)
    invitation = Invitation.found(invitation_id)
    if invitation.used_at is not None:
        raise Refused(_("The link to {email} was used already. End the seat instead.").format(email=invitation.email))
    if not invitation.withdrawn:
        invitation.withdrawn = True
        invitation.save()


@action("parties.take-seat", roles=DOORS)
def take_seat(actor: Actor, invitation_id: UUID, *, name: str, password: str, account_id: UUID | None = None) -> UUID:
    """The person who followed an invitation sits down, on a fresh account with `password`, or on the account that they showed is theirs.

    Returns the account. Raises NotThere where the invitation has ended meanwhile, or the address has an account that was not shown.
    """
    invitation = _open_invitation(invitation_id, recovers=False)
    member = _seat(invitation.member_id)
    if member.account_id is not None or (member.was_taken and invitation.confirmed_by is None):
        raise NotThere(_("This link opens nothing."))
    account = Account.objects.filter(email=invitation.email).first()
    if (account.id if account is not None else None) != account_id:
        raise NotThere(_("This link opens nothing."))
    if account is None:
        account = _fresh_account(invitation.email, name, password)
    member.account_id = account.id
    member.save()
    invitation.used_at = clock.now()
    invitation.save()
    return account.id


@action("parties.vacate-seat", roles=OFFICERS)
def vacate_seat(actor: Actor, member_id: UUID, *, version: int, reason: str) -> None:
    """End the occupation of a seat: at their next click the person acts no more from it. Raises NotThere, Stale, Refused.

    The seat leaves every closed room (the database sees to that: nobody here reads which ones).
    """
    _refuse_other_offices(actor)
    member = _seat(member_id, version=version)
    if member.account_id is None:
        raise Refused(_("Nobody sits on {seat}.").format(seat=member.name))
    others = Member.objects.filter(roles__contains=[Role.OFFICER.value], organisation_id=actor.organisation, account_id__isnull=False)
    if Role.OFFICER in member.roles and not others.exclude(id=member.id).exists():
        raise Refused(_("{seat} is the last officer's seat that is taken: nobody could invite anybody any more.").format(seat=member.name))
    _withdraw_open(member.id)
    member.account_id = None
    member.save()


@action("parties.leave-seat", roles=DOORS)
def leave_seat(actor: Actor, member_id: UUID, *, reason: str) -> None:
    """A seat in another mechanism ends, because its person's account was recovered by officers who have no say here."""
    member = _seat(member_id)
    if member.account_id is not None:
        member.account_id = None
        member.save()


@action("parties.ask-recovery", roles=OFFICERS)
def ask_recovery(actor: Actor, member_id: UUID, *, reason: str) -> UUID:
    """Ask that the person on a seat may set a new password and a new second factor. Another officer confirms. Returns the invitation."""
    _refuse_other_offices(actor)
    member, account = _occupied(member_id)
    if _account_of(actor) == account.id:
        raise Refused(_("You are signed in to that account yourself: change password and second factor on your own page."))
    _withdraw_open(member.id)
    invitation = Invitation(
        member_id=member.id,
        email=account.email,
        # stands for no link yet: that is made when a second officer confirms
        digest=digest_of_secret(new_secret()),
        expires_at=clock.now() + timedelta(days=INVITATION_DAYS),
        recovers=True,
        needs_second=True,
        asked_by=actor.person,
        asked_by_account=_account_of(actor),
    )
    invitation.save()
    return invitation.id


@action("parties.confirm-recovery", roles=OFFICERS)
def confirm_link(actor: Actor, invitation_id: UUID, member_id: UUID, *, version: int) -> Link:
    """The second officer confirms a recovery, or an invitation to a seat that was somebody's, and gets the link to pass on.

    Nothing of the seat or its account changes until the link is used. Raises NotThere, Stale; Refused for the officer who asked,
    whatever seat they act from and whatever became of the seat that they asked from.
    """
    _refuse_other_offices(actor)
    invitation = Invitation.found(invitation_id, version=version)
    if invitation.member_id != member_id:
        raise NotThere(_("There is no such link for this seat."))
    if not invitation.needs_second or invitation.withdrawn or invitation.used_at is not None or invitation.expires_at <= clock.now():
        raise Refused(_("There is nothing to confirm any more: it has ended, or it never took two. Ask for it anew."))
    if invitation.confirmed_by is not None:
        raise Refused(_("This is confirmed already. If the link was lost, withdraw it and ask for it anew."))
    account = _occupied(invitation.member_id)[1] if invitation.recovers else None
    _refuse_one_alone(actor, invitation, account)
    secret = new_secret()
    invitation.digest, invitation.confirmed_by = digest_of_secret(secret), actor.person
    invitation.expires_at = clock.now() + timedelta(days=RECOVERY_DAYS if invitation.recovers else INVITATION_DAYS)
    invitation.save()
    return Link(invitation=invitation.id, secret=secret)


@action("parties.recover", roles=DOORS, recalled=True)
def recover(actor: Actor, invitation_id: UUID, *, password: str) -> UUID:
    """The person who followed a recovery link has a new password; the old second factor, tokens and all sessions end. Returns the account.

    Raises NotThere where the link has ended meanwhile.
    """
    invitation = _open_invitation(invitation_id, recovers=True)
    member = _seat(invitation.member_id)
    account = Account.objects.select_for_update().filter(email=invitation.email).first()
    if account is None or account.id != member.account_id:
        raise NotThere(_("This link opens nothing."))
    account.set_password(password)
    account.save(update_fields=["password"])
    end_tokens(account.id)
    Authenticator.objects.filter(user_id=account.id).delete()
    invitation.used_at = clock.now()
    invitation.save()
    return account.id


def _refuse_one_alone(actor: Actor, invitation: Invitation, recovered: Account | None) -> None:
    """Two seats are not two people: it is the accounts that differ, the asker's as it was when they asked."""
    own, asked_by = _account_of(actor), invitation.asked_by_account
    if None in (own, asked_by) or own == asked_by or actor.person == invitation.asked_by or (recovered is not None and own == recovered.id):
        asker = Member.objects.filter(id=invitation.asked_by).first()
        raise Refused(
            _("This takes two officers with an account each: somebody else than {asker} confirms it.").format(
                asker=asker.name if asker else "?"
            )
        )


def _refuse_other_offices(actor: Actor) -> None:
    """Seats are given by the secretariat: what another office wrote about them, the door could not read."""
    if not Mechanism.objects.filter(id=actor.mechanism, owner_id=actor.organisation).exists():
        raise NotForRole(_("Seats are given by the officers of the secretariat. Ask one of them."))


def _seat(member_id: UUID, version: int | None = None) -> Member:
    """A seat for a person; the desk's own services have none."""
    member = Member.found(member_id, version=version)
    if Role.SERVICE in member.roles:
        raise NotThere(_("There is no such seat."))
    return member


def _occupied(member_id: UUID) -> tuple[Member, Account]:
    member = _seat(member_id)
    account = Account.objects.filter(id=member.account_id).first() if member.account_id is not None else None
    if account is None:
        raise Refused(_("Nobody sits on {seat}. Invite somebody instead.").format(seat=member.name))
    if account.demo:
        raise Refused(_("{seat} is a demo person's, whose password the demo prints.").format(seat=member.name))
    return member, account


def _account_of(actor: Actor) -> UUID | None:
    return Member.found(actor.person).account_id


def _open_invitation(invitation_id: UUID, *, recovers: bool) -> Invitation:
    """The invitation, locked, if it still opens. Raises NotThere."""
    invitation = Invitation.objects.select_for_update().filter(id=invitation_id, recovers=recovers, used_at=None, withdrawn=False).first()
    if invitation is None or invitation.expires_at <= clock.now() or (invitation.needs_second and invitation.confirmed_by is None):
        raise NotThere(_("This link opens nothing."))
    return invitation


def _withdraw_open(member_id: UUID) -> None:
    open_ones = list(Invitation.objects.filter(member_id=member_id, used_at=None, withdrawn=False))
    for invitation in open_ones:
        invitation.withdrawn = True
    Invitation.objects.bulk_change(open_ones, ["withdrawn"])


def _address(email: str) -> str:
    address = email.strip().lower()
    try:
        EMAIL_AS_KEPT.clean(address, None)
    except ValidationError as problem:
        raise Refused(_("{email} is no e-mail address. Check it and invite again.").format(email=email)) from problem
    if address.endswith("." + DEMO_DOMAIN) or address.endswith("@" + DEMO_DOMAIN):
        raise Refused(_("{email} is the address of a demo person, who cannot be invited.").format(email=email))
    return address


def _fresh_account(email: str, name: str, password: str) -> Account:
    try:
        with transaction.atomic():
            return Account.objects.create_user(email, password, name=name[:200])
    except IntegrityError as problem:
        raise NotThere(_("This link opens nothing.")) from problem
