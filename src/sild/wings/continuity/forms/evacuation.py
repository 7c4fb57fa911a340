"""What people send about evacuation plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from django.utils.translation import gettext as _

from sild.cores.evacuation import Disruption
from sild.kernel.refusals import Refused
from sild.wings.continuity.rules import Circumstances

LONGEST_NUMBER = 9


def circumstances_of(told: Mapping[str, str]) -> Circumstances:
    """What a form supposes; what is empty stays as usual. Raises Refused."""
    said = {one.name: number for one in fields(Circumstances) if (number := _number(told.get(one.name, ""))) is not None}
    return Circumstances(**said)


def disruption_of(told: Mapping[str, str], many: Mapping[str, list[str]]) -> Disruption:
    """What happened, as a form tells it: an hour, lines cut, hosts gone, people lost, codes refused, one a line. Raises Refused."""
    hour = _number(told.get("hour", ""))
    if hour is None:
        raise Refused(_("Say at which hour of the plan it happened."))
    lost = _number(told.get("people", "")) or 0
    crew = told.get("crew", "").strip()
    return Disruption(
        hour=hour,
        lines_cut=tuple(many.get("lines", ())),
        hosts_gone=tuple(many.get("hosts", ())),
        people_lost=((crew, lost),) if crew and lost else (),
        refused=tuple(one.strip() for one in told.get("refused", "").splitlines() if one.strip()),
        keep_under_way=told.get("anew", "") != "yes",
    )


def _number(text: str) -> int | None:
    said = text.strip()
    if not said:
        return None
    if not (said.isascii() and said.isdigit() and len(said) <= LONGEST_NUMBER):
        raise Refused(_("{text} is no whole number.").format(text=said[:20]))
    return int(said)
