"""Serial schedule generation with insertion, and large-neighbourhood search over it.

Systems are put in, each where it is expected to lose least, after what they need. Then a few are taken out and put in again in another
order; what is not worse by much is kept, and the best that was ever found is what counts. The same seed and rounds give the same plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import exp
from random import Random

from sild.cores.evacuation.method.board import Board, Placement, cost_of
from sild.cores.evacuation.method.options import Layout
from sild.cores.evacuation.problem import MILLION

# a plan that is worse by this share of what moving saves is still gone on from at the start of the search
WARMTH = 0.002
SMALLEST, LARGEST = 3, 14
# so many that lean on a system are taken out with it; with more of them it goes alone and they wait for it
FEW_LEANING = 25
# in what part of the rounds staying is weighed without those who lean on a system
ALONE = 0.5
NEVER = 1 << 60


class Plan:
    """A plan that can be taken apart: placements, live hours and costs by system number."""

    def __init__(self, layout: Layout) -> None:
        self.layout, self.board = layout, Board(layout)
        count = len(layout.problem.systems)
        self.placed: list[Placement | None] = [None] * count
        self.live: list[int | None] = [None] * count
        self.host: list[int | None] = [None] * count
        self.held = layout.held
        self.charge = layout.problem.points_per_change * MILLION
        self.before = {layout.numbers[one.system]: one for one in layout.problem.planned if one.system in layout.numbers}
        self.cost = [self.charged(at, layout.clock.staying(at), None, None) for at in range(count)]
        for move in layout.problem.held:
            at = layout.numbers[move.system]
            way = next(one for one in layout.problem.systems[at].ways if one.kind == move.kind)
            begun = move.live - way.still_hours if way.still_hours is not None else (move.start if way.kind == "machine" else move.leave)
            self.live[at], self.host[at] = move.live, layout.hosts[move.host]
            self.cost[at] = layout.clock.cost(at, max(move.start, begun), move.safe, move.live)
        self.total = sum(self.cost)
        self.behind = _behind(layout)

    def charged(self, at: int, cost: int, one: Placement | None, live: int | None) -> int:
        """The cost with what a change against the plan before is charged."""
        if not self.charge or at in self.held:
            return cost
        before, problem = self.before.get(at), self.layout.problem
        if one is None:
            return cost + (self.charge if before else 0)
        same = (
            before is not None
            and problem.hosts[one.option.host].id == before.host
            and one.option.way.kind == before.kind
            and (one.start, live) == (before.start, before.live)
        )
        return cost if same else cost + self.charge

    def reachable(self, at: int, host: int) -> int | None:
        """The hour from which all that it needs can be used from the host; None: it cannot be."""
        layout, hour = self.layout, 0
        for needed in layout.needs[at]:
            where, live = self.host[needed], self.live[needed]
            if where is None or live is None:
                if not layout.home[host]:
                    return None
            elif where not in layout.reach[host]:
                return None
            elif not layout.home[host]:
                hour = max(hour, live)
        return hour

    def serves(self, at: int, host: int | None) -> bool:
        """Whether those who lean on it and are placed could go on using it from there."""
        layout = self.layout
        for other in layout.leaning[at]:
            where = self.host[other]
            if where is not None and (not layout.home[where] if host is None else host not in layout.reach[where]):
                return False
        return True

    def set(self, at: int, one: Placement | None, live: int | None) -> None:
        """Place it, or let it stay."""
        if one is not None and live is not None:
            self.board.put(one)
            cost = self.charged(at, cost_of(self.layout, one, live), one, live)
            self.host[at] = one.option.host
        else:
            cost, self.host[at] = self.charged(at, self.layout.clock.staying(at), None, None), None
        self.placed[at], self.live[at] = one, live
        self.total += cost - self.cost[at]
        self.cost[at] = cost

    def remove(self, at: int) -> None:
        """Take it out: it stays."""
        one = self.placed[at]
        if one is not None:
            self.board.take(one)
        self.set(at, None, None)

    def insert(self, at: int, jitter: float = 0.0, dice: Random | None = None, *, alone: bool = False) -> bool:
        """Put it where it loses least, or let it stay where that is better. False: it can neither go nor stay as things are.

        Staying is weighed with what those who lean on it would lose with it, unless it is looked at `alone`.
        """
        layout, best, chosen = self.layout, NEVER, None
        if self.serves(at, None):
            best = self.charged(at, layout.clock.staying(at), None, None) + (0 if alone else self.behind[at])
        usable: dict[int, int | None] = {}
        for option in layout.options[at]:
            host = option.host
            if host not in usable:
                usable[host] = self.reachable(at, host) if self.serves(at, host) else None
            hour = usable[host]
            if hour is None:
                continue
            for one in self.board.placements(option):
                live = max(one.ready, hour)
                if live > layout.problem.hours:
                    continue
                cost = self.charged(at, cost_of(layout, one, live), one, live)
                seen = int(cost * (1 + jitter * dice.random())) if dice and jitter else cost
                if seen < best:
                    best, chosen = seen, (one, live)
        if best == NEVER:
            return False
        if chosen is not None:
            self.set(at, *chosen)
        return True

    def settle(self, touched: Iterable[int]) -> bool:
        """Live hours anew of those who lean on what was touched: as early as what they need allows. False: some would be too late."""
        layout = self.layout
        pending = {other for at in touched for other in layout.leaning[at] if self.host[other] is not None}
        while pending:
            at = min(pending, key=layout.rank.__getitem__)
            pending.discard(at)
            one, host = self.placed[at], self.host[at]
            if one is None or host is None:
                hour = self.reachable(at, host) if host is not None else 0
                if hour is None or hour > (self.live[at] or 0):
                    return False
                continue
            hour = self.reachable(at, host)
            if hour is None or (live := max(hour, one.ready)) > layout.problem.hours:
                return False
            if live != self.live[at]:
                cost = self.charged(at, cost_of(layout, one, live), one, live)
                self.live[at] = live
                self.total += cost - self.cost[at]
                self.cost[at] = cost
                pending.update(other for other in layout.leaning[at] if self.host[other] is not None)
        return True

    def snapshot(self) -> list[tuple[Placement | None, int | None]]:
        """What is placed, to come back to."""
        return list(zip(self.placed, self.live, strict=True))

    def restore(self, kept: Sequence[tuple[Placement | None, int | None]]) -> None:
        """Come back to what was placed."""
        changed = [
            at for at, (one, live) in enumerate(kept) if at not in self.held and (one is not self.placed[at] or live != self.live[at])
        ]
        for at in changed:
            self.remove(at)
        for at in changed:
            one, live = kept[at]
            if one is not None:
                self.set(at, one, live)


def _behind(layout: Layout) -> list[int]:
    """For each system what all those who lean on it, directly or not, and could go would lose by staying."""
    leaning: list[set[int]] = [set() for _ in layout.order]
    for at in reversed(layout.order):
        for needed in layout.needs[at]:
            leaning[needed] |= {at, *leaning[at]}
    return [sum(layout.clock.staying(other) for other in every if layout.options[other]) for every in leaning]


def urgency(layout: Layout) -> list[float]:
    """What a system and those who lean on it lose in an hour, by an hour of the scarcest work that it takes: what goes first."""
    problem = layout.problem
    own = []
    for at, system in enumerate(problem.systems):
        hours = [option.way.work_hours * option.way.people + (option.paces[0][0] if option.paces else 0) for option in layout.options[at]]
        own.append((system.points_per_hour + system.points_if_lost / problem.hours + 0.001) / (min(hours) if hours else 1))
    found = list(own)
    for at in reversed(layout.order):
        for needed in layout.needs[at]:
            found[needed] = max(found[needed], found[at])
    return found


def in_turn(layout: Layout, wanted: Iterable[int], value: Callable[[int], float]) -> list[int]:
    """By value, greatest first, each after what it needs of the same list."""
    chosen = set(wanted)
    found: list[int] = []
    done: set[int] = set()

    def visit(at: int) -> None:
        stack = [at]
        while stack:
            here = stack[-1]
            missing = [other for other in layout.needs[here] if other in chosen and other not in done]
            if missing:
                stack.extend(missing)
                continue
            stack.pop()
            if here not in done:
                done.add(here)
                found.append(here)

    for at in sorted(chosen, key=lambda one: (-value(one), one)):
        if at not in done:
            visit(at)
    return found


class Search:
    """Rounds of taking out and putting in again, from a plan."""

    def __init__(self, plan: Plan, seed: int) -> None:
        self.plan, self.layout = plan, plan.layout
        self.dice = Random(seed)  # noqa: S311  # a search, not a secret  # nosec B311
        self.urgency = urgency(self.layout)
        self.movable = [at for at, options in enumerate(self.layout.options) if options]
        self.best, self.best_total = plan.snapshot(), plan.total

    def begin(self) -> None:
        """The first plan: everything by urgency."""
        for at in in_turn(self.layout, self.movable, self.urgency.__getitem__):
            if self.plan.placed[at] is None:
                self.plan.insert(at)
        self._keep()

    def _keep(self) -> None:
        if self.plan.total < self.best_total:
            self.best, self.best_total = self.plan.snapshot(), self.plan.total

    def round(self, warmth: float) -> bool:
        """One round. True: the best plan is a better one."""
        plan, before = self.plan, self.plan.total
        kept, best = plan.snapshot(), self.best_total
        out = self._neighbourhood()
        if not out:
            return False
        for at in out:
            plan.remove(at)
        if not self._again(out) or not self._accepted(plan.total - before, warmth):
            plan.restore(kept)
            return False
        self._keep()
        return self.best_total < best

    def _again(self, out: list[int]) -> bool:
        spread = self.dice.choice((0.0, 0.5, 1.5))
        values = {at: self.urgency[at] * (1 + spread * self.dice.random()) for at in out}
        jitter = self.dice.choice((0.0, 0.0, 0.01))
        alone = self.dice.random() < ALONE
        for at in in_turn(self.layout, out, values.__getitem__):
            if not self.plan.insert(at, jitter, self.dice, alone=alone):
                return False
        return self.plan.settle(out)

    def _accepted(self, worse: int, warmth: float) -> bool:
        return worse <= 0 or (warmth > 0 and self.dice.random() < exp(-worse / warmth))

    def _neighbourhood(self) -> list[int]:
        dice, plan = self.dice, self.plan
        if not self.movable:
            return []
        size = dice.randint(SMALLEST, LARGEST)
        seed = dice.choice(self.movable)
        draw = dice.random()
        if draw < 0.35:
            near = self._close_in_time(seed, size)
        elif draw < 0.55:
            near = self._chain(seed, size)
        elif draw < 0.8:
            near = sorted(dice.sample(self.movable, min(len(self.movable), size * 3)), key=lambda at: -plan.cost[at])[:size]
        else:
            near = dice.sample(self.movable, min(size, len(self.movable)))
        return sorted(self._with_leaning(near))

    def _close_in_time(self, seed: int, size: int) -> list[int]:
        one = self.plan.placed[seed]
        hour = one.start if one else self.layout.problem.now_hour
        begins = [(abs(other.start - hour) + self.dice.random() * 6, at) for at in self.movable if (other := self.plan.placed[at])]
        return [seed, *(at for _, at in sorted(begins)[:size])]

    def _chain(self, seed: int, size: int) -> list[int]:
        found, edge = {seed}, [seed]
        while edge and len(found) < size:
            here = edge.pop()
            near = [one for one in (*self.layout.needs[here], *self.layout.leaning[here]) if one not in found and self.layout.options[one]]
            self.dice.shuffle(near)
            found.update(near[:4])
            edge.extend(near[:4])
        return list(found)

    def _with_leaning(self, near: Iterable[int]) -> set[int]:
        """With a few who lean on them, so that all may change host together; those who stay placed wait for what they need."""
        out = set(near)
        for at in sorted(out):
            more = [one for one in self.layout.leaning[at] if self.plan.placed[one] is not None and one not in out]
            if len(more) + len(out) <= FEW_LEANING and self.dice.random() < 0.5:
                out.update(more)
        return out
