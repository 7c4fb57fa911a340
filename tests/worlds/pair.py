"""Two worlds, equal but for records that one actor may not see, and one walk through both."""

from __future__ import annotations

import io
import logging
import random
import re
import traceback
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connections, models
from django.http import HttpResponse
from django.test import Client

from sild.kernel import house
from sild.kernel.accounts import Account, ApiToken
from sild.kernel.actor import acting
from sild.kernel.home import Home, kept_secret
from sild.kernel.log import Line
from sild.kernel.page import PAGES
from sild.kernel.record import Record
from sild.postgres.supervisor import Server
from sild.web.framework_routes import ROUTES as FRAMEWORK
from sild.web.framework_routes import Who
from tests.keeping import Keeper, State, once_a_run
from tests.worlds.base import ROLES, WORLDS, Base, build
from tests.worlds.hidden import Hider, seen_after_all, ways
from tests.worlds.meanwhile import act_meanwhile
from tests.worlds.programs import Address, addresses, document, token_of
from tests.worlds.stillness import still
from tests.worlds.sweeping import WAYS, sweep
from tests.worlds.walking import Pattern, Step, Walk, answered, observed

STEPS = 7
IN_TURN = 120
"""Steps in one world before the other takes its turn, where the worlds are walked in turn."""
STRANGERS_SCRIPT = 1
PARTS = {"int": "0", "slug": "technical", "str": "word"}
"""What stands in an address for a part that is no identifier."""
Observed = tuple[int, tuple[tuple[str, str], ...], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A step whose answer in the world with hidden records was another, or told of them."""

    seed: int
    role: str
    step: Step
    first: Observed
    second: Observed
    broke: str = ""

    def _both(self) -> tuple[tuple[Observed, Observed], tuple[Observed, Observed]]:
        return (self.first, self.second), (self.second, self.first)

    @property
    def told(self) -> bool:
        """Whether the two worlds were answered otherwise."""
        return self.first != self.second

    @property
    def fault(self) -> bool:
        """Whether the desk broke at this step, in one world or in both."""
        return max(self.first[0], self.second[0]) >= 500

    def __str__(self) -> str:
        place = next((at for at, (a, b) in enumerate(zip(self.first[2], self.second[2], strict=False)) if a != b), 0)
        shown = (self.first[2][max(place - 60, 0) : place + 60], self.second[2][max(place - 60, 0) : place + 60])
        answers = " / ".join(str((one[0], *sorted(set(one[1]) - set(other[1])))) for one, other in self._both())
        return f"seed {self.seed}, {self.role}: {self.step}: {answers}: {shown} {self.broke} {self.second[1][-1] if self.fault else ''}"


@dataclass(slots=True)
class Worlds:
    """The base world of a server, and pairs made of it."""

    server: Server
    home: Home
    base: Base
    state: State
    programs: list[Address] = field(default_factory=list)
    reached: set[tuple[str, str]] = field(default_factory=set)
    """Page and method of every answer below 400 so far."""

    @contextmanager
    def pair(self) -> Iterator[tuple[str, str]]:
        """Two databases, both copies of the base world, to the order of their rows on the disk; made so again afterwards."""
        try:
            yield WORLDS
        finally:
            self.begin_again()

    def begin_again(self) -> None:
        """Both databases as the base world."""
        connections.close_all()
        for name in WORLDS:
            keeper = Keeper(self.server, name)
            keeper.clear()
            keeper.bring_back(self.state)

    def differences(self, seed: int, scripts: int) -> list[Difference]:
        """Walk `scripts` walks of one actor through a pair of worlds; returns the first difference or fault, if there is one."""
        role = ROLES[seed % len(ROLES)]
        with self.pair() as (first, second):
            hider = self._hide(second, seed, role)
            written, seen = self._walked(first, seed, role, scripts, hider)
            return self._again(second, seed, role, written, seen)

    def tells(self, seed: int, scripts: int) -> bool:
        """Whether a pair of worlds is answered otherwise somewhere on these walks; ends where it is, the worlds walked in turn.

        For leaks that are known to be there. To show that there is none the worlds are walked one after the other, so that nothing that
        the process keeps of the second can be told in the first.
        """
        role = ROLES[seed % len(ROLES)]
        with self.pair() as (first, second):
            hider = self._hide(second, seed, role)
            with house.connected(self.server, first):
                walk = self._walk(seed, role, hider)
            for script in range(scripts):
                walk.links, walk.forms = [], []
                steps = self._steps(walk, seed, script)
                clients: dict[str, Client] = {}
                begun, went_on = 0, True
                while went_on:
                    with self._begun(first, seed, script, role, clients):
                        written, seen = self._forward(walk, islice(steps, IN_TURN), clients[first], seed * 1000 + script, begun)
                    with self._begun(second, seed, script, role, clients):
                        found = self._compared(role, seed, (script, begun), clients[second], (written, seen))
                    if found:
                        return found.told
                    begun, went_on = begun + len(written), len(written) == IN_TURN
        return False

    @contextmanager
    def _begun(self, database: str, seed: int, script: int, role: str, clients: dict[str, Client]) -> Iterator[None]:
        """Connected to a world; the first time on a walk somebody else was there before, and a browser is open."""
        with house.connected(self.server, database):
            if database not in clients:
                self._others(seed, script, role)
                clients[database] = self.client(seed, script, self._who(seed, script, role))
            yield

    def reach(self, seed: int) -> None:
        """Send every form of every page as the role of the seed, in one world without hidden records: which addresses answer well."""
        role = ROLES[seed % len(ROLES)]
        with self.pair() as (first, _second):
            with house.connected(self.server, first):
                hider = Hider(self.base.actors[role], (), random.Random(seed), [], self.visible(role))
            self._walked(first, seed, role, 1, hider)

    def _hide(self, database: str, seed: int, role: str) -> Hider:
        actor = self.base.actors[role]
        closed = ways(actor, self.base.organisations, self.base.strangers, self.base.compartments[actor.organisation])
        others = tuple(one for one in self.base.organisations if one != actor.organisation)
        with house.connected(self.server, database):
            hider = Hider(actor, others, random.Random(seed), closed, self.visible(role))
            hider.hide(rounds=4)
            if found := seen_after_all(actor, hider.kept):
                raise AssertionError(f"{actor.name} sees what should be hidden: {found}")
            names: list[str] = []
            acted = act_meanwhile(self.base, role, random.Random(seed), hider.visible, names)
            hider.secrets[:0] = ["hidden token of strangers", *names]
        assert sum(len(found) for found in hider.kept.values()) >= 40
        assert hider.beside >= 1, hider.refused
        assert acted >= (1 if role == "auditor" else 10)
        # what a constraint refuses hides nothing: it may not grow into most of what is planted
        refused, kept = sum(hider.refused.values()), sum(len(found) for found in hider.kept.values())
        assert refused <= kept / 5, hider.refused
        return hider

    def _walked(self, database: str, seed: int, role: str, scripts: int, hider: Hider) -> tuple[list[list[Step]], list[list[Observed]]]:
        written: list[list[Step]] = []
        seen: list[list[Observed]] = []
        with house.connected(self.server, database):
            walk = self._walk(seed, role, hider)
            for script in range(scripts):
                self._others(seed, script, role)
                client = self.client(seed, script, self._who(seed, script, role))
                walk.links, walk.forms = [], []
                steps, answers = self._forward(walk, self._steps(walk, seed, script), client, seed * 1000 + script)
                written.append(steps)
                seen.append(answers)
        return written, seen

    def _forward(self, walk: Walk, steps: Iterator[Step], client: Client, moment: int, begun: int = 0) -> tuple[list[Step], list[Observed]]:
        """The steps as they are drawn, written down with what was answered; `begun` were done before in this script."""
        written: list[Step] = []
        seen: list[Observed] = []
        for number, step in enumerate(steps, begun + 1):
            with still(moment, number), told() as log:
                response = answered(client, step)
                seen.append(_with_log(observed(response), log))
            written.append(step)
            walk.look_at(step, response)
            if response.status_code < 400 and response.resolver_match is not None:
                self.reached.add((response.resolver_match.view_name, step.method))
        return written, seen

    def _walk(self, seed: int, role: str, hider: Hider) -> Walk:
        actor = self.base.actors[role]
        # whoever ends the own seat or token has nowhere to walk any more
        tokens: models.QuerySet[ApiToken] = models.QuerySet(ApiToken, using="migrate")
        own = {actor.person, *tokens.filter(member_id=actor.person).values_list("id", flat=True)}
        connections["migrate"].close()
        visible = {label: [one for one in found if one not in own] for label, found in hider.visible.items()}
        self.programs = self.programs or addresses(document())
        walk = Walk(random.Random(seed), self._starts(), self._patterns(), visible, hider.kept)
        walk.programs, walk.token, walk.posted, walk.secrets = self.programs, token_of(role), self._posted(), hider.secrets
        return walk

    def _steps(self, walk: Walk, seed: int, script: int) -> Iterator[Step]:
        """What is walked: first a sweep, in the way of the seed; then a stranger's steps; then steps as they are drawn."""
        if script == 0:
            # eight roles and three ways: 24 seeds in a row sweep in every way as every role
            yield from sweep(walk, WAYS[seed % len(WAYS)])
        elif script == STRANGERS_SCRIPT:
            yield from self._strangers_steps(walk)
        else:
            for _number in range(STEPS):
                yield walk.next_step()

    def _strangers_steps(self, walk: Walk) -> Iterator[Step]:
        """Without signing in: every place that lets anybody in, with its forms, and some of those that do not."""
        walk.programs, programs = (), walk.programs
        doors = ["/" + route.path.replace("<str:secret>", "hidden") for route in FRAMEWORK if route.who is Who.ANYBODY]
        for place in dict.fromkeys([*doors, *self._open(), *walk.chance.sample(walk.starts, 4)]):
            walk.forms = []
            yield Step("GET", place)
            for form in [form for form in walk.forms if form.method == "POST"]:
                yield walk.filled(form, whole=True)
        yield from (walk.next_step() for _number in range(STEPS))
        walk.programs = programs

    def _again(self, database: str, seed: int, role: str, written: list[list[Step]], seen: list[list[Observed]]) -> list[Difference]:
        with house.connected(self.server, database):
            for script, steps in enumerate(written):
                self._others(seed, script, role)
                client = self.client(seed, script, self._who(seed, script, role))
                if found := self._compared(role, seed, (script, 0), client, (steps, seen[script])):
                    return [found]
        return []

    def _compared(
        self, role: str, seed: int, place: tuple[int, int], client: Client, first: tuple[list[Step], list[Observed]]
    ) -> Difference | None:
        """The steps again in the second world; the first answer that differs or breaks: from there on the worlds go different ways.

        `place` is the script and how many of its steps were done before.
        """
        script, begun = place
        for number, (step, answer) in enumerate(zip(*first, strict=True), begun + 1):
            with still(seed * 1000 + script, number), told() as log:
                response = answered(client, step)
                again = _with_log(observed(response), log)
            difference = Difference(seed=seed, role=role, step=step, first=answer, second=again, broke=_fault(response))
            if again != answer or difference.fault:
                return difference
        return None

    def _who(self, seed: int, script: int, role: str) -> str:
        """Whose browser walks: the role's, or in one script nobody's."""
        return "" if script == STRANGERS_SCRIPT else role

    def client(self, seed: int, script: int, role: str) -> Client:
        """A browser, signed in as the role's seat; as nobody where it is empty."""
        with still(seed * 1000 + script, 0):
            client = Client(
                headers={"accept-language": "uk" if script % 2 else "en"}, SERVER_NAME="localhost", raise_request_exception=False
            )
            if role:
                client.force_login(Account.objects.get(id=self.base.accounts[role]), backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    def _others(self, seed: int, script: int, role: str) -> None:
        """Somebody who sees other things looks at pages first: what is kept from their visit must not be shown to the next.

        At all that have no identifier before the sweep, at some before every other walk.
        """
        chance = random.Random(f"{seed} {script}")
        other = chance.choice([one for one in ROLES if one != role])
        client = self.client(seed, script, other)
        starts = self._starts()
        with still(seed * 1000 + script, 0):
            for address in starts if script == 0 else chance.sample(starts, 3):
                response = client.get(address)
                assert response.status_code < 500, f"seed {seed}, {other}: GET {address}: {_fault(response)}"

    def visible(self, role: str) -> dict[str, list[uuid.UUID]]:
        """The records that a role sees in the world that is connected now, by table, some of each."""
        actor = self.base.actors[role]
        with acting(actor):
            return {
                model._meta.label: list(model._default_manager.order_by("id").values_list("id", flat=True)[:30])
                for model in apps.get_models()
                if issubclass(model, Record)
            }

    def _starts(self) -> list[str]:
        return ["/" + page.path for page in PAGES.values() if "<" not in page.path] + ["/nowhere/"]

    def _posted(self) -> list[str]:
        return ["/" + page.path for page in PAGES.values() if "<" not in page.path and "POST" in page.methods]

    def _open(self) -> list[str]:
        """Pages for anybody."""
        return ["/" + page.path for page in PAGES.values() if "<" not in page.path and not page.roles]

    def _patterns(self) -> list[Pattern]:
        """Addresses with identifiers: (method, pattern with {name}, the kind of record of each name)."""
        found: list[Pattern] = []
        for page in PAGES.values():
            if "<" in page.path:
                pattern = "/" + page.path
                for name in page.subjects:
                    pattern = pattern.replace(f"<uuid:{name}>", f"{{{name}}}")
                for kind, word in PARTS.items():
                    pattern = re.sub(rf"<{kind}:\w+>", word, pattern)
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


def _fault(response: HttpResponse) -> str:
    """Where the desk broke, if it did."""
    raised = getattr(response, "exc_info", None)
    return "" if raised is None else "".join(traceback.format_exception(*raised)[-4:])


def _with_log(seen: Observed, log: io.StringIO) -> Observed:
    return seen[0], (*seen[1], ("(log)", log.getvalue())), seen[2]


@contextmanager
def worlds_of(server: Server, factory: pytest.TempPathFactory) -> Iterator[Worlds]:
    """The worlds of a server, in a home of their own. The connection goes back to its own database at the end."""
    place = factory.mktemp("worlds")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SILD_HOME", str(place / "home"))
        patch.setenv("SILD_BIND", "127.0.0.1")
        home = Home(place / "home").prepare()
        with _worlds_in(server, home, place / "inbox", factory) as made:
            yield made


@contextmanager
def _worlds_in(server: Server, home: Home, folder: Path, factory: pytest.TempPathFactory) -> Iterator[Worlds]:
    connections.close_all()
    # threads of earlier tests may still hold connections; a database that is copied must be left alone
    server.execute(
        ["select pg_terminate_backend(pid) from pg_stat_activity where datname = 'sild' and pid <> pg_backend_pid()"], database="postgres"
    )
    for name in WORLDS:
        server.create_database(name, "sild")
    keeper = Keeper(server, WORLDS[0])
    keeper.clear()

    def built() -> tuple[Base, State]:
        settings.SECRET_KEY = kept_secret(home, "session.key")
        with house.connected(server, WORLDS[0]):
            base = build(home, folder)
        return base, keeper.state()

    try:
        made = Worlds(server, home, *once_a_run(factory, home, "base world", built))
        settings.SECRET_KEY = kept_secret(home, "session.key")
        made.begin_again()
        yield made
    finally:
        connections.close_all()
        for name in WORLDS:
            server.drop_database(name)
        house._point({alias: server.conninfo(role) for alias, role in house.ALIASES.items()})
