"""Files that hold several messages: mailboxes, zip archives, chat exports packed with what was sent in them. Each becomes its members.

Nothing is lost: every file inside is a member, or stands in `left_aside` with its reason.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from sild.formats.charsets import decode
from sild.formats.chat_exports import is_chat_json, is_chat_page, is_chat_text
from sild.formats.limits import LIMITS, MEBIBYTE, Account, Limits
from sild.formats.mailbox import is_mailbox, mailbox_messages
from sild.formats.place import plain_name
from sild.formats.signed import is_signed, name_inside, signed_content
from sild.formats.unreadable import refusal
from sild.formats.zip_members import ZIP_MARKS, is_office_file, members, open_zip

_MOST_SIGNATURES = 3
_LOOKED_AT = 65_536
_PICTURES = frozenset({"jpg", "jpeg", "png", "gif", "webp", "heic", "bmp", "tif", "tiff", "svg", "ico"})
_SOUNDS_AND_FILMS = frozenset({"opus", "ogg", "oga", "mp3", "m4a", "aac", "wav", "amr", "mp4", "mov", "3gp", "avi", "mkv", "webm", "tgs"})
_LOOKS = frozenset({"css", "js", "woff", "woff2", "ttf"})
_MAILBOX_ENDINGS = frozenset({"mbox", "mbx"})


@dataclass(frozen=True, slots=True)
class Member:
    """A file that came out: a plain name, unique in its bundle, without folders; and its bytes, which are a message of their own."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Bundle:
    """What came out of one file: `members` in their order; `left_aside` as (path inside the file, reason)."""

    members: tuple[Member, ...] = ()
    left_aside: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Heap:
    """What has come out so far."""

    account: Account
    found: list[Member] = field(default_factory=list)
    aside: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def add(self, shown: str, name: str, data: bytes) -> None:
        limits = self.account.limits
        if len(data) > limits.file_bytes:
            self.aside.append((shown, f"it is larger than {limits.file_bytes // MEBIBYTE} MB; ask the sender to split it"))
        elif len(self.found) >= limits.bundle_members:
            self.aside.append((shown, f"the file holds more than {limits.bundle_members} messages; split it, and put the rest in again"))
        else:
            self.found.append(Member(self._unique(plain_name(name) or "unnamed"), data))

    def _unique(self, name: str) -> str:
        stem, dot, ending = name.rpartition(".")
        candidate, number = name, 1
        while candidate in self.names:
            number += 1
            candidate = f"{stem} ({number}){dot}{ending}" if dot and stem else f"{name} ({number})"
        self.names.add(candidate)
        return candidate


def may_be_bundle(data: bytes) -> bool:
    """Whether a look into the file is worth while; looks at its first bytes only, so that no parser meets them."""
    return data.startswith(ZIP_MARKS) or is_signed(data) or data[:64].lstrip(b"\xef\xbb\xbf\r\n").startswith(b"From ")


def unpack(name: str, data: bytes, limits: Limits = LIMITS) -> Bundle | None:
    """The members of `data`; None where it is one message (or nothing that anybody reads: its reader says so then).

    Archives inside archives are opened once, mailboxes inside archives too. Raises Unreadable where the file as a whole is too large.
    """
    if not may_be_bundle(data):
        return None
    name = plain_name(name)
    if len(data) > limits.unpacked_bytes:
        raise refusal(name, f"it is larger than {limits.unpacked_bytes // MEBIBYTE} MB", "Split it into smaller files")
    heap = _Heap(Account(limits))
    if not _opened(heap, name, "", data, 0):
        return None
    return Bundle(tuple(heap.found), tuple(heap.aside))


def _opened(heap: _Heap, name: str, inside: str, data: bytes, depth: int) -> bool:
    """Whether the bytes were a bundle, whose members are then in the heap. `inside` is the path of the file, for names that are shown."""
    if is_mailbox(data, even_of_one=_ending(name) in _MAILBOX_ENDINGS):
        _mailbox_opened(heap, name, inside, data)
        return True
    content = signed_content(data) if depth <= _MOST_SIGNATURES and is_signed(data) else None
    if content is not None:
        bare = name_inside(name)
        if not _opened(heap, bare, inside, content, depth + 1):
            heap.add(inside + bare, bare, content)
        heap.aside.append((inside + name, "its signature was not checked; only what it holds was taken out"))
        return True
    archive = open_zip(data)
    if archive is None:
        return False
    with archive:
        if is_office_file(archive):
            return False
        unpacked = list(members(archive, heap.account))
    chat = any(one.data is not None and _is_chat(one.name, one.data) for one in unpacked)
    paths = {one.shown for one in unpacked} if chat else set()
    for one in unpacked:
        shown = inside + one.shown
        reason = one.reason or (_belongs_to_chat(one.shown, one.name, paths) if chat else "")
        if one.data is None or reason:
            heap.aside.append((shown, reason))
        elif depth and _is_archive(one.data):
            heap.aside.append((shown, "it is an archive within an archive within an archive; unpack it and put its files in one by one"))
        elif not _opened(heap, one.name, f"{shown}: ", one.data, depth + 1):
            heap.add(shown, one.name, one.data)
    return True


def _mailbox_opened(heap: _Heap, name: str, inside: str, data: bytes) -> None:
    stem = PurePosixPath(name).stem or "mailbox"
    for number, message in enumerate(mailbox_messages(data), 1):
        shown = f"{inside}message {number}"
        if message.strip():
            heap.add(shown, f"{stem} {number:05}.eml", message)
        else:
            heap.aside.append((shown, "it is empty"))


def _is_archive(data: bytes) -> bool:
    archive = open_zip(data)
    if archive is None:
        return False
    with archive:
        return not is_office_file(archive)


def _is_chat(name: str, data: bytes) -> bool:
    ending, head = _ending(name), data[:_LOOKED_AT]
    if ending in ("txt", "md"):
        return is_chat_text(decode(head).text)
    if ending in ("json", "jsonl", "html"):
        text = decode(head).text
        return is_chat_page(text) if ending == "html" else is_chat_json(text)
    return False


def _belongs_to_chat(path: str, name: str, paths: Set[str]) -> str:
    """Why a file that lies beside a chat is no message of its own; "" where it may be one (a letter, a list)."""
    ending = _ending(name)
    folder = path.removesuffix(name)
    if name in ("data.json", "index.html") and folder + "chat.md" in paths:
        return "it is the same chat once more, in another form"
    if name == "metadata.json" and folder + "main.jsonl" in paths:
        return "it tells about the export alone, not what was said"
    if ending in _PICTURES:
        return "it is a picture that was sent in the chat; look at it in the original"
    if ending in _SOUNDS_AND_FILMS:
        return "it is a voice message or a film that was sent in the chat; listen to it in the original"
    return "it belongs to the looks of the exported page" if ending in _LOOKS else ""


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.removeprefix(".").lower()
