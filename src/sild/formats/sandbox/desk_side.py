"""The desk's side of the sandbox: hands a file in, gets a document or a refusal back, and believes nothing but the shape of the answer."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections import deque
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Any

from sild.formats.document_json import Malformed, document_from_json
from sild.formats.limits import LIMITS, MEBIBYTE
from sild.formats.place import plain_name
from sild.formats.recognition import NEEDS_OCR
from sild.formats.sandbox import frames
from sild.formats.sandbox.launch import Server, Strength, start
from sild.formats.sandbox.server import ChildLimits
from sild.formats.unpacking import Bundle, Member, may_be_bundle
from sild.formats.unreadable import Unreadable, refusal
from sild.values.document import Document

# what the server may take longer than its child: to fork, to collect, to kill
_GRACE_SECONDS = 10.0
_MOST_SPOILED = 3
_MOST_REMEMBERED = 64
_ELSEWHERE = "Keep it away from other programs too; ask the sender for plain text or another format"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What one child took by the kernel's count: seconds by the clock and of the processor, bytes of memory at its height.

    `recognising`: text in pictures was looked for, for which longer limits hold.
    """

    seconds: float
    processor: float
    memory: int
    recognising: bool


class Sandbox:
    """A context manager: `with Sandbox() as sandbox: sandbox.read(name, data)`. Safe to use from several threads, one file at a time.

    `strength` is "bubblewrap" or "rlimits-only"; `reason` says why it is not bubblewrap. The caller decides what it then dares to read.
    """

    def __init__(self, limits: ChildLimits | None = None, *, bubblewrap: bool = True) -> None:
        self.limits = limits or ChildLimits()
        self.restarts = 0
        self._bubblewrap = bubblewrap
        self._lock = threading.Lock()
        self._server: Server | None = None
        self._spent: deque[Spent] = deque(maxlen=_MOST_REMEMBERED)

    def __enter__(self) -> Sandbox:
        self._running()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with self._lock:
            self._stop()

    @property
    def strength(self) -> Strength:
        """How strong the walls are."""
        return self._running().strength

    @property
    def reason(self) -> str:
        """Why the walls are not stronger; "" behind bubblewrap."""
        return self._running().reason

    @property
    def recognises(self) -> tuple[str, ...]:
        """The languages in which text in pictures can be read, by tesseract's names; none where it is not installed."""
        return self._running().recognises

    def read(self, name: str, data: bytes) -> Document:
        """The document in `data`. Raises Unreadable where its reader refuses it, and where it crashes, hangs or grows too large.

        An attachment on which the reader dies is left out with that reason, and the rest of the mail is read again. What needs text
        recognition is read a second time with it, where it is installed; if that fails, the first reading stands.
        """
        try:
            document = self._read(name, data, recognise=False)
        except Unreadable as refused:
            if NEEDS_OCR not in refused.reason or not self.recognises:
                raise
            return self._read(name, data, recognise=True)
        reasons = (*document.warnings, *(part.unread or "" for part in document.parts))
        if not any(NEEDS_OCR in reason for reason in reasons) or not self.recognises:
            return document
        try:
            return self._read(name, data, recognise=True)
        except Unreadable as refused:
            return replace(document, warnings=(*document.warnings, refused.reason))

    def _read(self, name: str, data: bytes, *, recognise: bool) -> Document:
        name = plain_name(name)
        if len(data) > LIMITS.file_bytes:
            what = f"it is larger than {LIMITS.file_bytes // MEBIBYTE} MB"
            raise refusal(name, what, "Ask the sender to split it, or to send the text alone")
        spoiled: dict[str, str] = {}
        deaths = 0
        while True:
            ending, answer = self._ask({"name": name, "spoiled": spoiled, "recognise": recognise}, data)
            if ending.get("server") == "died" and not deaths:
                # a server may die of something else than this file; one that dies of it again settles the matter
                deaths += 1
                continue
            attachment, final, payload = _last_words(answer)
            if final is not None:
                return _believed(name, data, final, payload)
            death = _death(ending, self.limits, recognise=recognise)
            if attachment is None or attachment in spoiled or len(spoiled) >= _MOST_SPOILED:
                raise refusal(name, death, _ELSEWHERE)
            spoiled[attachment] = refusal(attachment, death, _ELSEWHERE).reason

    def unpack(self, name: str, data: bytes) -> Bundle | None:
        """The members of a mailbox, an archive or a packed chat; None where `data` is one message. Raises Unreadable as `read` does."""
        if not may_be_bundle(data):
            return None
        name = plain_name(name)
        if len(data) > LIMITS.unpacked_bytes:
            raise refusal(name, f"it is larger than {LIMITS.unpacked_bytes // MEBIBYTE} MB", "Split it into smaller files")
        found: list[Member] = []
        while True:
            ending, answer = self._ask({"name": name, "unpack": len(found), "batch": self.limits.answer_bytes // 3}, data)
            batch = _batch(name, answer)
            if batch is None:
                raise refusal(name, _death(ending, self.limits).replace("its reader", "what unpacks it"), _ELSEWHERE)
            if batch.single:
                return None
            found += batch.members
            if batch.whole:
                return Bundle(tuple(found), tuple(batch.left_aside))
            if not batch.members or len(found) > LIMITS.bundle_members:
                raise refusal(name, "what unpacks it gave an answer that has no end", _ELSEWHERE)

    def attachment(self, name: str, data: bytes, part: str) -> bytes:
        """The bytes of one attachment of a mail, by the name of its part. Raises Unreadable where it cannot be taken out."""
        name = plain_name(name)
        ending, answer = self._ask({"name": name, "attachment": part}, data)
        _, final, payload = _last_words(answer)
        if final is None:
            raise refusal(name, _death(ending, self.limits), _ELSEWHERE)
        reason = final.get("unreadable")
        if isinstance(reason, str):
            raise Unreadable(_printable(reason))
        return payload

    def spent(self) -> tuple[Spent, ...]:
        """What each child took since this was asked last, as far back as the last few."""
        with self._lock:
            told = tuple(self._spent)
            self._spent.clear()
        return told

    def drill(self, kind: str, **orders: Any) -> dict[str, Any]:
        """Let a child misbehave on order (see child.DRILLS) and say how it ended: {"ending": ..., "said": the child's last frame}."""
        ending, answer = self._ask({"name": "drill", "drill": kind, **orders}, b"")
        try:
            said = frames.unpack(answer)[0] if answer else {}
        except frames.Broken:
            said = {"broken": True}
        return {"ending": ending, "said": said}

    def _ask(self, request: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
        """One request, one answer; a server that dies or hangs over it is stopped, and the next request starts a new one."""
        frame = frames.pack(request, data)
        with self._lock:
            server = self._running_locked()
            deadline = time.monotonic() + self.limits.seconds_for(request) + _GRACE_SECONDS
            try:
                frames.send(server.requests, frame, deadline)
                ending, answer = frames.receive(server.answers, deadline)
            except frames.Broken:
                self._stop()
                return {"server": "died"}, b""
            except frames.TooSlow:
                self._stop()
                return {"server": "hung"}, b""
            self._note(ending.get("spent"), recognising=bool(request.get("recognise")))
            if ending.get("tainted"):
                # something of the file still runs in there: with the sandbox it ends
                self._stop()
            return ending, answer

    def _note(self, told: Any, *, recognising: bool) -> None:
        if isinstance(told, dict):
            seconds, processor, memory = float(told["seconds"]), float(told["processor"]), int(told["memory"])
            self._spent.append(Spent(seconds=seconds, processor=processor, memory=memory, recognising=recognising))

    def _running(self) -> Server:
        with self._lock:
            return self._running_locked()

    def _running_locked(self) -> Server:
        if self._server is not None and self._server.process.poll() is not None:
            self._stop()
        if self._server is None:
            self._server = start(self.limits, self._bubblewrap)
        return self._server

    def _stop(self) -> None:
        if self._server is not None:
            self._server.stop()
            self._server = None
            self.restarts += 1


@dataclass(slots=True)
class _Batch:
    """One answer of a child that unpacks: some members, and whether they were the last ones (only then is `left_aside` told)."""

    members: list[Member] = field(default_factory=list)
    left_aside: list[tuple[str, str]] = field(default_factory=list)
    single: bool = False
    whole: bool = False


def _batch(name: str, answer: bytes) -> _Batch | None:
    """The batch in an answer; None where the answer breaks off. Names and reasons are made printable, for a child may lie."""
    batch = _Batch()
    position = 0
    while position < len(answer):
        try:
            head, payload, position = frames.unpack(answer, position)
        except frames.Broken:
            return None
        if isinstance(head.get("unreadable"), str):
            raise Unreadable(_printable(head["unreadable"]))
        if isinstance(head.get("member"), str):
            batch.members.append(Member(plain_name(head["member"]) or name, payload))
        elif isinstance(head.get("left"), list) and len(head["left"]) == 2:
            batch.left_aside.append((_printable(str(head["left"][0])), _printable(str(head["left"][1]))))
        elif "single" in head or "unpacked" in head:
            batch.single, batch.whole = "single" in head, head.get("more") is None
            return batch
        else:
            return None
    return None


def _last_words(answer: bytes) -> tuple[str | None, dict[str, Any] | None, bytes]:
    """The attachment that the child entered last, and its final frame if it came to one."""
    attachment: str | None = None
    position = 0
    while position < len(answer):
        try:
            head, payload, position = frames.unpack(answer, position)
        except frames.Broken:
            break
        if "entering" in head:
            attachment = str(head["entering"])[:300] or None
        else:
            return attachment, head, payload
    return attachment, None, b""


def _believed(name: str, data: bytes, head: dict[str, Any], payload: bytes) -> Document:
    reason = head.get("unreadable")
    if isinstance(reason, str):
        raise Unreadable(_printable(reason))
    try:
        document = document_from_json(json.loads(payload))
    except (Malformed, ValueError, RecursionError) as error:
        raise refusal(name, f"its reader gave an answer that is no document ({str(error)[:200]})", _ELSEWHERE) from error
    # name and hash are the desk's own knowledge, whatever the child says
    return replace(document, name=name, sha256=hashlib.sha256(data).hexdigest())


def _printable(reason: str) -> str:
    """A child's words as they may be shown."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in reason[:1000])


def _death(ending: dict[str, Any], limits: ChildLimits, *, recognise: bool = False) -> str:
    if ending.get("server"):
        return "the sandbox itself " + ("stopped answering" if ending["server"] == "hung" else "was brought down") + " while reading it"
    if ending.get("cut") == "size":
        return f"its reader gave more than {limits.answer_bytes // 1_000_000} MB of text"
    if ending.get("cut") == "time" or ending.get("signal") in (9, 24):
        return f"its reader was stopped after {limits.recognition_seconds if recognise else limits.seconds} seconds"
    if ending.get("signal"):
        return f"its reader crashed on it (signal {ending['signal']})"
    return f"its reader ended without an answer (code {ending.get('code')}), most likely for want of memory"
