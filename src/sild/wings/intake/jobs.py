"""Jobs of intake: links and plan are made anew after people's acts, once for all clicks that wait."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from uuid import UUID

from sild.kernel import clock
from sild.kernel import home as homes
from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.chat_endpoint import chat_endpoint
from sild.kernel.hourly import hourly, often
from sild.kernel.identity import actor_named
from sild.kernel.jobs import SERVICE, SOON, after, defer, job
from sild.kernel.post import post_office
from sild.kernel.refusals import Refused
from sild.kernel.undertaking import DONE, FAILED, Watched
from sild.wings.intake.actions import refresh
from sild.wings.intake.actions.erasing import keep_retention
from sild.wings.intake.actions.receipts import send_receipts
from sild.wings.intake.actions.sealing import wipe_unanswered
from sild.wings.intake.actions.second import ask_second_reader
from sild.wings.intake.reads.correspondence import receipts_due
from sild.wings.intake.reads.kept import arrivals
from sild.wings.intake.reads.mailboxes import due_mailboxes, mailboxes
from sild.wings.intake.reads.sealed import in_sealing_room
from sild.wings.intake.reads.second import due_for_second_reader
from sild.wings.intake.rules import READ, SECOND, SEND
from sild.wings.parties.public import mechanism_file
from sild.wings.planning.public import REFRESH

LINES = logging.getLogger("sild.intake")
REFRESH_AFTER = (
    "register.accept-line",
    "register.reject-line",
    "register.reopen-line",
    "register.mend-line",
    "register.split-line",
    "register.join-lines",
    "register.add-line",
    "register.rule-channel",
    "register.rule-gate",
    "register.set-state",
    "register.answer-offer",
    "linkage.judge",
    "linkage.join",
    "linkage.split",
    "linkage.withdraw-judgement",
    "agreements.accept",
    "agreements.decline",
    "agreements.commit",
    "agreements.cannot-help",
    "agreements.recall",
    "agreements.release",
    "clearance.open-case",
    "clearance.move-case",
    "clearance.describe-case",
    "clearance.raise-objection",
    "clearance.object-in-case",
    "clearance.close-objection",
    "clearance.reopen-objection",
    "clearance.decide-donation",
    "clearance.rule-line",
    "clearance.reopen-donation",
    "planning.record-limit",
    "planning.import-supplement",
    "planning.assess-need",
    "planning.override-priority",
    "planning.take-in",
    # what was raised, or moved away, was linked and planned with; the next plan says so, or is made without it
    "access.raise-marking",
    "access.confirm-lowering",
    "intake.close-into",
    "kernel.undo",
)
"""Acts that change what links or plan rest on."""


@job(REFRESH, roles=(PEOPLE - {Role.AUDITOR}) | {Role.SERVICE})
def refresh_register(actor: Actor) -> None:
    """Link and plan anew in the name of the run, started by the member who asked."""
    run = actor_named(mechanism_file(actor).mechanism, SERVICE, started_by=actor.name)
    watched = Watched(run, REFRESH)
    try:
        made = refresh(run, progress=watched)
    except Refused as refusal:
        # nothing to repeat: a person reads why, and the next act asks again
        watched.end(FAILED, str(refusal))
        return
    except Exception:
        watched.end(FAILED)
        raise
    watched.end(DONE, str(made.id) if made.fresh else "")


after(REFRESH, REFRESH_AFTER)

FETCH = "intake.fetch-mailbox"
APART_S = 900.0
"""How long reading or fetching may take in one go; what is left follows in the next one."""


@job(FETCH, roles=frozenset({Role.SERVICE}))
def fetch_due_mailbox(actor: Actor, mailbox: UUID) -> None:
    """Fetch from a mailbox whose time has come, in a process of its own."""
    found = next((one for one in mailboxes(actor) if one.id == mailbox), None)
    if found is not None and mailbox in due_mailboxes(actor):
        _apart("mailbox", "fetch", found.name, "--mechanism", mechanism_file(actor).mechanism)


@hourly("intake.wipe-unanswered")
def wipe_what_nobody_answered_for(actor: Actor) -> None:
    """Sealed messages whose time is over are wiped."""
    with clock.pinned(mechanism_file(actor).today):
        wipe_unanswered(in_sealing_room(actor))


@hourly("intake.keep-retention")
def keep_to_retention(actor: Actor) -> None:
    """Messages that were kept as long as the mechanism's file says are erased."""
    retention = mechanism_file(actor).retention
    if retention.noise or retention.quarantined or retention.read:
        with clock.pinned(mechanism_file(actor).today):
            keep_retention(actor)


@job(READ, roles=frozenset({Role.SERVICE}), priority=SOON)
def read_what_arrived(actor: Actor) -> None:
    """Read what arrived, in a process of its own."""
    if arrivals(actor, 1):
        _apart("read", "--mechanism", mechanism_file(actor).mechanism)


@job(SEND, roles=frozenset({Role.SERVICE}))
def send_what_is_due(actor: Actor) -> None:
    """Send acknowledgements, where the operator named a server."""
    post = post_office(homes.current())
    if post is not None and receipts_due(in_sealing_room(actor)):
        # with the key to the room of sealed messages: their senders are told too
        done = send_receipts(in_sealing_room(actor), post)
        LINES.info("%d acknowledgements sent, %d not taken", done.sent, done.failed)


@job(SECOND, roles=frozenset({Role.SERVICE}))
def ask_what_is_due(actor: Actor) -> None:
    """Ask the second reader about what it was not asked about yet, where the operator named one."""
    reader = chat_endpoint(homes.current())
    if reader is not None:
        done = ask_second_reader(actor, reader)
        LINES.info("the second reader was asked: %d told, %d failed", done.told, done.failed)


@often("intake.second-reader")
def look_for_second_readings(actor: Actor) -> None:
    """Ask for a round where something is due."""
    reader = chat_endpoint(homes.current())
    if reader is not None and due_for_second_reader(actor, reader.up_to, clock.now()):
        defer(SECOND, actor=actor)


@often("intake.doors")
def look_at_the_doors(actor: Actor) -> None:
    """Ask for what is due: what came while no worker lived is not forgotten."""
    if arrivals(actor, 1):
        defer(READ, actor=actor)
    if post_office(homes.current()) is not None and receipts_due(in_sealing_room(actor)):
        defer(SEND, actor=actor)
    for mailbox in due_mailboxes(actor):
        defer(FETCH, actor=actor, mailbox=mailbox)


def _apart(*words: str) -> None:
    """A command of this program in a process of its own, where work on one hostile message can be broken off, and ends with this one."""
    line = [sys.executable, "-m", "sild", "--plain", *words, "--parent", str(os.getpid())]
    try:
        code = subprocess.run(line, stdin=subprocess.DEVNULL, timeout=APART_S, check=False).returncode
    except subprocess.TimeoutExpired:
        LINES.warning("%s took longer than %.0f s and was ended; it goes on with the next one", words[0], APART_S)
        return
    if code:
        LINES.warning("%s ended with %d", words[0], code)
