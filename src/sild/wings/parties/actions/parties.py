"""Verbs about organisations by name: take in a parties file, keep an unknown body for review."""

from __future__ import annotations

from collections.abc import Iterable

from sild.kernel.action import action
from sild.kernel.actor import Actor
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
