"""What would become of a file of incidents: each row new, known, changed by its source, read differently, or refused with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from sild.formats.incidents import FoundIncident, IncidentFile, Refusal
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.values.marking import Marking
from sild.wings.signals.models import Incident
from sild.wings.signals.rules import contradictions_in
from sild.wings.signals.rules.incidents import Precision, last_of

MOST_TOLD = 200


class Outcome(StrEnum):
    """What becomes of a row."""

    FRESH = "fresh"
    KNOWN = "known"
    CHANGED = "changed"
    DIFFERING = "differing"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What became of a file, or would: rows by outcome, how many contradict themselves, those that were refused with place and reason."""

    form: str
    rows: int
    fresh: int
    known: int
    changed: int
    differing: int
    odd: int
    passed_over: int
    refused: tuple[Refusal, ...]

    @property
    def refused_shown(self) -> tuple[Refusal, ...]:
        """The first refusals, as many as a page shows."""
        return self.refused[:MOST_TOLD]


class Known:
    """The incidents of one owner by their name at the source, outside of compartments."""

    def __init__(self, actor: Actor, sources: Iterable[str]) -> None:
        self.ceiling = actor.ceiling
        self.first: dict[tuple[str, str], Incident] = {}
        self.digests: set[tuple[str, str, str]] = set()
        own = Incident.objects.filter(owner_id=actor.organisation, compartment_id=None, source__in=list(sources)).exclude(key="")
        for one in own.order_by("created_at", "id"):
            self.digests.add((one.source, one.key, str(one.told.get("row", ""))))
            if one.reading_of is None:
                self.first.setdefault((one.source, one.key), one)

    def outcome(self, row: FoundIncident) -> Outcome:
        """What becomes of a row: what people mended is never written over, a second word of the source stands beside it."""
        here = self.first.get((row.source, row.key))
        if here is None:
            return Outcome.FRESH
        if (row.source, row.key, row.digest()) in self.digests:
            return Outcome.KNOWN
        newer = here.source_on is not None and row.source_on is not None and row.source_on > here.source_on
        mended = any(step.get("what") == "mended" for step in here.steps)
        return Outcome.CHANGED if newer and not mended else Outcome.DIFFERING

    def why_not(self, row: FoundIncident) -> str:
        """Why a row cannot be taken by this reader; empty where it can."""
        if row.marking and Marking.parse(row.marking) > self.ceiling:
            return f"it is marked {row.marking}, above your ceiling"
        return ""


def odd_rows(found: IncidentFile, today: date) -> int:
    """How many rows of a file contradict themselves."""
    many = 0
    for row in found.found:
        last = last_of(row.ends, Precision(row.ends_precision))
        many += bool(contradictions_in(row.begins, last, row.source_on, row.told, row.attributions)) or _ahead(row, today)
    return many


def _ahead(row: FoundIncident, today: date) -> bool:
    return row.begins is not None and row.begins > today + timedelta(days=1)


@read
def preview_import(actor: Actor, found: IncidentFile, today: date) -> ImportResult:
    """What would become of a file; nothing is written."""
    known = Known(actor, {row.source for row in found.found})
    taken = [row for row in found.found if not known.why_not(row)]
    return result_of(found, known, Counter(known.outcome(row) for row in taken), today)


def result_of(found: IncidentFile, known: Known, outcomes: Counter[Outcome], today: date) -> ImportResult:
    """The counts of a file, with every refusal."""
    refused = [*found.refused, *(Refusal(row.place, why) for row in found.found if (why := known.why_not(row)))]
    return ImportResult(
        form=found.form,
        rows=len(found.found) + len(found.refused),
        fresh=outcomes[Outcome.FRESH],
        known=outcomes[Outcome.KNOWN],
        changed=outcomes[Outcome.CHANGED],
        differing=outcomes[Outcome.DIFFERING],
        odd=odd_rows(found, today),
        passed_over=found.passed_over,
        refused=tuple(sorted(refused, key=lambda one: one.place)),
    )


def reading_of(known: Known, row: FoundIncident) -> UUID:
    """The incident of which a row is another reading."""
    return known.first[row.source, row.key].id
