"""Two worlds, equal but for records that one actor may not see, and one walk through both."""

from __future__ import annotations

import io
import logging
import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.test import Client

from sild.kernel import house
from sild.kernel.accounts import Account
from sild.kernel.actor import acting
from sild.kernel.home import Home
from sild.kernel.log import Line
from sild.kernel.page import PAGES
from sild.kernel.record import Record
from sild.postgres.supervisor import Server
from tests.conftest import filled_by_the_desk
from tests.worlds.base import ROLES, Base, build
from tests.worlds.hidden import Hider, seen_after_all, ways
from tests.worlds.programs import addresses, document, token_of
from tests.worlds.stillness import still
from tests.worlds.walking import Step, Walk, answered, observed

STEPS = 7
Observed = tuple[int, tuple[tuple[str, str], ...], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A step whose answer in the world with hidden records was another, or told of them."""

    seed: int
    role: str
    step: Step
    first: Observed
    second: Observed

    def __str__(self) -> str:
        place = next((at for at, (a, b) in enumerate(zip(self.first[2], self.second[2], strict=False)) if a != b), 0)
        shown = (self.first[2][max(place - 60, 0) : place + 60], self.second[2][max(place - 60, 0) : place + 60])
        return f"seed {self.seed}, {self.role}: {self.step}: {self.first[0]} {self.first[1]} / {self.second[0]} {self.second[1]}: {shown}"


@dataclass(slots=True)
class Worlds:
    """The base world of a server, and pairs made of it."""

    server: Server
    home: Home
    base: Base
    number: int = 0
    extra: list[tuple[str, str, tuple[tuple[str, str], ...]]] = field(default_factory=list)

    @contextmanager
    def pair(self) -> Iterator[tuple[str, str]]:
        """Two databases, both copies of the base world."""
        self.number += 1
        names = (f"world_{self.number}_a", f"world_{self.number}_b")
        connections.close_all()
        for name in names:
            self.server.create_database(name, "world_base")
        try:
            yield names
        finally:
            connections.close_all()
            for name in names:
                self.server.drop_database(name)

    def differences(self, seed: int, scripts: int) -> list[Difference]:
        """Walk `scripts` walks of one actor through a pair of worlds; returns the first difference of each walk that has one."""
        chance = random.Random(seed)
        role = ROLES[seed % len(ROLES)]
        with self.pair() as (first, second):
            kept = self._hide(second, seed, role)
            written, found = self._walked(first, seed, role, scripts, kept, chance)
            return self._again(second, seed, role, written, found)

    def _hide(self, database: str, seed: int, role: str) -> dict[str, list[uuid.UUID]]:
        actor = self.base.actors[role]
        closed = ways(actor, self.base.organisations, self.base.strangers, self.base.compartments[actor.organisation])
        hider = Hider(actor, random.Random(seed), closed, {})
        with house.connected(self.server, database):
            hider.hide(rounds=6)
            assert seen_after_all(actor, hider.kept) == []
        assert sum(len(found) for found in hider.kept.values()) >= 40
        return hider.kept

    def _walked(
        self, database: str, seed: int, role: str, scripts: int, hidden: dict[str, list[uuid.UUID]], chance: random.Random
    ) -> tuple[list[list[Step]], list[list[Observed]]]:
        written: list[list[Step]] = []
        seen: list[list[Observed]] = []
        with house.connected(self.server, database):
            visible = self._visible(role)
            programs = addresses(document())
            for script in range(scripts):
                walk = Walk(chance, self._starts(), self._patterns(), visible, hidden, programs=programs, token=token_of(role))
                client = self._client(seed, script, role)
                self._others(seed, script, role)
                written.append([])
                seen.append([])
                sweep = walk.sweep() if script == 0 else []
                for number in range(len(sweep) or STEPS):
                    step = sweep[number] if sweep else walk.next_step()
                    with still(seed * 1000 + script, number + 1), told() as log:
                        response = answered(client, step)
                        seen[-1].append(_with_log(observed(response), log))
                    written[-1].append(step)
                    walk.look_at(step, response)
        return written, seen

    def _again(self, database: str, seed: int, role: str, written: list[list[Step]], seen: list[list[Observed]]) -> list[Difference]:
        found = []
        with house.connected(self.server, database):
            for script, steps in enumerate(written):
                client = self._client(seed, script, role)
                self._others(seed, script, role)
                for number, step in enumerate(steps):
                    with still(seed * 1000 + script, number + 1), told() as log:
                        again = _with_log(observed(answered(client, step)), log)
                    if again != seen[script][number]:
                        found.append(Difference(seed=seed, role=role, step=step, first=seen[script][number], second=again))
                        break
        return found

    def _client(self, seed: int, script: int, role: str) -> Client:
        with still(seed * 1000 + script, 0):
            client = Client(
                headers={"accept-language": "uk" if script % 2 else "en"}, SERVER_NAME="localhost", raise_request_exception=False
            )
            client.force_login(Account.objects.get(id=self.base.accounts[role]), backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    def _others(self, seed: int, script: int, role: str) -> None:
        """Somebody who sees other things looks at some pages first: what is kept from their visit must not be shown to the next."""
        chance = random.Random(f"{seed} {script}")
        other = chance.choice([one for one in ROLES if one != role])
        client = self._client(seed, script, other)
        with still(seed * 1000 + script, 0):
            for address in chance.sample(self._starts(), 3):
                client.get(address)

    def _visible(self, role: str) -> dict[str, list[uuid.UUID]]:
        actor = self.base.actors[role]
        with acting(actor):
            return {
                model._meta.label: list(model._default_manager.order_by("id").values_list("id", flat=True)[:30])
                for model in apps.get_models()
                if issubclass(model, Record)
            }

    def _starts(self) -> list[str]:
        return ["/" + page.path for page in PAGES.values() if "<" not in page.path] + ["/nowhere/"]

    def _patterns(self) -> list[tuple[str, str, tuple[tuple[str, str], ...]]]:
        """Addresses with identifiers: (method, pattern with {name}, the kind of record of each name)."""
        found = list(self.extra)
        for page in PAGES.values():
            if "<" in page.path:
                pattern = "/" + page.path
                for name in page.subjects:
                    pattern = pattern.replace(f"<uuid:{name}>", f"{{{name}}}")
                found += [(method, pattern, tuple(page.subjects.items())) for method in page.methods if "<" not in pattern]
        return found


@contextmanager
def told() -> Iterator[io.StringIO]:
    """Collects what the desk logs meanwhile, as it would stand in the log."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(_Timeless("web"))
    logger = logging.getLogger("sild")
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield lines
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)


class _Timeless(Line):
    def format(self, record: logging.LogRecord) -> str:
        # how long something took differs from run to run in one and the same world
        words = super().format(record).partition("] ")[2]
        return " ".join(word for word in words.split() if not word.rstrip("ms").replace(".", "").isdigit())


def _with_log(seen: Observed, log: io.StringIO) -> Observed:
    return seen[0], (*seen[1], ("(log)", log.getvalue())), seen[2]


@contextmanager
def worlds_of(server: Server, home: Home, folder: Path) -> Iterator[Worlds]:
    """The worlds of a server. The connection goes back to its own database at the end."""
    connections.close_all()
    # threads of earlier tests may still hold connections; a database that is copied must be left alone
    server.execute(
        ["select pg_terminate_backend(pid) from pg_stat_activity where datname = 'sild' and pid <> pg_backend_pid()"], database="postgres"
    )
    server.create_database("world_base", "sild")
    server.execute([f"TRUNCATE {', '.join(filled_by_the_desk(server))} CASCADE"], database="world_base")
    try:
        with house.connected(server, "world_base"):
            base = build(home, folder)
        yield Worlds(server, home, base)
    finally:
        connections.close_all()
        server.drop_database("world_base")
        house._point({alias: server.conninfo(role) for alias, role in house.ALIASES.items()})
