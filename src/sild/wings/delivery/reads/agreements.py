"""What moves of one agreement, and how much of it is left to prepare."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.wings.agreements.public import Agreement, AgreementSide, AgreementState, sides_of
from sild.wings.delivery.models import Consignment
from sild.wings.delivery.reads.records import ConsignmentRow, row_of
from sild.wings.delivery.reads.stopped import stopped
from sild.wings.delivery.rules.consignments import NOTHING
from sild.wings.parties.public import desk_day


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementMoving:
    """An agreement with its consignments, the oldest first. `left` is committed and not carried; `may_prepare`: the reader speaks for the
    giver, or keeps the agreement and may write down what the giver did (`told`). `stopped`: in words what keeps it from going out today."""

    agreement: UUID
    need: UUID
    title: str
    body: str
    giver: str
    unit: str
    state: AgreementState
    committed: Decimal
    carried: Decimal
    left: Decimal
    rows: tuple[ConsignmentRow, ...]
    may_prepare: bool
    told: bool
    stopped: tuple[str, ...] = ()


@read
def consignments_of_agreement(actor: Actor, agreement_id: UUID) -> AgreementMoving:
    """What moves of an agreement. Raises NotThere."""
    one: Agreement = Agreement.found(agreement_id)
    today, sides = desk_day(actor), sides_of(actor, one)
    found = list(Consignment.objects.filter(agreement_id=one.id).order_by("created_at", "id"))
    committed = (one.committed or NOTHING) if one.state == AgreementState.COMMITTED else NOTHING
    carried = sum((moving.parts.carries for moving in found), NOTHING)
    return AgreementMoving(
        agreement=one.id,
        need=one.need_id,
        title=one.title,
        body=one.body,
        giver=one.giver,
        unit=one.unit,
        state=AgreementState(one.state),
        committed=committed,
        carried=carried,
        left=max(committed - carried, NOTHING),
        rows=tuple(row_of(moving, today) for moving in found),
        may_prepare=bool(sides & {AgreementSide.GIVER, AgreementSide.SECRETARIAT}),
        told=AgreementSide.GIVER not in sides,
        stopped=stopped(actor, one.id, (one.need_id, one.offer_id), today).sentences if committed > carried else (),
    )
