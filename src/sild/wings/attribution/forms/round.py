"""What people send about rounds. What cannot be read is refused in words."""

from __future__ import annotations

from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

from sild.kernel.refusals import Refused
from sild.kernel.sent import chosen_marking
from sild.wings.attribution.actions import NewAnswer, NewRound, NewSlice
from sild.wings.attribution.forms.tracks import ids_of, moment_of
from sild.wings.attribution.rules import SupportLevel


def hour_of(text: str) -> datetime:
    """A moment that a form has to say. Raises Refused."""
    read = moment_of(text)
    if read is None:
        raise Refused(_("Say the day and the hour."))
    return read


def new_round_of(told: QueryDict) -> NewRound:
    """A round that a form opens. Raises Refused."""
    return NewRound(
        title=told.get("title", ""),
        words=told.get("words", ""),
        t_hour=hour_of(told.get("t_hour", "")),
        reply_by=hour_of(told.get("reply_by", "")),
        names_others=told.get("names_others") == "yes",
        marking=chosen_marking(told.get("marking", "")),
    )


def new_slice_of(told: QueryDict) -> NewSlice:
    """An item that a form proposes to let out. Raises Refused."""
    item = ids_of([told.get("evidence", "")])
    if not item:
        raise Refused(_("Choose the item."))
    to = frozenset(ids_of(told.getlist("invitation")))
    return NewSlice(evidence_id=item[0], invitations=to, marking=chosen_marking(told.get("marking", "")))


def new_answer_of(told: QueryDict) -> NewAnswer:
    """What a State says, by a form. Raises Refused."""
    level = told.get("level", "")
    if level not in {*SupportLevel}:
        raise Refused(_("Choose how far the State goes."))
    return NewAnswer(level=SupportLevel(level), words=told.get("words", ""), came_how=told.get("came_how", ""))
