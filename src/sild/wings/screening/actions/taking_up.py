"""Lists are taken up: read once, counted, and used."""

from __future__ import annotations

from sild.kernel.actor import Actor
from sild.kernel.home import Home
from sild.wings.screening.actions.lists import ListReader, count_list
from sild.wings.screening.actions.screening import Screened, screen_parties
from sild.wings.screening.reads.lists import current_list, lists_to_read
from sild.wings.screening.reads.standing import to_screen


class TakingUp:
    """Reads the lists that nobody has read, then holds whoever has to be screened against the one in force. It may be done twice."""

    def __init__(self, actor: Actor, home: Home) -> None:
        self._actor, self._reader = actor, ListReader(home)

    def run(self) -> Screened:
        """Do it; each list is counted, and all parties are screened, in an act of their own. Raises Refused where a file is gone."""
        for one in lists_to_read(self._actor):
            count_list(self._actor, one.id, self._reader.read(one))
        current = current_list(self._actor)
        if current is None or not to_screen(self._actor):
            return Screened()
        return screen_parties(self._actor, current.id, self._reader.read(current))
