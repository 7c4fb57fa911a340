"""Screening in the base world: parties held against a list that has some of them, with hits in every state that a person rules."""

from __future__ import annotations

import json
from datetime import date

from sild.kernel import originals
from sild.kernel.home import Home
from sild.kernel.identity import actor_named
from sild.wings.parties.public import parties
from sild.wings.screening.actions import TakingUp, keep_list, rule_hit
from sild.wings.screening.reads import hits_waiting
from sild.wings.screening.rules import HitState, NewList

ON_THE_LIST = 6


def screen(home: Home, slug: str, today: date) -> None:
    """Some hits open, some cleared, some confirmed."""
    officer = actor_named(slug, "officer")
    named = [party.name for party in parties(officer) if len(party.name.split()) > 1][:ON_THE_LIST]
    listed = (json.dumps({"id": f"list-{at}", "schema": "Company", "properties": {"name": [name]}}) + "\n" for at, name in enumerate(named))
    kept = originals.keep_bytes(home.originals, "".join(listed).encode())
    keep_list(officer, kept, NewList(name="A list for the worlds", as_of=today), reason="for the worlds")
    TakingUp(actor_named(slug, "run"), home).run()
    hits = hits_waiting(officer, most=ON_THE_LIST)
    assert hits, "the worlds have no screening hit"
    for number, hit in enumerate(hits):
        if number % 3:
            rule_hit(officer, hit.id, (HitState.CLEARED, HitState.CONFIRMED)[number % 2], reason="for the worlds")
