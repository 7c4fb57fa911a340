"""Arrivals: what comes by a door at which somebody waits for an answer (a program, a form, a page) is kept at once and read afterwards.

The bytes are kept as they came and the message gets its reference; whoever answers the door opens no hostile file. The worker reads
what arrived, behind the walls, in a process of its own.
"""

from __future__ import annotations

import logging

from django.utils.translation import gettext as _

from sild.formats.limits import LIMITS
from sild.kernel import originals
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.home import Home
from sild.kernel.identity import actor_named
from sild.kernel.jobs import PASSING, SERVICE, defer
from sild.kernel.log import told
from sild.kernel.refusals import Refused
from sild.wings.intake.actions.messages import Received, keep_arrival, lose_arrival
from sild.wings.intake.actions.taking import Reader, Taking
from sild.wings.intake.reads.kept import arrivals, kept_elsewhere, known_before
from sild.wings.intake.rules import READ, Door, visible_name
from sild.wings.parties.public import mechanism_file
from sild.wings.planning.public import REFRESH

LINES = logging.getLogger("sild.intake")
OFFICERS = frozenset({Role.OFFICER})
SERVICES = frozenset({Role.SERVICE})
LARGEST = LIMITS.file_bytes
"""What is larger is not read anyway; a folder keeps it all the same, a door on the network does not."""


@action("intake.receive", roles=OFFICERS)
def receive(actor: Actor, name: str, data: bytes, home: Home, door: Door) -> Received:
    """Take in what an officer of the secretariat sends or uploads; it is read by the worker. Raises Refused."""
    run = actor_named(mechanism_file(actor).mechanism, SERVICE, started_by=actor.name)
    if run.organisation != actor.organisation:
        raise Refused(_("Messages are taken in by the secretariat. Send it to them."))
    return receive_for(run, name, data, home, door)


@action("intake.receive-for", roles=SERVICES)
def receive_for(actor: Actor, name: str, data: bytes, home: Home, door: Door) -> Received:
    """The same for a door without a person. Raises Refused where it is empty, too large, or the disk is full."""
    if not data:
        raise Refused(_("The file is empty. Choose the message itself."))
    if len(data) > LARGEST:
        raise Refused(_("The file is larger than {limit} MB. Split it, or send the text alone.").format(limit=LARGEST // 1_048_576))
    shown = visible_name(name).strip()[:300] or "message"
    kept = originals.keep_bytes(home.originals, data)
    known = known_before(actor, kept.digest)
    if known is not None and known.erased and not kept_elsewhere(actor, kept.digest):
        # its words were erased for good: the same bytes are not kept again
        kept.path.unlink(missing_ok=True)
    received = keep_arrival(actor, shown, kept, door)
    defer(READ, actor=actor)
    return received


@action("intake.read-arrived", roles=SERVICES, stepwise=True)
def read_arrived(actor: Actor, home: Home, reader: Reader, *, at_most: int = 1000) -> int:
    """Read what arrived and waits, the oldest first; returns how many messages were new to the register. It may be done twice.

    A fault over one message keeps none of the others waiting; the first is raised when they are read.
    """
    fresh = 0
    faults: list[Exception] = []
    for waiting in arrivals(actor, at_most):
        taking = Taking(actor, home, reader, waiting.door)
        try:
            fresh += taking.kept(waiting.digest, waiting.name).fresh
        except FileNotFoundError:
            lose_arrival(actor, waiting.id)
        except (MemoryError, *PASSING):
            raise
        except Exception as fault:
            LINES.warning("a message that arrived could not be taken in (%s); the others are read", told(fault))
            faults.append(fault)
    if fresh:
        defer(REFRESH, actor=actor)
    if faults:
        raise faults[0]
    return fresh
