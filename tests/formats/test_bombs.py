"""Files made to hurt their reader, behind the sandbox's limits (1 GiB, 10 s): each ends accepted or refused, and the next file is read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sild.formats import Unreadable
from sild.formats.sandbox import Sandbox
from sild.formats.unpacking import Bundle
from sild.values.document import Document

from .bombs import BOMBS
from .test_shared_sets import SETS, SHARED

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


def goes_off(sandbox: Sandbox, name: str) -> None:
    """Read one bomb, and see that it ends as it must, and that nothing of it stays."""
    end = end_of(sandbox, name, BOMBS[name]())
    if isinstance(end, str):
        assert name not in ACCEPTED
        assert end.startswith(f"{name}: ")
        assert REFUSED.get(name, "") in end
    else:
        assert name not in REFUSED
    if isinstance(end, Bundle):
        assert end.members or end.left_aside
        assert all("/" not in member.name and "\\" not in member.name and member.name.isprintable() for member in end.members)
    assert sandbox.restarts == 0
    after = end_of(sandbox, "next.txt", b"The next file.")
    assert isinstance(after, Document)


def test_bombs_that_are_over_in_a_moment_hurt_nobody(sandbox: Sandbox) -> None:
    for name in QUICK:
        goes_off(sandbox, name)


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in BOMBS if name not in QUICK])
def test_long_bombs_hurt_nobody(name: str, sandbox: Sandbox) -> None:
    goes_off(sandbox, name)


@pytest.mark.slow
@pytest.mark.parametrize("name", SETS)
def test_every_file_of_a_bad_collection_ends_well_behind_the_limits(name: str, sandbox: Sandbox) -> None:
    folder = Path(SHARED, name)
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there")
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        end = end_of(sandbox, path.name, path.read_bytes())
        assert not isinstance(end, str) or end.startswith(path.name)
    assert sandbox.restarts == 0
