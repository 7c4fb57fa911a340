"""What stands before anything goes out: licences, objections and decisions on the lines, as whoever acts sees them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.actor import Actor
from sild.kernel.refusals import Refused
from sild.wings.agreements.public import Agreement
from sild.wings.delivery.actions.doing import Doing
from sild.wings.delivery.reads.records import steps_of
from sild.wings.delivery.reads.stopped import sentence_of, stopped
from sild.wings.delivery.rules.going_out import still_stopping, was_let_on


class Gate:
    """The refusal of what may not go out. It heeds what the actor sees: what is kept from them is not told by a refusal."""

    @staticmethod
    def refuse_stopped(actor: Actor, agreement: Agreement | None, subjects: tuple[UUID, UUID], day: date, *, let_on: bool) -> None:
        """Raise Refused, with every line that is stopped and whose move it is; `subjects` are the need and the offer.

        `let_on`: an officer goes on with what is not known.
        """
        stops = still_stopping(stopped(actor, agreement, *subjects, day), let_on=let_on)
        if stops:
            raise Refused(" ".join((_("This may not go out now."), *(sentence_of(stop) for stop in stops))))

    @staticmethod
    def refuse_leaving(actor: Actor, doing: Doing) -> None:
        """The same for a consignment that sets out or is handed over. Raises Refused."""
        officer_says_why = bool(doing.who[1]) and bool(doing.reason.strip())
        let_on = officer_says_why or was_let_on(steps_of(doing.one))
        agreement = Agreement.objects.filter(id=doing.one.agreement_id).first()
        Gate.refuse_stopped(actor, agreement, (doing.one.need_id, doing.one.offer_id), doing.day, let_on=let_on)
