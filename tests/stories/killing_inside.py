"""The part of the kill story that needs the database: seats with tokens before, the verdict after."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import sild.config.start  # noqa: F401 - the framework must know its tables before a wing is imported

# isort: split
from django.db import connection, connections

from sild.kernel import home as homes
from sild.kernel import house
from sild.kernel.accounts import Account
from sild.kernel.actor import Actor, Role, acting
from sild.kernel.casework import Note
from sild.kernel.history import Act
from sild.kernel.identity import actor_named, mechanism_slugs, seats_of
from sild.kernel.ledger.sequencer import book_of, commitments_numbered
from sild.kernel.tokens import make_token
from sild.wings.parties.commands import make_demo_people
from sild.wings.register.public import needs

CALM_WITHIN_S = 180.0
WRITERS = (Role.OFFICER, Role.TECHNICAL_GATE)
GATES = {Role.TECHNICAL_GATE: "technical-review"}


def seated() -> list[tuple[Role, Account, Actor]]:
    """The demo people who write: with their accounts and seats."""
    made = []
    for role in WRITERS:
        account = Account.objects.get(email=f"{role}@demo.invalid")
        made.append((role, account, seats_of(account.id)[0].actor))
    return made


def prepare(_given: object) -> list[dict[str, Any]]:
    """Demo people with tokens, and the needs that each may write to."""
    with house.opened() as home:
        make_demo_people(home, mechanism_slugs()[0])
        return [
            {
                "token": make_token(actor, account.id, "kills")[1],
                "gate": GATES.get(role, ""),
                "needs": [str(need.id) for need in needs(actor)],
                "mechanism": mechanism_slugs()[0],
            }
            for role, account, actor in seated()
        ]


def verdict(acknowledged: list[str]) -> dict[str, Any]:
    """Whether everything that was acknowledged is there once, in the records, the history, the ledger and the book."""
    house.join("sequencer")
    faults = _come_to_rest()
    there, acts = _written()
    faults += [f"lost: {words}" for words in acknowledged if there[words] == 0]
    faults += [f"doubled: {words}" for words, count in there.items() if count > 1]
    entries = _entries()
    faults += [f"the act {act} has {entries[act]} entries in the ledger" for act in acts if entries[act] != 1]
    faults += [f"the entry of {act} is there {count} times" for act, count in entries.items() if count > 1]
    book = book_of(homes.current())
    size, findings = book.verify()
    faults += [f"{finding.where}: {finding.what}" for finding in findings]
    if list(book.commitments()) != commitments_numbered():
        faults.append("book and database hold other entries")
    return {"faults": faults, "written": sum(there.values()), "acts": len(acts), "entries": size}


def _come_to_rest() -> list[str]:
    """Wait until no job waits and everything is in the book."""
    left: tuple[int, ...] = ()
    deadline = time.monotonic() + CALM_WITHIN_S
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute("select count(*) filter (where status in ('todo', 'doing')), count(*) from procrastinate_jobs")
            left = cursor.fetchone()
        with connections["sequencer"].cursor() as cursor:
            cursor.execute("select count(*) from kernel_ledgerentry where index is null")
            left += cursor.fetchone()
        if left == (0, 0, 0):
            return []
        time.sleep(0.5)
    return [f"no rest after {CALM_WITHIN_S:.0f} s: jobs that go on, jobs in the queue, acts not in the book: {left}"]


def _written() -> tuple[Counter[str], list[str]]:
    """What was written in this round, by its words; and every act of the organisations that wrote."""
    there: Counter[str] = Counter()
    acts: set[str] = set()
    run = actor_named(mechanism_slugs()[0], "run")
    for actor in (run, *(actor for _, _, actor in seated())):
        with acting(actor):
            mine = Act.objects.filter(owner_id=actor.organisation)
            fresh = mine.exclude(id__in=acts) if acts else mine
            there.update(reason for reason in fresh.values_list("reason", flat=True) if reason.startswith("kill-"))
            if actor is not run:
                there.update(Note.objects.filter(text__startswith="kill-", owner_id=actor.organisation).values_list("text", flat=True))
            acts |= {str(identity) for identity in mine.values_list("id", flat=True)}
    return there, sorted(acts)


def _entries() -> Counter[str]:
    with connections["sequencer"].cursor() as cursor:
        cursor.execute("select plain from kernel_ledgerentry")
        return Counter(json.loads(plain)["act"] for (plain,) in cursor.fetchall())


SAY: dict[str, Callable[[Any], Any]] = {"prepare": prepare, "verdict": verdict}
