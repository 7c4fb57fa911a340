"""How an act on a consignment is done: who says it, for whom, on which day; what was done is put behind what stands there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.action import settles
from sild.kernel.actor import Actor, Role
from sild.kernel.journal import Image, Written
from sild.kernel.refusals import Refused
from sild.kernel.said import said
from sild.wings.delivery.models import Consignment
from sild.wings.delivery.reads.sides import speakers_of
from sild.wings.delivery.rules.consignments import (
    MOST_STEPS,
    NOTHING,
    VERBS,
    ConsignmentDeed,
    ConsignmentKind,
    Parts,
    Speaker,
    State,
    most_of,
    possible,
    step,
    written,
)
from sild.wings.parties.public import desk_day

RECEIVING = frozenset({Role.RECIPIENT, Role.OFFICER})
GIVING = frozenset({Role.DONOR, Role.COMPANY, Role.OFFICER})


@settles
def _carry_no_more(written_down: Sequence[Written]) -> None:
    """What went back, was lost or was called off is owed again, and another consignment may carry it: no undo takes that back.

    What others carry is not looked at: a refusal that depended on it would tell of it. Raises Refused.
    """
    for label, _key, before, after in written_down:
        if label == Consignment._meta.label and before is not None and after is not None and _carries(after) > _carries(before):
            raise Refused(_("Another consignment may carry by now what this one gave free, so it is not taken back. Prepare it anew."))


CARRIED = ("quantity", "accepted", "disputed", "returned", "lost")


def _carries(image: Image) -> Decimal:
    return Parts(stage=State(image["stage"]), **{name: image[name] for name in CARRIED}).carries


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """An act that may be done: the consignment as it was read, whose act it is, its day, and who is kept as having said it."""

    one: Consignment
    deed: ConsignmentDeed
    speaker: Speaker
    who: tuple[str, str]
    day: date
    reason: str

    @classmethod
    def of(cls, actor: Actor, consignment_id: UUID, deed: ConsignmentDeed, *, on: date | None, version: int | None, reason: str) -> Doing:
        """Find the consignment and settle who speaks. Raises NotThere, Stale, Refused."""
        one: Consignment = Consignment.found(consignment_id, version=version)
        speaker, elsewhere = cls._speaker(actor, one, deed)
        if not possible(deed, ConsignmentKind(one.kind), one.parts, legs_ahead=one.legs_ahead):
            told = _("The consignment is {state}, and this cannot be done with it now. See on its page what was done.")
            raise Refused(told.format(state=said().label(one.state, "consignment")))
        if (VERBS[deed].reason or elsewhere) and not reason.strip():
            raise Refused(_("Say why, or where it was said: the others read the reason."))
        if len(one.steps) >= MOST_STEPS:
            told = _("The consignment has {most} steps, the most there are. Prepare what is still to come as another one.")
            raise Refused(told.format(most=MOST_STEPS))
        who = ("", actor.name) if elsewhere else (cls._signed(actor, one, speaker), "")
        return cls(one=one, deed=deed, speaker=speaker, who=who, day=cls.checked_day(actor, one.last_day(), on), reason=reason)

    @staticmethod
    def _signed(actor: Actor, one: Consignment, speaker: Speaker) -> str:
        """Who stands beside an act: a seat of a giver that is not named would name it, so history alone keeps who that was."""
        return "" if speaker in (Speaker.GIVER, Speaker.CARRIER) and not one.giver else actor.name

    @staticmethod
    def _speaker(actor: Actor, one: Consignment, deed: ConsignmentDeed) -> tuple[Speaker, bool]:
        """For whom the actor does it, and whether they only write it down. Raises Refused."""
        mine, speakers = speakers_of(actor, one), VERBS[deed].speakers
        own = [speaker for speaker in (*speakers[1:], speakers[0]) if speaker in mine]
        if own:
            return own[0], False
        if Speaker.SECRETARIAT in mine:
            return speakers[0], True
        raise Refused(_("This is for the others to say: see on the page of the consignment whose move it is."))

    @staticmethod
    def checked_day(actor: Actor, last: date, on: date | None) -> date:
        """The day of a step: not after today, not before the step before it. Raises Refused."""
        today = desk_day(actor)
        if on is None:
            return max(today, last)
        if on > today:
            raise Refused(_("The day {day} is still to come. Write down what happened when it has happened.").format(day=on.isoformat()))
        if on < last:
            raise Refused(_("The step before this one was on {day}; nothing is put before it.").format(day=last.isoformat()))
        return on

    def amount(self, wanted: Decimal | None) -> Decimal:
        """Of how many pieces it speaks; None: of all that it can. Raises Refused."""
        most = most_of(self.deed, self.one.parts)
        amount = most if wanted is None else wanted
        if not NOTHING < amount <= most:
            raise Refused(_("Say an amount above 0 and at most {most}.").format(most=written(most)))
        return amount

    def write(
        self,
        parts: Parts | None = None,
        *,
        amounts: Mapping[str, Decimal | None] | None = None,
        said: Mapping[str, str] | None = None,
    ) -> None:
        """Put the step down, and how the pieces stand after it."""
        told = step(self.day, self.deed, self.speaker, self.who, amounts=amounts, said=said, reason=self.reason)
        self.one.steps = [*self.one.steps, told]
        if parts is not None:
            self.one.put(parts, self.day)
        self.one.save()
