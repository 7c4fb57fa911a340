"""Taking in incidents that others publish: each row once, however often its file comes; one act, which is undone whole."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import uuid4

from sild.formats.incidents import FoundIncident, IncidentFile
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.progress import Progress, Silence
from sild.kernel.turns import turn_until_commit
from sild.values.country import country_or_name
from sild.values.marking import Marking
from sild.wings.parties.public import desk_day
from sild.wings.signals.models import Incident
from sild.wings.signals.reads.importing import ImportResult, Known, Outcome, reading_of, result_of
from sild.wings.signals.rules import MOST_STEPS, SECTORS, IncidentState, step
from sild.wings.signals.rules.incidents import Precision, floor_of

IMPORTERS = frozenset({Role.OFFICER, Role.SERVICE})


@action("signals.import-incidents", roles=IMPORTERS)
def import_incidents(
    actor: Actor, found: IncidentFile, name: str, *, digest: str, progress: Progress | None = None, reason: str = ""
) -> ImportResult:
    """Take in what a file holds, for the actor's organisation. The same file again changes nothing.

    A row without a marking is AMBER. What its source changed since is changed where nobody mended it here; what is told differently
    otherwise is kept beside it as another reading.
    """
    turn_until_commit(actor.mechanism, "imported incidents")
    bars, day = progress or Silence(), desk_day(actor)
    known = Known(actor, {row.source for row in found.found})
    outcomes: Counter[Outcome] = Counter()
    fresh: list[Incident] = []
    changed: list[Incident] = []
    if found.found:
        bars.stage(name, len(found.found))
    for row in found.found:
        bars.step()
        if known.why_not(row):
            continue
        outcome = known.outcome(row)
        outcomes[outcome] += 1
        what = step(day, "imported", actor.name, state=IncidentState.REPORTED, reason=f"{name}, {row.place}")
        if outcome in (Outcome.FRESH, Outcome.DIFFERING):
            one = Incident(id=uuid4(), **_columns_of_row(row, digest), steps=[what])
            one.reading_of = reading_of(known, row) if outcome == Outcome.DIFFERING else None
            one.marking = int(Marking.parse(row.marking) if row.marking else Marking.AMBER)
            fresh.append(one)
        elif outcome == Outcome.CHANGED:
            here = known.first[row.source, row.key]
            for column, value in _columns_of_row(row, digest).items():
                setattr(here, column, value)
            what |= {"what": "changed-at-source", "state": here.state}
            here.steps = [*here.steps, what][-MOST_STEPS:]
            changed.append(here)
    Incident.objects.bulk_create(fresh)
    for here in changed:
        here.save()
    if found.found:
        bars.done(f"{outcomes[Outcome.FRESH]} new, {outcomes[Outcome.KNOWN]} known")
    return result_of(found, known, outcomes, day)


def _columns_of_row(row: FoundIncident, digest: str) -> dict[str, Any]:
    """The columns of a row; `told` keeps its digest, by which it is known again."""
    days = {which: floor_of(getattr(row, which), Precision(getattr(row, f"{which}_precision"))) for which in ("begins", "ends")}
    plain = ("title", "kind", "summary", "begins_precision", "ends_precision", "source", "source_on", "address", "key")
    return {
        **{name: getattr(row, name) for name in plain},
        **days,
        "countries": list(dict.fromkeys(country_or_name(one) for one in row.countries)),
        "victims": [{"name": name} for name in row.victims],
        "sectors": [sector for sector in row.sectors if sector in SECTORS],
        "attributions": [dict(one) for one in row.attributions],
        "told": {**row.told, "row": row.digest()},
        "raw": dict(row.raw),
        "digest": digest,
    }
