"""Clearing a mailbox, where an operator asked for it: a message that was taken is moved or deleted at its server.

Only what is safe here goes there: its row is committed, and its original lies in the store, whole by its digest. Whatever a server cannot
do for one message alone is not done: nobody else's messages are touched.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from imapclient import IMAPClient

from sild.kernel import originals
from sild.kernel.actor import Actor
from sild.kernel.home import Home
from sild.wings.intake.reads.kept import known_before

LEAVE, DELETE, MOVE = "", "delete", "move:"
LONGEST_FOLDER = 200
_DELETED = rb"\Deleted"


@dataclass(frozen=True, slots=True)
class Way:
    """What happens to a message that was taken: it moves to `folder`, or is deleted where that is ""."""

    folder: str

    @staticmethod
    def of(afterwards: str, folder: str) -> Way | None:
        """The way that a mailbox's setting names; None for leaving messages alone, and for words that name none."""
        if afterwards == DELETE:
            return Way("")
        to = afterwards.removeprefix(MOVE)
        named = afterwards.startswith(MOVE) and to.isprintable() and bool(to.strip()) and len(to) <= LONGEST_FOLDER
        return Way(to) if named and to.casefold() != folder.casefold() else None


@dataclass(frozen=True, slots=True)
class Clearing:
    """Clears one folder that is open for writing, message by message; with no `way` it does nothing."""

    actor: Actor
    home: Home
    server: IMAPClient
    way: Way | None

    def hindered(self) -> str:
        """Why this server cannot do what is wanted, whatever the message; "" where it can. Raises what the library raises."""
        if self.way is None:
            return ""
        alone = self.server.has_capability("UIDPLUS")
        if not self.way.folder:
            return "" if alone else "messages are left there: the server cannot delete one alone (it has no UIDPLUS)"
        if not alone and not self.server.has_capability("MOVE"):
            return "messages are left there: the server cannot move one alone (it has neither MOVE nor UIDPLUS)"
        if not self.server.folder_exists(self.way.folder):
            return f"messages are left there: there is no folder {self.way.folder} at the server. Make it there"
        return ""

    def clear(self, uid: int, data: bytes) -> str:
        """Move or delete a message; why it was left there instead, "" where it was not. Raises what the library raises of a connection."""
        if self.way is None:
            return "nothing is to happen to it"
        if not self._is_safe(data):
            return "left there: its original is not in the store as it came (sealed, or erased for good)"
        try:
            self._clear(self.way, uid)
        except IMAPClient.AbortError:
            raise
        except IMAPClient.Error as refusal:
            return f"left there: the server refused ({' '.join(str(refusal).split())[:120]})"
        return ""

    def _clear(self, way: Way, uid: int) -> None:
        if way.folder and self.server.has_capability("MOVE"):
            self.server.move([uid], way.folder)
            return
        if way.folder:
            self.server.copy([uid], way.folder)
        self.server.add_flags([uid], [_DELETED], silent=True)
        # by its number: a bare EXPUNGE would end what others have marked
        self.server.uid_expunge([uid])

    def _is_safe(self, data: bytes) -> bool:
        digest = hashlib.sha256(data).hexdigest()
        known = known_before(self.actor, digest)
        if known is None or known.erased:
            return False
        place = originals.place_of(self.home.originals, digest)
        return place.is_file() and originals.digest_of(place)[0] == digest
