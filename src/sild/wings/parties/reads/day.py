"""The day of the desk: an exercise's own day where its mechanism's file sets one, else the calendar's."""

from __future__ import annotations

from datetime import date

from sild.kernel import clock
from sild.kernel.actor import Actor
from sild.wings.parties.reads.parties import mechanism_file


def desk_day(actor: Actor) -> date:
    """Today, as the desk reckons it: a drill that stands still shows nothing as overdue for all the days since."""
    return mechanism_file(actor).today or clock.today()
