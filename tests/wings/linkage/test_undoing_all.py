"""Whatever people rule, join, split and take back: undone one after the other, it leaves the register exactly as it was."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import combinations
from uuid import UUID

import pytest

from sild.cores.linkage.problem import Relation
from sild.kernel.action import last_act
from sild.kernel.actor import acting
from sild.kernel.grants import Grant, recall_release
from sild.kernel.refusals import Refused
from sild.kernel.undo import undo
from sild.wings.linkage.actions.regrouping import join_groups, split_group
from sild.wings.linkage.models import Judgement
from sild.wings.linkage.public import rule_pair, withdraw_and_link
from sild.wings.linkage.reads.regrouping import JOINING, PARTING
from sild.wings.register.public import NeedState, accept_line, lines, needs, rule_gate
from tests.cast import Cast
from tests.wings.linkage.test_regrouping import ASKED, EVERY, LAPTOPS, SWITCHES, linked, of, register

__all__ = ["linked"]

ACTS = 12
TRIES = 120
"""Drawn acts of which the twelve are done: many cannot be, since a ruling stands against them or nothing is left to part."""


class Drawn:
    """Acts of linking as chance draws them, on whatever stands at the moment."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast = cast
        self.chance = random.Random(seed)
        self.done: list[tuple[str, UUID]] = []
        self.kinds: dict[str, Callable[[], object]] = {
            "rule": self.rule,
            "join": self.join,
            "split": self.split,
            "take back": self.take_back,
        }

    def act(self) -> None:
        """Do one; what is refused is not done."""
        kind = self.chance.choice(list(self.kinds))
        before = last_act()
        try:
            self.kinds[kind]()
        except Refused:
            return
        act = last_act()
        if act is not None and act != before:
            self.done.append((kind, act))

    def rule(self) -> None:
        early, late = self.chance.choice(list(combinations([line.id for line in EVERY], 2)))
        rule_pair(self.cast.officer, early, late, self.chance.choice(list(Relation)), reason="so they say")

    def join(self) -> None:
        several = [one for one in self.groups() if len(one[1]) > 1]
        if not several:
            raise Refused("nothing to join")
        side, groups = self.chance.choice(several)
        pair = self.chance.sample(sorted(groups), 2)
        keep = self.chance.choice([None, *pair])
        join_groups(self.cast.officer, side, (pair[0], pair[1]), self.chance.choice(JOINING), keep=keep, reason="one order")

    def split(self) -> None:
        wide = [(side, key, found) for side, groups in self.groups() for key, found in sorted(groups.items()) if len(found) > 1]
        if not wide:
            raise Refused("nothing to split")
        side, key, found = self.chance.choice(wide)
        off = self.chance.sample(sorted(found), self.chance.randrange(1, len(found)))
        split_group(self.cast.officer, side, key, off, self.chance.choice(PARTING), reason="two orders")

    def take_back(self) -> None:
        with acting(self.cast.officer):
            standing = sorted(Judgement.objects.filter(withdrawn=False).values_list("id", flat=True))
        if not standing:
            raise Refused("nothing to take back")
        withdraw_and_link(self.cast.officer, self.chance.choice(standing), reason="they were wrong")

    def groups(self) -> list[tuple[str, dict[UUID, set[UUID]]]]:
        """The needs and the offers that lines speak of now."""
        found: dict[str, dict[UUID, set[UUID]]] = {"need": {}, "offer": {}}
        for line in lines(self.cast.officer):
            for side, key in (("need", line.need_id), ("offer", line.offer_id)):
                if key is not None:
                    found[side].setdefault(key, set()).add(line.id)
        return list(found.items())


def whole(cast: Cast) -> tuple[object, ...]:
    """The register with its links, all rulings ever, and from whom what is kept."""
    with acting(cast.officer):
        rulings = sorted(Judgement.objects.values_list("line_a_id", "line_b_id", "relation", "withdrawn", "reason"))
        grants = sorted(map(str, Grant.objects.values_list("subject_id", "organisation_id", "withholds", "recalled", "carried_by")))
    return register(cast), rulings, grants, sorted(need.id for need in needs(cast.technical))


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 10))])
def test_twelve_acts_undone_in_reverse_give_the_former_register(linked: Cast, seed: int) -> None:
    # something stands to be lost: a need past both gates, one that is kept from an office, a line that was accepted
    rule_gate(linked.technical, of(linked, ASKED.id), NeedState.TECHNICAL_REVIEW, True, reason="feasible")
    rule_gate(linked.interagency, of(linked, ASKED.id), NeedState.INTERAGENCY_REVIEW, True, reason="important")
    recall_release(linked.officer, "register.Need", of(linked, SWITCHES.id), [linked.technical.organisation], reason="not for them")
    accept_line(linked.officer, LAPTOPS.id, reason="read and right")
    drawn, before = Drawn(linked, seed), whole(linked)
    for _try in range(TRIES):
        drawn.act()
        if len(drawn.done) == ACTS:
            break
    assert len(drawn.done) == ACTS
    assert len({kind for kind, _act in drawn.done}) >= 3
    assert whole(linked) != before
    for _kind, act in reversed(drawn.done):
        undo(linked.officer, act, reason="all of it was wrong")
    assert whole(linked) == before
