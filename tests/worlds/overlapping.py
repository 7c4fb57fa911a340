"""Worlds that differ in the declared bit: behind a wall of B alone lies a line that may be the same as what somebody asks about."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models, transaction

from sild.kernel import house
from sild.kernel.actor import acting
from sild.wings.linkage.models import OverlapMark
from sild.wings.linkage.public import ask_overlap
from sild.wings.linkage.reads.overlap import asking_terms, keyed, subject_of
from sild.wings.linkage.rules.overlap import values_written
from tests.worlds.pair import Observed, Worlds
from tests.worlds.programs import token_of
from tests.worlds.stillness import still
from tests.worlds.walking import Step, answered, observed

ROLE, SEED = "donor", 77
ANSWER = re.compile(rb'<section class="desk-panel" aria-labelledby="answer">.*?</section>|"possible":(?:true|false)', re.DOTALL)
"""What is declared to differ: the panel of the answer, and the bit that a program is given."""
LENGTH = "content-length"


def answers(worlds: Worlds) -> Iterator[tuple[str, Step, Observed, Observed]]:
    """Every step of a donor who asks, and of others who look afterwards, as (role, step, answer in A, answer in B)."""
    with worlds.pair() as (first, second):
        with house.connected(worlds.server, first):
            subject = _without_overlap(worlds)
        with house.connected(worlds.server, second):
            _hide_alike(worlds, subject)
        walked = [_walked(worlds, database, subject) for database in (first, second)]
    yield from ((role, step, one, other) for (role, step, one), (_role, _step, other) in zip(*walked, strict=True))


def less_the_answer(seen: Observed) -> Observed:
    """An answer without what is declared to differ."""
    status, headers, body = seen
    return status, tuple(one for one in headers if one[0] != LENGTH), ANSWER.sub(b"ANSWER", body)


def _without_overlap(worlds: Worlds) -> uuid.UUID:
    """An offer that the donor sees, and about which nothing is known behind the walls of the base world."""
    actor = worlds.base.actors[ROLE]
    for key in worlds.visible(ROLE)["register.Offer"]:
        with transaction.atomic():
            known = ask_overlap(actor, "register.Offer", key).possible
            transaction.set_rollback(True)
        if not known:
            return key
    raise AssertionError("every offer that the donor sees overlaps with something: the worlds would not be a fair question")


def _hide_alike(worlds: Worlds, subject: uuid.UUID) -> None:
    """Put a line of another organisation into the world that is connected now, alike in all that is compared."""
    from_whom = next(one for one in worlds.base.organisations if one != worlds.base.actors[ROLE].organisation)
    lines: models.QuerySet[Any] = models.QuerySet(apps.get_model("register.Line"), using="migrate")
    line = lines.exclude(need_id=None).order_by("id")[0]
    line.pk, line.owner_id, line.releasable_to, line.need_id = uuid.UUID(int=SEED, version=4), from_whom, [], None
    lines.bulk_create([line])
    actor = worlds.base.actors[ROLE]
    with acting(actor):
        record = subject_of(actor, asking_terms(actor), "register.Offer", subject).record
    marks: models.QuerySet[OverlapMark] = models.QuerySet(OverlapMark, using="migrate")
    marks.bulk_create(
        [OverlapMark(line_id=line.pk, mechanism_id=line.mechanism_id, owner_id=from_whom, keys=keyed(values_written(record)))]
    )


def _walked(worlds: Worlds, database: str, subject: uuid.UUID) -> list[tuple[str, Step, Observed]]:
    place, program = f"/offers/{subject}/overlap/", (("authorization", f"Bearer {token_of(ROLE)}"),)
    steps = [
        (ROLE, Step("GET", place)),
        (ROLE, Step("POST", place)),
        (ROLE, Step("GET", place)),
        (ROLE, Step("POST", f"/api/v1/offers/{subject}/overlap", headers=program)),
        (ROLE, Step("GET", "/api/v1/overlaps", headers=program)),
        *((role, Step("GET", where)) for role in (ROLE, "company", "recipient") for where in ("/", "/offers/", f"/offers/{subject}/")),
        *(("auditor", Step("GET", where)) for where in ("/", "/ledger/")),
    ]
    seen = []
    with house.connected(worlds.server, database):
        clients = {role: worlds.client(SEED, 0, role) for role, _step in steps}
        for number, (role, step) in enumerate(steps):
            with still(SEED, number + 1):
                seen.append((role, step, observed(answered(clients[role], step))))
    return seen
