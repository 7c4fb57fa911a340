"""Verbs about organisations by name: take in a parties file, keep an unknown body for review."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from uuid import UUID

from sild.kernel.action import action
from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.erasure import redact_records
from sild.kernel.inheritance import seal_history
from sild.kernel.moving import close_into, remove
from sild.wings.parties.actions.mechanism import KEEPERS
from sild.wings.parties.models import Party
from sild.wings.parties.rules import PartyRow, PartyStatus


@action("parties.import", roles=KEEPERS)
def import_parties(actor: Actor, rows: Iterable[PartyRow]) -> tuple[int, int]:
    """Take in the rows of a parties file: (new, changed). A party that the file does not name stays as it is."""
    known = {party.name: party for party in Party.objects.all()}
    fresh: list[Party] = []
    changed: list[Party] = []
    for row in rows:
        aliases = [list(pair) for pair in row.aliases]
        party = known.get(row.name)
        if party is None:
            fresh.append(Party(name=row.name, aliases=aliases, country=row.country, kind=row.kind, sector=row.sector, parent=row.parent))
            continue
        wanted = (aliases, row.country, row.kind, row.sector, row.parent, PartyStatus.KNOWN)
        if (party.aliases, party.country, party.kind, party.sector, party.parent, party.status) != wanted:
            party.aliases, party.country, party.kind, party.sector, party.parent, party.status = wanted
            changed.append(party)
    Party.objects.bulk_create(fresh)
    Party.objects.bulk_change(changed, ["aliases", "country", "kind", "sector", "parent", "status"])
    return len(fresh), len(changed)


@action("parties.keep-for-review", roles=KEEPERS)
def keep_for_review(actor: Actor, met: dict[str, list[str]]) -> int:
    """Keep bodies that no file names, with the messages that name them; an officer reviews them. Returns how many are new."""
    known = {party.name: party for party in Party.objects.filter(name__in=list(met))}
    fresh = [
        Party(name=name, status=PartyStatus.FOR_REVIEW, met_in=sorted(messages)) for name, messages in met.items() if name not in known
    ]
    widened = []
    for name, party in known.items():
        joined = sorted({*party.met_in, *met[name]})
        if party.status == PartyStatus.FOR_REVIEW and joined != party.met_in:
            party.met_in = joined
            widened.append(party)
    Party.objects.bulk_create(fresh)
    Party.objects.bulk_change(widened, ["met_in"])
    return len(fresh)


@action("parties.forget-meeting", roles=PEOPLE - {Role.AUDITOR}, recalled=True)
def forget_meeting(actor: Actor, messages: Sequence[str], compartment: UUID) -> None:
    """Messages moved into a compartment: a body that was met in them alone is met nowhere any more, and nothing else names them."""
    met = list(Party.objects.filter(status=PartyStatus.FOR_REVIEW, met_in__overlap=list(messages)))
    alone = [party for party in met if set(party.met_in) <= set(messages)]
    close_into(compartment, alone)
    remove(alone)
    elsewhere = [party for party in met if not set(party.met_in) <= set(messages)]
    seal_history("parties.Party", [party.id for party in elsewhere], compartment)
    for party in elsewhere:
        party.met_in = [name for name in party.met_in if name not in messages]
    Party.objects.bulk_change(elsewhere, ["met_in"])


@action("parties.redact", roles=frozenset({Role.OFFICER, Role.SERVICE}), recalled=True)
def redact_parties(actor: Actor, pattern: re.Pattern[str], *, reason: str) -> list[UUID]:
    """Blot words out of bodies that were met in messages and wait for review; returns the ids of those that held them."""
    met = Party.objects.filter(status=PartyStatus.FOR_REVIEW, owner_id=actor.organisation)
    return redact_records(met, pattern)
