"""Sealing: a message that bears a classification line is put into the vault unread, in a room of the officers who are asked about it.

They confirm that it is classified, and it is wiped to its hash and its envelope; or two of them agree that it is not, and it is read
like any other. Unanswered it is wiped when its time is over. For everybody else it never came.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from sild.cores.extraction.classification import ClassificationLine
from sild.kernel import clock, originals, vault
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.home import current
from sild.kernel.identity import Compartment, Member, actor_named
from sild.kernel.jobs import SERVICE, defer
from sild.kernel.originals import Original
from sild.kernel.refusals import Refused
from sild.kernel.turns import turn_until_commit
from sild.values.document import Envelope
from sild.values.marking import Marking
from sild.wings.intake.actions.messages import drop_arrival, keep_arrival
from sild.wings.intake.actions.receipts import queue_word_of_wiping
from sild.wings.intake.models import Message, SealedMessage
from sild.wings.intake.rules import (
    READ,
    Door,
    MessageState,
    SealState,
    address_to_answer,
    is_forged,
    plausible_moment,
    sealed_id,
    sealing_room,
)
from sild.wings.parties.public import mechanism_file

DOORS = frozenset({Role.SERVICE, Role.OFFICER})
OFFICERS = frozenset({Role.OFFICER})
CLOCK = frozenset({Role.SERVICE})
SEALING = "sealing"
"""The turn of whoever seals, opens or wipes: seldom taken, and never long."""


@action("intake.seal-message", roles=DOORS, recalled=True)
def seal_message(actor: Actor, original: Original, envelope: Envelope, mark: ClassificationLine, *, language: str = "") -> None:
    """Put the original into the vault instead of the store, and ask the officers. The same bytes again change nothing, unless
    nobody answered for them the last time.

    The actor is inside the room of sealed messages (`reads.in_sealing_room`). Raises Refused.
    """
    home = current()
    identity = sealed_id(actor.mechanism, actor.organisation, original.digest)
    # two doors may bring the same bytes in one moment: one seals them, the other finds them sealed
    turn_until_commit(actor.mechanism, SEALING)
    before = SealedMessage.objects.filter(id=identity).first()
    if before is not None and before.state == SealState.OPENED:
        return
    drop_arrival(actor, original.digest)
    if before is not None and before.state != SealState.UNANSWERED:
        vault.let_go(home, original.digest, identity)
        return
    transaction.on_commit(lambda: vault.let_go(home, original.digest, identity))
    try:
        wrapped = vault.lock_away(home, identity, original.path.read_bytes())
    except OSError as problem:
        told = _("A classified message could not be sealed: {problem}. Free some space and take it in again.")
        raise Refused(told.format(problem=problem.strerror)) from problem
    room, marking = _room(actor)
    sealed = before or SealedMessage(id=identity, digest=original.digest, size=original.size, marking=marking, compartment_id=room)
    sealed.sender = _sender(envelope)
    # a sender whom the receiving servers call forged did not write: nobody is told
    sealed.answer_to, sealed.language = "" if is_forged(envelope) else address_to_answer(envelope)[:320], language[:8]
    sealed.sent_at = plausible_moment(envelope.sent_at)
    sealed.threads = [thread for thread in (envelope.message_id,) if thread]
    sealed.mark, sealed.place, sealed.official_use = mark.mark[:120], mark.place, mark.official_use
    sealed.state, sealed.decided_by, sealed.decided_at, sealed.why = SealState.SEALED, "", None, ""
    sealed.opening_by, sealed.opening_by_name, sealed.opening_by_account = None, "", None
    sealed.due_at = clock.now() + timedelta(hours=mechanism_file(actor).sealing.hours)
    sealed.wrapped_key = wrapped
    sealed.save()


@action("intake.meet-sealed", roles=DOORS, recalled=True)
def meet_sealed(actor: Actor, digest: str) -> bool:
    """Whether bytes are sealed, or were wiped as classified: then the readable copy goes, whoever sent it again.

    The actor is inside the room (`reads.in_sealing_room`).
    """
    identity = sealed_id(actor.mechanism, actor.organisation, digest)
    if not SealedMessage.objects.filter(id=identity, state__in=(SealState.SEALED, SealState.CONFIRMED)).exists():
        return False
    turn_until_commit(actor.mechanism, SEALING)
    if not SealedMessage.objects.filter(id=identity, state__in=(SealState.SEALED, SealState.CONFIRMED)).exists():
        return False
    drop_arrival(actor, digest)
    vault.let_go(current(), digest, identity)
    return True


def _sender(envelope: Envelope) -> str:
    address = f"<{envelope.sender_address}>" if envelope.sender_address else ""
    return f"{envelope.sender_name} {address}".strip()[:500]


@action("intake.confirm-classified", roles=OFFICERS, recalled=True)
def confirm_classified(actor: Actor, key: UUID, version: int, *, reason: str = "") -> None:
    """Confirm that a sealed message is classified: it is wiped to its hash and envelope. Raises NotThere, Stale, Refused."""
    _wiped(actor, _waiting(key, version), actor.name, by_clock=False)


@action("intake.propose-opening", roles=OFFICERS, recalled=True)
def propose_opening(actor: Actor, key: UUID, version: int, *, reason: str) -> None:
    """Say that a sealed message is not classified; a colleague has to agree. Raises NotThere, Stale, Refused."""
    if not reason.strip():
        raise Refused(_("Say how you know that it is not classified: the reason stays with it."))
    sealed = _waiting(key, version)
    if sealed.opening_by is not None:
        raise Refused(_("{name} said so already. A colleague of theirs has to agree.").format(name=sealed.opening_by_name))
    sealed.opening_by, sealed.opening_by_name = actor.person, actor.name
    sealed.opening_by_account, sealed.why = _account_on(actor.person), reason.strip()
    sealed.save()


@action("intake.agree-to-opening", roles=OFFICERS, recalled=True)
def agree_to_opening(actor: Actor, key: UUID, version: int, *, reason: str = "") -> None:
    """Agree with a colleague that a sealed message is not classified: it leaves the vault, and the worker reads it like any other.

    Raises NotThere, Stale; Refused for one's own word.
    """
    turn_until_commit(actor.mechanism, SEALING)
    sealed = _waiting(key, version)
    if sealed.opening_by is None:
        raise Refused(_("Nobody said yet that it is not classified."))
    account = _account_on(actor.person)
    mine = account is not None and account in (sealed.opening_by_account, _account_on(sealed.opening_by))
    if sealed.opening_by == actor.person or mine:
        raise Refused(_("You said so yourself: a colleague has to agree."))
    home = current()
    wrapped = bytes(sealed.wrapped_key)
    data = vault.open_up(home, sealed.id, wrapped)
    vault.mark_opened(home, sealed.digest, sealed.id)
    sealed.state, sealed.decided_by, sealed.decided_at = SealState.OPENED, actor.name, clock.now()
    sealed.wrapped_key = b""
    sealed.save()
    run = actor_named(mechanism_file(actor).mechanism, SERVICE, started_by=actor.name)
    keep_arrival(run, _("opened by two officers"), originals.keep_bytes(home.originals, data), Door.UPLOAD)
    defer(READ, actor=run)
    transaction.on_commit(lambda: vault.wipe(home, sealed.id, wrapped))


@action("intake.wipe-unanswered", roles=CLOCK, recalled=True)
def wipe_unanswered(actor: Actor) -> int:
    """Wipe the sealed messages whose time is over; returns how many. The actor is inside the room (`reads.in_sealing_room`).

    Readable copies that a killed process left behind go too.
    """
    turn_until_commit(actor.mechanism, SEALING)
    # what came again and waits for its reader is met as sealed there, or sealed anew
    waiting = set(Message.objects.filter(state=MessageState.ARRIVED).values_list("digest", flat=True))
    for digest, identity in SealedMessage.objects.exclude(state=SealState.OPENED).values_list("digest", "id"):
        if digest not in waiting:
            vault.let_go(current(), digest, identity)
    due = list(SealedMessage.objects.filter(state=SealState.SEALED, due_at__lte=clock.now()))
    for sealed in due:
        _wiped(actor, sealed, "", by_clock=True)
    return len(due)


def _wiped(actor: Actor, sealed: SealedMessage, who: str, *, by_clock: bool) -> None:
    home, wrapped = current(), bytes(sealed.wrapped_key)
    sealed.state = SealState.UNANSWERED if by_clock else SealState.CONFIRMED
    sealed.decided_by, sealed.decided_at = who, clock.now()
    sealed.wrapped_key = b""
    sealed.save()
    queue_word_of_wiping(actor, sealed)
    transaction.on_commit(lambda: vault.wipe(home, sealed.id, wrapped))


def _waiting(key: UUID, version: int) -> SealedMessage:
    sealed = SealedMessage.found(key, version=version)
    if sealed.state != SealState.SEALED:
        raise Refused(_("This was decided already, by {name}.").format(name=sealed.decided_by or _("the clock")))
    return sealed


def _room(actor: Actor) -> tuple[UUID, int]:
    """The room of sealed messages, opened for the named officers when it is first needed, and how closed its records may be for them."""
    identity = sealing_room(actor.mechanism, actor.organisation)
    officers = Member.objects.filter(organisation_id=actor.organisation, roles__contains=[Role.OFFICER.value]).order_by("slug")
    named = mechanism_file(actor).sealing.officers
    asked = [member for member in officers if member.slug in named] if named else list(officers)
    if not asked:
        raise Refused(_("A classified message came, and there is no officer to ask. Seat an officer, then take it in again."))
    room = Compartment.objects.filter(id=identity).first()
    if room is None:
        Compartment(
            id=identity,
            compartment_id=identity,
            name="Sealed messages",
            members=[member.id for member in asked],
            marking=min(int(Marking.RED), *(member.ceiling for member in asked)),
        ).save()
    elif not room.members:
        # everybody left it: those who are named now are asked
        room.members = [member.id for member in asked]
        room.save()
    return identity, min(int(Marking.RED), *(member.ceiling for member in asked))


def _account_on(member: UUID) -> UUID | None:
    return Member.objects.filter(id=member).values_list("account_id", flat=True).first()
