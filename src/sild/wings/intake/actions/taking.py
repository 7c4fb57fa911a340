"""Taking: the one way by which the bytes of any door become a message with lines.

The original is kept first, byte for byte; then it is read behind the walls, its lines are found, and message and lines are kept in
one transaction. Bytes that are known are a sighting. A file that holds several messages is kept and taken apart, each member a message
of its own. Whatever stops it, the same bytes may come again: nothing is lost and nothing is there twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.db import DataError, IntegrityError

from sild.cores.extraction.check import check
from sild.cores.extraction.classification import ClassificationLine, classification_of
from sild.cores.extraction.fields.bodies import Body, BodyIndex
from sild.cores.extraction.fields.languages import language_of
from sild.cores.extraction.method import extract
from sild.formats import Unreadable
from sild.formats.limits import LIMITS
from sild.formats.sandbox import CannotStart
from sild.formats.unpacking import Bundle, may_be_bundle
from sild.kernel import originals
from sild.kernel.actor import Actor
from sild.kernel.deadline import TooLong, within
from sild.kernel.home import Home
from sild.kernel.refusals import Refused, Stale
from sild.values.document import Document
from sild.wings.intake.actions.messages import Read, drop_arrival, drop_bundle, keep_bundle, keep_message, keep_sighting
from sild.wings.intake.actions.sealing import meet_sealed, seal_message
from sild.wings.intake.actions.sheet_lines import MessageReader
from sild.wings.intake.reads.kept import Known, kept_elsewhere, known_before, members_of
from sild.wings.intake.reads.sealed import in_sealing_room, sealed_state
from sild.wings.intake.rules import Door, SealState, message_id, visible_name
from sild.wings.parties.public import mechanism_file, parties

SECONDS_A_MESSAGE = 20.0
"""How long lines are looked for in one message; the longest of the sample takes a tenth of a second."""
TRIES = 3
BUNDLE_MARK_BYTES = 256
"""How much of a file says whether it may hold several messages."""


class Reader(Protocol):
    """Whatever turns a file into a document: the sandbox, behind which hostile files stay."""

    def read(self, name: str, data: bytes) -> Document:
        """The document. Raises Unreadable with a reason."""

    def unpack(self, name: str, data: bytes) -> Bundle | None:
        """What a file holds that is several messages; None for one message. Raises Unreadable with a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """What became of one arrival: its message and the name under which it came; `fresh`: it was not there before.

    `doubts` counts what the check of the reading has against its lines.
    """

    message: UUID
    name: str
    fresh: bool
    doubts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of one file: a message, or those of a bundle with what of it was left aside as (name, reason).

    `sealed` counts messages that bear a classification line: they are nowhere but in their closed room.
    """

    arrived: tuple[Arrived, ...] = ()
    sealed: int = 0
    left_aside: tuple[tuple[str, str], ...] = ()

    @property
    def fresh(self) -> int:
        """How many messages were not there before."""
        return sum(one.fresh for one in self.arrived)


@dataclass(slots=True)
class Taking:
    """Takes arrivals in for an actor (the run), by one door. Safe beside other doors at work on the same mechanism."""

    actor: Actor
    home: Home
    reader: Reader
    door: Door
    _index: BodyIndex | None = field(default=None)

    def file(self, path: Path, name: str = "") -> Taken:
        """Take a file in, under its own name or another. Raises OSError where it cannot be read, Refused where nothing can be."""
        name = name or visible_name(path.name)
        digest, _ = originals.digest_of(path)
        known = known_before(self.actor, digest)
        if known is not None:
            if not known.erased and not originals.place_of(self.home.originals, digest).exists():
                # an original that was lost from the store is put back from where it came from
                originals.keep(self.home.originals, path)
            return self._again(known, digest, name)
        return self._new(name, originals.keep(self.home.originals, path))

    def data(self, data: bytes, name: str) -> Taken:
        """Take bytes in that came by no file. Raises OSError, Refused as `file` does."""
        original = originals.keep_bytes(self.home.originals, data)
        known = known_before(self.actor, original.digest)
        return self._again(known, original.digest, name) if known is not None else self._new(name, original)

    def kept(self, digest: str, name: str) -> Taken:
        """Take in what a door kept as an original before, to be read now. Raises OSError, Refused as `file` does."""
        place = originals.place_of(self.home.originals, digest)
        original = originals.Original(digest, place.stat().st_size, place)
        known = known_before(self.actor, digest)
        return self._again(known, digest, name) if known is not None else self._new(name, original)

    def _again(self, known: Known, digest: str, name: str) -> Taken:
        """Bytes that are there: a sighting under a new name; of a bundle, what it holds."""
        if known.bundle:
            told = members_of(self.actor, known.names[0] if known.names else name)
            return Taken(arrived=tuple(Arrived(message=key, name=member, fresh=False) for key, member in told), left_aside=known.left_aside)
        if known.erased and not kept_elsewhere(self.actor, digest):
            originals.place_of(self.home.originals, digest).unlink(missing_ok=True)
        elif not known.erased and name[:500] not in known.names:
            keep_sighting(self.actor, digest, name, self.door)
        return Taken(arrived=(Arrived(message=message_id(self.actor.mechanism, digest), name=name, fresh=False),))

    def _new(self, name: str, original: originals.Original) -> Taken:
        if self._known_as_classified(original):
            return Taken(sealed=1)
        bundle = None
        if _may_be_bundle(original):
            try:
                bundle = self.reader.unpack(name, original.path.read_bytes())
            except Unreadable as refusal:
                return self._keep(name, original, Read(why=refusal.reason))
            except CannotStart as fault:
                raise _cannot_start(fault) from fault
        if bundle is not None:
            return self._take_apart(name, original, bundle)
        if original.size > LIMITS.file_bytes:
            told = f"{name}: it is larger than {LIMITS.file_bytes // 1_048_576} MB. Ask the sender to split it, or to send the text alone."
            return self._keep(name, original, Read(why=told))
        return self._keep(name, original, self._read(name, original.path.read_bytes()))

    def _known_as_classified(self, original: originals.Original) -> bool:
        """Whether the bytes are sealed, or were wiped as classified: then the readable copy goes, whoever sent it again."""
        inside = in_sealing_room(self.actor)
        # asked first without an act: an act for each message that is no such thing would say nothing
        return sealed_state(inside, original.digest) in (SealState.SEALED, SealState.CONFIRMED) and meet_sealed(inside, original.digest)

    def _take_apart(self, name: str, original: originals.Original, bundle: Bundle) -> Taken:
        """Each member a message; the bundle is whole when the last one is kept, and taken apart again until then."""
        aside = [(f"{name}/{inner}", why) for inner, why in bundle.left_aside]
        keep_bundle(self.actor, name, original, self.door, aside, whole=False)
        arrived: list[Arrived] = []
        sealed = 0
        for member in bundle.members:
            inner = visible_name(f"{name}/{member.name}")
            kept = originals.keep_bytes(self.home.originals, member.data)
            known = known_before(self.actor, kept.digest)
            if known is not None:
                taken = self._again(known, kept.digest, inner)
            elif self._known_as_classified(kept):
                taken = Taken(sealed=1)
            else:
                taken = self._keep(inner, kept, self._read(inner, member.data))
            arrived += taken.arrived
            sealed += taken.sealed
        if sealed:
            # the file holds classified text: its readable members are messages of their own, the file itself is not kept
            drop_bundle(self.actor, original.digest)
            drop_arrival(in_sealing_room(self.actor), original.digest)
            originals.place_of(self.home.originals, original.digest).unlink(missing_ok=True)
        else:
            keep_bundle(self.actor, name, original, self.door, aside, whole=True)
        return Taken(arrived=tuple(arrived), left_aside=tuple(aside), sealed=sealed)

    def _keep(self, name: str, original: originals.Original, read: Read) -> Taken:
        """Keep the message, or seal it; where another door kept it in this moment it is a sighting."""
        if read.mark is not None and read.document is not None:
            language = language_of(" ".join(block.text for _, _, block in read.document.blocks()), default="en")
            seal_message(in_sealing_room(self.actor), original, read.document.envelope, read.mark, language=language)
            return Taken(sealed=1)
        for left in reversed(range(TRIES)):
            try:
                keep_message(self.actor, name, original, read, self.door)
                break
            except (IntegrityError, Stale):
                known = known_before(self.actor, original.digest)
                if known is not None:
                    return self._again(known, original.digest, name)
                if not left:
                    raise
            except (DataError, ValueError) as fault:
                # one message that cannot be kept as read must not stop all others: it is quarantined, its original kept
                read = _fault(name, fault)
        identity = message_id(self.actor.mechanism, original.digest)
        return Taken(arrived=(Arrived(message=identity, name=name, fresh=True, doubts=len(read.findings)),))

    def _read(self, name: str, data: bytes) -> Read:
        """The document with its lines, or the reason why there is none."""
        try:
            document = self.reader.read(name, data)
            mark = self._mark(document)
            if mark is not None:
                return Read(document=document, mark=mark)
            with within(SECONDS_A_MESSAGE):
                extraction, sheet = MessageReader(self.index(), extract).read(document)
                findings = tuple(f"the check of the reading: {finding}" for finding in check(document, extraction))
                return Read(document=document, extraction=extraction, findings=findings, sheet=sheet)
        except TooLong:
            told = f"{name}: looking for its lines took longer than {SECONDS_A_MESSAGE:g} s. Read it yourself; the original is kept."
            return Read(why=told, again=True)
        except Unreadable as refusal:
            return Read(why=refusal.reason)
        except CannotStart as fault:
            raise _cannot_start(fault) from fault
        except MemoryError:
            raise
        except Exception as fault:
            # a fault of ours over one message, whatever it is, is told and kept with it; the others are read, and the next run tries again
            return _fault(name, fault)

    def _mark(self, document: Document) -> ClassificationLine | None:
        """The classification line that seals the document, unless officers agreed that these bytes are not classified."""
        mark = classification_of(document)
        if mark is None or (mark.official_use and mechanism_file(self.actor).sealing.official_use == "warn"):
            return None
        opened = sealed_state(in_sealing_room(self.actor), document.sha256) == SealState.OPENED
        return None if opened else mark

    def index(self) -> BodyIndex:
        """The bodies that the parties file knows, read once."""
        if self._index is None:
            self._index = BodyIndex(tuple(_bodies(self.actor)))
        return self._index


def _bodies(actor: Actor) -> Iterator[Body]:
    for party in parties(actor):
        if party.known:
            aliases = tuple(alias for _, alias in party.aliases)
            yield Body(name=party.name, aliases=aliases, country=party.country, kind=party.kind, sector=party.sector)


def _may_be_bundle(original: originals.Original) -> bool:
    if original.size > LIMITS.unpacked_bytes:
        return False
    with original.path.open("rb") as file:
        return may_be_bundle(file.read(BUNDLE_MARK_BYTES))


def _cannot_start(fault: CannotStart) -> Refused:
    """The refusal where no file can be read at all: nothing is quarantined for that."""
    return Refused(f"Files cannot be read here: {fault}. Run sild doctor, mend what is red, and start again.")


def _fault(name: str, fault: Exception) -> Read:
    told = " ".join(str(fault).split())[:200]
    why = f"{name}: a fault of the program while it was read ({type(fault).__name__}: {told}). The original is kept; please report it."
    return Read(why=why, again=True)
