"""Files made to hurt their reader, behind the sandbox's limits (1 GiB, 10 s): each ends accepted or refused, and the next file is read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sild.formats import Unreadable
from sild.formats.sandbox import Sandbox
from sild.formats.unpacking import Bundle
from sild.values.document import Document

from .bombs import BOMBS
from .test_shared_sets import SETS, files_of

# those that are over in a moment; the long ones are for the slow set
QUICK = (
    "nested.zip",
    "names.zip",
    "nested-in-mail.eml",
    "entities.docx",
    "entities.xml",
    "sparse.xlsx",
    "macros.xlsm",
    "deep.docx",
    "forged.eml",
    "header.eml",
    "labels.eml",
    "nested.html",
    "slow.html",
    "script.html",
    "nested.rtf",
    "binary.rtf",
    "deep.msg",
    "looped.msg",
    "winmail.dat",
    "counts.dat",
    "pages.pdf",
    "huge.png",
    "frames.tiff",
)
ACCEPTED = {"names.zip", "nested-in-mail.eml", "macros.xlsm", "macros.docm", "header.eml", "script.html", "binary.rtf"}
REFUSED = {
    "unpacks.docx": "packed more than 100 to 1",
    "entities.docx": "as only attacks do",
    "entities.xml": "XML data",
    "sparse.xlsx": "spans more than",
    "deep.eml": "too deep",
    "parts.eml": "more than 500 parts",
    "forged.eml": "nested more than 20 deep",
    "nested.html": "nested more than 400 deep",
    "slow.html": "never closes",
    "nested.rtf": "nested more than 400 deep",
    "deep.msg": "nested more than 20 deep",
    "winmail.dat": "more than 500 parts",
    "telegram.html": "too broken",
    "nested.json": "not valid JSON",
    "stream.pdf": "",
    "streams.pdf": "",
    "pages.pdf": "damaged PDF",
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """A sandbox with the limits that hold on a desk."""
    with Sandbox() as opened:
        yield opened


def end_of(sandbox: Sandbox, name: str, data: bytes) -> Document | Bundle | str:
    """What comes of a file: a document, a bundle, or the reason why not."""
    try:
        return sandbox.unpack(name, data) or sandbox.read(name, data)
    except Unreadable as refused:
        return refused.reason


def harm_of(sandbox: Sandbox, name: str) -> list[str]:
    """What is wrong with how one bomb ended, and with what it left behind; nothing where it hurt nobody."""
    end = end_of(sandbox, name, BOMBS[name]())
    harm = []
    if isinstance(end, str):
        if name in ACCEPTED or not end.startswith(f"{name}: ") or REFUSED.get(name, "") not in end:
            harm.append(f"refused otherwise than it should be: {end}")
    elif name in REFUSED:
        harm.append("it was taken for a message")
    if isinstance(end, Bundle):
        names = [member.name for member in end.members]
        if not names and not end.left_aside:
            harm.append("its members were lost")
        harm += [f"a member may lie outside: {one!r}" for one in names if "/" in one or "\\" in one or not one.isprintable()]
    if sandbox.restarts:
        harm.append("the reading process died")
    after = end_of(sandbox, "next.txt", b"The next file.")
    if not isinstance(after, Document):
        harm.append(f"the next file was not read: {after}")
    return harm


def test_bombs_that_are_over_in_a_moment_hurt_nobody(sandbox: Sandbox) -> None:
    assert {name: harm for name in QUICK if (harm := harm_of(sandbox, name))} == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in BOMBS if name not in QUICK])
def test_long_bombs_hurt_nobody(name: str, sandbox: Sandbox) -> None:
    assert harm_of(sandbox, name) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", SETS)
def test_every_file_of_a_bad_collection_ends_well_behind_the_limits(name: str, sandbox: Sandbox) -> None:
    for path in files_of(name):
        end = end_of(sandbox, path.name, path.read_bytes())
        assert not isinstance(end, str) or end.startswith(path.name)
    assert sandbox.restarts == 0
