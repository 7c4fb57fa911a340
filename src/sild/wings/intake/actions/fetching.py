"""Fetching from a mailbox: every message there is taken in once, in the order of the server's numbers, and nothing there is changed.

Read-only and with BODY.PEEK: no message is marked, moved or deleted, unless the mailbox was added with those words (see clearing). How
far it came is kept; a fetch that was broken off goes on there, and what was taken twice in between is one message. A server that lies,
hangs or closes costs the rest of that one fetch.
"""

from __future__ import annotations

import contextlib
import imaplib
import os
import re
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, LoginError

from sild.kernel import clock
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role, acting
from sild.kernel.home import Home
from sild.kernel.jobs import defer
from sild.kernel.refusals import NotThere, Refused
from sild.wings.intake.actions.clearing import LEAVE, Clearing, Way
from sild.wings.intake.actions.taking import Reader, Taking
from sild.wings.intake.models import Mailbox, MailboxPlace
from sild.wings.intake.rules import Door, visible_name
from sild.wings.planning.public import REFRESH

READERS = frozenset({Role.SERVICE})
KEEPERS = frozenset({Role.SERVICE, Role.OFFICER})
PATIENCE_S = 60.0
"""So long a server may be silent."""
PIECE = 1024 * 1024
LARGEST = 64 * 1024 * 1024
"""A larger message is passed over with its reason; up to here the original is kept, readable or not."""
MOST_AT_ONCE = 500
"""So many messages one fetch takes; what is left follows at the next one."""
NUMBERS_ASKED_FOR = 50_000
"""The server is asked for its numbers in stretches of so many: the answer is one line, and a client does not read an endless one."""
STRETCHES = 100
BREAKS_OVER_ONE = 5
"""A message over which the connection broke so often in a row is passed over, so that it does not hold up all others."""
MOST_PASSED_OVER = 200
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxSettings:
    """Where a mailbox is and how it is entered. `secret`: "file:NAME" in the home's folder of keys, or "env:NAME".

    `afterwards` says what happens there to messages that were taken and kept: "" nothing, "delete", or "move:FOLDER".
    """

    name: str
    host: str
    port: int
    security: str
    user: str
    secret: str
    folder: str = "INBOX"
    every_minutes: int = 5
    afterwards: str = LEAVE


@dataclass(slots=True, kw_only=True)
class Fetched:
    """What one fetch did: messages taken, how many of them new, what was passed over, and whether more wait there.

    `cleared` counts those that were moved or deleted there, where that is wanted; `left_there` says why one was not.
    """

    taken: int = 0
    fresh: int = 0
    passed_over: list[tuple[int, str]] = field(default_factory=list)
    more: bool = False
    cleared: int = 0
    left_there: str = ""


class OutOfReach(Refused):
    """The mailbox cannot be read at this moment: the server, or what it answered."""


@action("intake.add-mailbox", roles=KEEPERS)
def add_mailbox(actor: Actor, wanted: MailboxSettings) -> UUID:
    """Have a mailbox fetched from now on. A closed one of the same name is opened again with these settings. Raises Refused."""
    if not NAME.fullmatch(wanted.name):
        raise Refused(_("A mailbox's name is small letters, digits and dashes, at most 40."))
    if wanted.security not in ("tls", "starttls"):
        raise Refused(_("A mailbox is entered with tls or starttls; without TLS nothing is said to a server."))
    if not 1 <= wanted.port <= 65535 or not 1 <= wanted.every_minutes <= 1440:
        raise Refused(_("The port is 1 to 65535, and a mailbox is fetched every 1 to 1440 minutes."))
    if not re.fullmatch(r"(file|env):[A-Za-z0-9_.-]{1,100}", wanted.secret) or wanted.secret.startswith("file:."):
        raise Refused(_("Say where the password is: file:NAME in the home's folder of keys, or env:NAME."))
    if wanted.afterwards and Way.of(wanted.afterwards, wanted.folder) is None:
        raise Refused(_("Say what happens to a message that was taken: nothing, delete, or move:FOLDER with another folder than its own."))
    there = Mailbox.objects.filter(name=wanted.name).first()
    if there is not None and not there.closed:
        raise Refused(_("There is a mailbox {name} already. Remove it first, or take another name.").format(name=wanted.name))
    mailbox = there or Mailbox(name=wanted.name)
    if there is not None and (there.host, there.user, there.folder) != (wanted.host, wanted.user, wanted.folder):
        MailboxPlace.objects.filter(mailbox_id=there.id).update(uidvalidity=0, last_uid=0)
    for column in ("host", "port", "security", "user", "secret", "folder", "every_minutes", "afterwards"):
        setattr(mailbox, column, getattr(wanted, column))
    mailbox.closed = False
    mailbox.save()
    MailboxPlace.objects.get_or_create(mailbox_id=mailbox.id, defaults={"mechanism_id": actor.mechanism, "owner_id": actor.organisation})
    return mailbox.id


@action("intake.remove-mailbox", roles=KEEPERS)
def remove_mailbox(actor: Actor, name: str) -> None:
    """Fetch from a mailbox no more. What was taken stays, and how far it came is kept. Raises NotThere."""
    mailbox = Mailbox.objects.filter(name=name, closed=False).first()
    if mailbox is None:
        raise NotThere(_("There is no mailbox {name}.").format(name=name))
    mailbox.closed = True
    mailbox.save()


@action("intake.fetch-mailbox", roles=READERS, stepwise=True)
def fetch_mailbox(actor: Actor, mailbox_id: UUID, home: Home, reader: Reader, *, at_most: int = MOST_AT_ONCE) -> Fetched:
    """Take in what came into a mailbox since the last time. Raises NotThere, and OutOfReach where the server does not answer as it should.

    How it went is kept with the mailbox, also where it failed.
    """
    mailbox, place = _found(actor, mailbox_id)
    taking = Taking(actor, home, reader, Door.MAILBOX)
    fetched = Fetched()
    try:
        with _connected(mailbox, home) as server:
            _fetch(taking, server, place, fetched, at_most)
    except Refused as refusal:
        _note(actor, place, fetched, fault=str(refusal))
        raise
    finally:
        if fetched.fresh:
            defer(REFRESH, actor=actor)
    _note(actor, place, fetched, left=fetched.left_there)
    return fetched


@action("intake.check-mailbox", roles=KEEPERS, stepwise=True)
def count_messages(actor: Actor, mailbox_id: UUID, home: Home) -> int:
    """Enter a mailbox and count what lies in its folder; nothing is taken or marked. Raises NotThere, OutOfReach."""
    mailbox, _place = _found(actor, mailbox_id)
    with _connected(mailbox, home) as server, _orderly(mailbox):
        return int(server.select_folder(mailbox.folder, readonly=True)[b"EXISTS"])


def _fetch(taking: Taking, server: IMAPClient, place: MailboxPlace, fetched: Fetched, at_most: int) -> None:
    mailbox = place.mailbox
    with _orderly(mailbox):
        told = server.select_folder(mailbox.folder, readonly=not mailbox.afterwards)
        validity, following = int(told.get(b"UIDVALIDITY", 0)), int(told.get(b"UIDNEXT", 2**32))
        if validity != place.uidvalidity:
            # the server numbered its messages anew: all are looked at again, and those that are known stay what they are
            place.uidvalidity, place.last_uid = validity, 0
        waiting = _waiting(server, place, min(following, 2**32), at_most)
        clearing = Clearing(taking.actor, taking.home, server, Way.of(mailbox.afterwards, mailbox.folder))
        fetched.left_there = clearing.hindered() if waiting else ""
    fetched.more = len(waiting) > at_most
    for uid in waiting[:at_most]:
        try:
            with _orderly(mailbox, f"message {uid}: "):
                data, why = _message(server, uid)
        except OutOfReach:
            if place.faults + 1 >= BREAKS_OVER_ONE and f"message {uid}: " in place.fault:
                fetched.passed_over.append((uid, f"the connection broke {BREAKS_OVER_ONE} times over it"))
                _keep(taking.actor, place, uidvalidity=validity, last_uid=uid)
            raise
        if data is not None:
            taken = taking.data(data, visible_name(f"{mailbox.name}/{mailbox.folder}/{validity}-{uid}.eml"))
            fetched.taken += 1
            fetched.fresh += taken.fresh
            # before its number is noted: a fetch that ends here meets it again, knows it, and clears it then
            with _orderly(mailbox, f"message {uid}: "):
                _clear(clearing, uid, data, fetched)
        else:
            fetched.passed_over.append((uid, why))
        place.last_uid = uid
        _keep(taking.actor, place, uidvalidity=validity, last_uid=uid)


def _clear(clearing: Clearing, uid: int, data: bytes, fetched: Fetched) -> None:
    """Do there what is wanted with a message that was taken; what cannot be done leaves it there, with the reason."""
    if clearing.way is None or fetched.left_there:
        return
    why = clearing.clear(uid, data)
    fetched.cleared += not why
    if why:
        fetched.passed_over.append((uid, why))


def _waiting(server: IMAPClient, place: MailboxPlace, following: int, at_most: int) -> list[int]:
    """The numbers that were not fetched yet, ascending, a few more than are wanted. What is not there below `following` never will be."""
    found: set[int] = set()
    first = place.last_uid + 1
    for _stretch in range(STRETCHES):
        last = min(first + NUMBERS_ASKED_FOR, following) - 1
        if first > last or len(found) > at_most:
            break
        found |= {int(uid) for uid in server.search(["UID", f"{first}:{last}"]) if first <= int(uid) <= last}
        if not found:
            place.last_uid = last
        first = last + 1
    return sorted(found)


def _message(server: IMAPClient, uid: int) -> tuple[bytes | None, str]:
    """A message byte for byte, a large one in pieces; or None and why there is none. Raises what the library raises."""
    size = _answer(server.fetch([uid], ["RFC822.SIZE"]), uid, b"RFC822.SIZE")
    if not isinstance(size, int):
        return None, "the server lists it and does not give it"
    if size > LARGEST:
        return None, f"it is larger than {LARGEST // 1_048_576} MB ({size // 1_048_576} MB)"
    if size <= PIECE:
        data = _answer(server.fetch([uid], ["BODY.PEEK[]"]), uid, b"BODY[]")
        return (data, "") if isinstance(data, bytes) and data else (None, "the server gives no text of it")
    pieces: list[bytes] = []
    while (held := sum(map(len, pieces))) < LARGEST:
        piece = _answer(server.fetch([uid], [f"BODY.PEEK[]<{held}.{PIECE}>"]), uid, f"BODY[]<{held}>".encode())
        if not isinstance(piece, bytes) or not piece:
            break
        pieces.append(piece)
        if len(piece) < PIECE and held + len(piece) >= size:
            break
    data = b"".join(pieces)
    if len(data) > LARGEST:
        return None, f"it has no end after {LARGEST // 1_048_576} MB"
    if len(data) < size * 0.99:
        # servers count line ends differently; what is far shorter was broken off
        raise imaplib.IMAP4.abort(f"{len(data)} of {size} bytes came")
    return data, ""


def _answer(told: object, uid: int, key: bytes) -> object:
    """One value of an answer that may hold anything; None where it is not there."""
    rows = told.get(uid) if hasattr(told, "get") else None
    return rows.get(key) if rows is not None else None


@contextlib.contextmanager
def _connected(mailbox: Mailbox, home: Home) -> Iterator[IMAPClient]:
    """A signed-in connection over proven TLS. Raises OutOfReach, Refused where the password is not there."""
    password = _password_of(mailbox, home)
    with _orderly(mailbox):
        context = ssl.create_default_context()
        server = IMAPClient(mailbox.host, mailbox.port, ssl=mailbox.security == "tls", ssl_context=context, timeout=PATIENCE_S)
    try:
        with _orderly(mailbox):
            if mailbox.security == "starttls":
                server.starttls(context)
            server.login(mailbox.user, password)
        yield server
    finally:
        with contextlib.suppress(Exception):
            server.logout()
        with contextlib.suppress(Exception):
            server.shutdown()


@contextlib.contextmanager
def _orderly(mailbox: Mailbox, over: str = "") -> Iterator[None]:
    """Whatever a server does wrong is one refusal that names the mailbox, and `over` what it happened."""
    told = _("The mailbox {name} at {host} cannot be read: {why}.")
    try:
        yield
    except LoginError as fault:
        raise OutOfReach(told.format(name=mailbox.name, host=mailbox.host, why=_("user or password are refused"))) from fault
    except ssl.SSLCertVerificationError as fault:
        raise OutOfReach(told.format(name=mailbox.name, host=mailbox.host, why=_("its certificate is not trusted here"))) from fault
    except UnicodeEncodeError:
        # what it says names a letter of the password and where it stands
        why = _("user or password hold a sign that is not ASCII, which this way of signing in does not take")
        raise OutOfReach(told.format(name=mailbox.name, host=mailbox.host, why=why)) from None
    except (
        OSError,
        IMAPClientError,
        imaplib.IMAP4.error,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        RecursionError,
        MemoryError,
    ) as fault:
        # what a library says of bytes that no server should send is no fault of the program
        why = over + (" ".join(str(fault).split())[:120] or type(fault).__name__)
        raise OutOfReach(told.format(name=mailbox.name, host=mailbox.host, why=why)) from fault


def _password_of(mailbox: Mailbox, home: Home) -> str:
    """The password, from where the mailbox says. Raises Refused where it is not there, or others may read it."""
    kind, _mark, name = mailbox.secret.partition(":")
    if kind == "env":
        found = os.environ.get(name, "")
        if not found:
            told = _("The password of the mailbox {name} is not in the environment as {place}. Set it for this process and for the worker.")
            raise Refused(told.format(name=mailbox.name, place=name))
        return found
    place: Path = home.keys / name
    try:
        if place.stat().st_mode & 0o077:
            raise Refused(_("{place} may be read by others: chmod 600 it.").format(place=place))
        return place.read_text(encoding="utf-8").rstrip("\r\n")
    except OSError as fault:
        told = _("The password of the mailbox {name} is not in {place}. Write it into that file, readable by you alone (chmod 600).")
        raise Refused(told.format(name=mailbox.name, place=place)) from fault


def _found(actor: Actor, mailbox_id: UUID) -> tuple[Mailbox, MailboxPlace]:
    with acting(actor):
        mailbox = Mailbox.objects.filter(id=mailbox_id, closed=False).first()
        if mailbox is None:
            raise NotThere(_("There is no such mailbox."))
        place, _made = MailboxPlace.objects.get_or_create(
            mailbox_id=mailbox.id, defaults={"mechanism_id": actor.mechanism, "owner_id": actor.organisation}
        )
        place.mailbox = mailbox
        return mailbox, place


def _keep(actor: Actor, place: MailboxPlace, **columns: object) -> None:
    with acting(actor):
        MailboxPlace.objects.filter(mailbox_id=place.mailbox_id).update(**columns)


def _note(actor: Actor, place: MailboxPlace, fetched: Fetched, *, fault: str = "", left: str = "") -> None:
    """Keep how a fetch went; what was passed over stays with its reason. `left`: all went well, but for what is done there afterwards."""
    passed: Sequence[Sequence[object]] = [*place.passed_over, *([uid, why] for uid, why in fetched.passed_over)][-MOST_PASSED_OVER:]
    _keep(
        actor,
        place,
        fetched_at=clock.now(),
        taken=place.taken + fetched.taken,
        fault=fault or left,
        faults=place.faults + 1 if fault else 0,
        passed_over=list(passed),
    )
