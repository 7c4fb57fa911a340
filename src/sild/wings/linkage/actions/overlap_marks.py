"""Marks beside lines: their keyed, generalised values, kept up to date at the end of every act that changes what they are made from.

Nothing is kept where the mechanism lets nobody ask, of organisations that are left out, nor in a compartment whose members did not agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from django.db import models
from django.db.models import Q

from sild.kernel.action import settles
from sild.kernel.actor import current_actor, on_behalf_of
from sild.kernel.identity import Organisation
from sild.kernel.journal import Image, Written
from sild.wings.linkage.models import OverlapConsent, OverlapMark
from sild.wings.linkage.reads.overlap import houses, keyed
from sild.wings.linkage.rules.overlap import SIDE_OF_KIND, generalised, values_written
from sild.wings.parties.public import OverlapTerms, overlap_terms
from sild.wings.register.public import Line, LineState

AT_A_TIME = 2000
TELLS = ("kind", "category", "beneficiary", "provider", "quantity", "sent_at", "state", "compartment_id")
"""Fields of a line that its mark is made from, or that decide whether there is one."""


@settles
def _keep_marks(written: Sequence[Written]) -> None:
    """Make the marks of lines that were written anew; of a compartment where its members agreed or ended that; of all lines where the
    mechanism's terms or the parties changed."""
    lines: dict[UUID, set[UUID]] = defaultdict(set)
    rooms: dict[UUID, set[UUID]] = defaultdict(set)
    whole = False
    for label, key, before, after in written:
        if label == "register.Line" and after is not None and _changed(before, after, TELLS):
            lines[after["owner_id"]].add(key if isinstance(key, UUID) else UUID(key))
        elif label == "linkage.OverlapConsent" and after is not None:
            rooms[after["owner_id"]].add(after["compartment_id"])
        elif label == "parties.Party":
            whole |= _changed(before or {"parent": ""}, after or {"parent": ""}, ("parent",))
        elif label == "kernel.Mechanism":
            whole |= before is not None and after is not None and before["spec"].get("overlap") != after["spec"].get("overlap")
    if not (lines or rooms or whole):
        return
    with on_behalf_of(current_actor().organisation) as rules:
        terms = overlap_terms(rules)
    if terms is None and not whole:
        return
    if whole:
        lines = {owner: set() for owner in Organisation.objects.order_by("id").values_list("id", flat=True)}
    for owner in sorted({*lines, *rooms}):
        with on_behalf_of(owner):
            own = Line.objects.filter(owner_id=owner)
            _mark(owner, own if whole else own.filter(Q(id__in=lines[owner]) | Q(compartment_id__in=rooms[owner])), terms)


def _changed(before: Image | None, after: Image, names: Collection[str]) -> bool:
    return before is None or any(before.get(name) != after.get(name) for name in names)


def _mark(owner: UUID, lines: models.QuerySet[Line], terms: OverlapTerms | None) -> None:
    """Make the marks of lines of one owner as they should be: those without values lose theirs."""
    agreed = set(OverlapConsent.objects.filter(withdrawn=False).values_list("compartment_id", flat=True))
    for some in _pieces(lines):
        told = {} if terms is None or owner in terms.left_out else _values(terms, [one for one in some if _compared(one, terms, agreed)])
        OverlapMark.objects.bulk_create(
            [OverlapMark(line_id=key, mechanism_id=current_actor().mechanism, owner_id=owner, keys=keys) for key, keys in told.items()],
            update_conflicts=True,
            update_fields=["keys"],
            unique_fields=["line"],
            batch_size=500,
        )
        OverlapMark.objects.filter(line_id__in=[one.id for one in some if one.id not in told]).delete()


def _pieces(lines: models.QuerySet[Line]) -> Iterator[list[Line]]:
    """The lines, some at a time, with what marks are made from."""
    keys = list(lines.order_by("id").values_list("id", flat=True))
    for start in range(0, len(keys), AT_A_TIME):
        yield list(Line.objects.filter(id__in=keys[start : start + AT_A_TIME]).only(*TELLS, "created_at"))


def _compared(line: Line, terms: OverlapTerms, agreed: Collection[UUID | None]) -> bool:
    return (
        line.state != LineState.REJECTED
        and line.kind in SIDE_OF_KIND
        and not {line.provider, line.beneficiary} & terms.parties_left_out
        and (line.compartment_id is None or line.compartment_id in agreed)
    )


def _values(terms: OverlapTerms, lines: Sequence[Line]) -> dict[UUID, list[UUID]]:
    """The keyed values of each line that says enough."""
    house = houses(terms, {line.beneficiary for line in lines})
    found: dict[UUID, list[UUID]] = {}
    for line in lines:
        values = values_written(
            generalised(
                SIDE_OF_KIND[line.kind],
                category=line.category,
                house=house[line.beneficiary],
                quantity=line.quantity,
                told_at=line.sent_at or line.created_at,
            )
        )
        if values:
            found[line.id] = keyed(values)
    return found
