"""Taking in public flows and claims: each row once, however often its file comes; what a source changed is changed with a step that says
so, what two files of one day say differently is kept as two readings side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sild.formats.flows import ClaimRow, FlowFile, FlowRow
from sild.kernel.access import released_to
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.progress import Progress, Silence
from sild.kernel.turns import turn_until_commit
from sild.values.marking import Marking
from sild.wings.money.models import Claim, Flow
from sild.wings.money.reads.sides import Readers
from sild.wings.money.rules import FlowState, step
from sild.wings.parties.public import desk_day

PUBLIC = Marking.CLEAR
IMPORTERS = frozenset({Role.OFFICER, Role.SERVICE})
COMPARED = ("state", "amount", "currency", "value", "giver", "body", "on")
"""What makes two readings of one row differ; divisions that only one of two files tells are put together."""
FINEST = Decimal("0.001")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What became of a file: flows that are new, known, changed by their source, read differently (two readings); claims new and known;
    flows whose parent is in none of the files that were taken in."""

    flows: int
    fresh: int
    known: int
    changed: int
    differing: int
    claims: int
    fresh_claims: int
    parentless: int


@action("money.import", roles=IMPORTERS)
def import_flows(actor: Actor, found: FlowFile, name: str, *, digest: str, progress: Progress | None = None) -> ImportResult:
    """Take in what a file holds, as public knowledge of the actor's organisation. The same file again changes nothing."""
    turn_until_commit(actor.mechanism, "imported flows")
    bars = progress or Silence()
    taking = _Taking(actor, f"{name} (sha256 {digest[:16]})", {row.source for row in found.flows})
    if found.flows:
        bars.stage(name, len(found.flows))
    outcomes = Counter(taking.take(row) for row in _stepping(found.flows, bars))
    if found.flows:
        bars.done(f"{outcomes['fresh']} new, {outcomes['known']} known")
    parentless = taking.write(found.flows)
    fresh_claims = _take_claims(actor, found.claims, taking)
    return ImportResult(
        flows=len(found.flows),
        fresh=outcomes["fresh"],
        known=outcomes["known"],
        changed=outcomes["changed"],
        differing=outcomes["differing"],
        claims=len(found.claims),
        fresh_claims=fresh_claims,
        parentless=parentless,
    )


def _stepping(rows: Iterable[FlowRow], bars: Progress) -> Iterable[FlowRow]:
    for row in rows:
        bars.step()
        yield row


class _Taking:
    """The flows of one owner by their name at the source, and what is to be written of a file."""

    def __init__(self, actor: Actor, file: str, sources: Collection[str]) -> None:
        self.actor, self.file, self.day = actor, file, desk_day(actor)
        self.readers = Readers(actor)
        self.by_key: dict[tuple[str, str], Flow] = {}
        self.others: dict[UUID, list[Flow]] = {}
        self.fresh: list[Flow] = []
        self.changed: dict[UUID, Flow] = {}
        known = Flow.objects.filter(owner_id=actor.organisation, compartment_id=None, source__in=list(sources)).exclude(key="")
        for flow in known.order_by("created_at", "id"):
            if flow.reading_of is None:
                self.by_key.setdefault((flow.source, flow.key), flow)
            else:
                self.others.setdefault(flow.reading_of, []).append(flow)

    def take(self, row: FlowRow) -> str:
        """What becomes of a row: fresh, known, changed, differing."""
        facts = _facts(row)
        first = self.by_key.get((row.source, row.key))
        if first is None:
            self.by_key[row.source, row.key] = self._make(facts)
            return "fresh"
        if _same(first, facts):
            return self._seen_again(first, facts)
        if first.as_of is not None and row.as_of is not None and row.as_of > first.as_of:
            return self._follow_source(first, facts)
        if any(_same(other, facts) for other in self.others.get(first.id, ())):
            return "known"
        if first.as_of is not None and row.as_of is not None and row.as_of < first.as_of:
            # an older edition than the one that is here: the source itself has corrected it since
            return "known"
        self.others.setdefault(first.id, []).append(self._make(facts | {"reading_of": first.id}))
        return "differing"

    def _make(self, facts: Mapping[str, Any]) -> Flow:
        flow = Flow(id=uuid4(), **facts, state_since=facts["on"] or self.day, told_in=[self.file])
        flow.marking = int(PUBLIC)
        flow.steps = [self._step("imported", flow)]
        names = (flow.giver, flow.through, flow.body)
        flow.releasable_to = self._released(self.readers.of_flow(flow, names))
        self.fresh.append(flow)
        return flow

    def _released(self, by_rule: Iterable[UUID]) -> list[UUID]:
        return released_to(by_rule, None, owner=self.actor.organisation, marking=int(PUBLIC))

    def released_claim(self) -> list[UUID]:
        """To whom a public claim goes."""
        return self._released(self.readers.of_claim(int(PUBLIC)))

    def _step(self, what: str, flow: Flow, reason: str = "") -> dict[str, Any]:
        amount = flow.amount if flow.amount is not None else Decimal(0)
        return step(
            self.day, what, self.actor.name, state=FlowState(flow.state), amount=amount, currency=flow.currency, reason=reason or self.file
        )

    def _seen_again(self, first: Flow, facts: Mapping[str, Any]) -> str:
        """Put together what two files tell of one row: divisions that only one of them names."""
        tags = {name: sorted({*first.tags.get(name, ()), *facts["tags"].get(name, ())}) for name in {*first.tags, *facts["tags"]}}
        parent = first.raw if first.raw.get("parentFlowId") or not facts["raw"].get("parentFlowId") else facts["raw"]
        if self.file in first.told_in and tags == first.tags:
            return "known"
        first.tags, first.raw, first.told_in = tags, parent, sorted({*first.told_in, self.file})
        self._note_change(first)
        return "known"

    def _follow_source(self, first: Flow, facts: Mapping[str, Any]) -> str:
        before = f"{first.amount} {first.currency}, {first.state}, {first.as_of}"
        for name, value in facts.items():
            if name != "tags":
                setattr(first, name, value)
        first.tags = {**first.tags, **facts["tags"]}
        first.told_in = sorted({*first.told_in, self.file})
        first.steps = [*first.steps, self._step("changed-at-source", first, f"{self.file}; {before}")]
        self._note_change(first)
        return "changed"

    def _note_change(self, flow: Flow) -> None:
        """A flow that the table holds is written again; one that is made now is written anyway."""
        if not flow._state.adding:
            self.changed[flow.id] = flow

    def write(self, rows: Iterable[FlowRow]) -> int:
        """Hang parts on their parents, and write everything; returns how many parents are in no file that was taken in."""
        missing = 0
        for row in rows:
            if not row.parent:
                continue
            flow, parent = self.by_key[row.source, row.key], self.by_key.get((row.source, row.parent))
            if parent is None:
                missing += 1
            elif flow.parent_id != parent.id and parent.id != flow.id:
                flow.parent_id, flow.within = parent.id, row.within
                self._note_change(flow)
        if self.changed:
            columns = [one.attname for one in Flow._meta.concrete_fields if one.attname not in KEPT]
            Flow.objects.bulk_change(list(self.changed.values()), columns)
        Flow.objects.bulk_create(self.fresh)
        return missing


KEPT = frozenset({"id", "mechanism_id", "owner_id", "marking", "releasable_to", "compartment_id", "embargo_until", "created_at", "version"})


def _facts(row: FlowRow) -> dict[str, Any]:
    """A row as the columns of a flow."""
    cut = {"title": 600, "giver": 300, "through": 300, "body": 300, "sector": 200, "key": 200, "method": 500}
    plain = ("state", "currency", "value_currency", "in_kind", "source", "series", "view", "begins", "ends", "on", "as_of")
    return {
        **{name: getattr(row, name) for name in plain},
        **{name: getattr(row, name)[:most].replace("\x00", "") for name, most in cut.items()},
        "amount": row.amount.quantize(FINEST),
        "value": row.value.quantize(FINEST) if row.value is not None else None,
        "rate": row.rate,
        "rate_source": row.source if row.rate is not None else "",
        "tags": {name: sorted(values) for name, values in row.tags.items()},
        "raw": _plain(row.raw),
    }


def _plain(value: Any) -> Any:
    """A source's row as JSON can keep it, numbers in their own digits."""
    if isinstance(value, Mapping):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, Decimal | date):
        return str(value)
    return value.replace("\x00", "") if isinstance(value, str) else value


def _same(flow: Flow, facts: Mapping[str, Any]) -> bool:
    return all(getattr(flow, name) == facts[name] for name in COMPARED)


def _take_claims(actor: Actor, rows: Iterable[ClaimRow], taking: _Taking) -> int:
    known = {
        (claim.source, claim.topic, claim.said, claim.as_of): claim
        for claim in Claim.objects.filter(owner_id=actor.organisation, compartment_id=None)
    }
    made = {}
    for row in rows:
        name = (row.source[:300], row.topic[:300], row.said[:2000], row.as_of[:40])
        if name in known or name in made:
            continue
        claim = Claim(
            source=name[0],
            topic=name[1],
            said=name[2],
            as_of=name[3],
            series=row.series,
            label=row.label[:400],
            amount=row.amount,
            unit=row.unit[:40],
            at_least=row.at_least,
            rounded_to=row.rounded_to,
            cited=list(row.cited),
            note=row.note[:2000],
            boundary=dict(row.boundary),
            told_in=[taking.file],
        )
        claim.marking = int(PUBLIC)
        claim.releasable_to = taking.released_claim()
        made[name] = claim
    Claim.objects.bulk_create(list(made.values()))
    return len(made)
