"""Files and mails that arrive inside their signature: what was signed is read, and nobody is told that the signature is true."""

from __future__ import annotations

import pytest

from sild.formats import Unreadable, read_document
from sild.formats.signed import is_signed, signed_content
from sild.formats.unpacking import unpack

from .made import attach, mail, texts, workbook, zipped

DATA, SIGNED = bytes.fromhex("06092a864886f70d010701"), bytes.fromhex("06092a864886f70d010702")


def element(tag: int, content: bytes, *, opened: bool = False) -> bytes:
    """One element; `opened` leaves its length open."""
    if opened:
        return bytes([tag, 0x80]) + content + b"\0\0"
    size = len(content)
    length = bytes([size]) if size < 0x80 else bytes([0x80 | len(big := size.to_bytes(4, "big"))]) + big
    return bytes([tag]) + length + content


def signed(content: bytes | None, *, opened: bool = False) -> bytes:
    """Signed content as CMS writes it, in one piece or in several of open length; None: a signature alone."""
    pieces = [element(0x04, content[at : at + 100]) for at in range(0, len(content), 100)] if content is not None else []
    held = element(0x24, b"".join(pieces), opened=True) if opened else element(0x04, content or b"")
    inner = DATA + (element(0xA0, held, opened=opened) if content is not None else b"")
    body = element(0x02, b"\1") + element(0x31, b"") + element(0x30, inner, opened=opened) + element(0x31, b"")
    return element(0x30, SIGNED + element(0xA0, element(0x30, body, opened=opened), opened=opened), opened=opened)


@pytest.mark.parametrize("opened", [False, True])
def test_a_signed_file_is_read_as_what_it_holds(opened: bool) -> None:
    sheet = workbook([["UPS", 8]])
    bundle = unpack("список.xlsx.p7s", signed(sheet, opened=opened))
    assert bundle is not None
    assert [(member.name, member.data) for member in bundle.members] == [("список.xlsx", sheet)]
    assert bundle.left_aside == (("список.xlsx.p7s", "its signature was not checked; only what it holds was taken out"),)


@pytest.mark.parametrize("opened", [False, True])
def test_a_mail_inside_its_signature_is_read_with_its_attachments(opened: bool) -> None:
    inner = bytes(attach(mail("We need 8 UPS."), "list.csv", b"a;b\n1;2\n"))
    inner = inner[inner.index(b"Content-Type: multipart") :]
    message = mail("")
    message.set_content(signed(inner, opened=opened), maintype="application", subtype="pkcs7-mime", filename="smime.p7m")
    document = read_document("m.eml", bytes(message))
    assert [part.name for part in document.parts] == ["body", "attachment:list.csv"]
    assert [block.text for block in document.parts[0].blocks] == ["We need 8 UPS."]
    assert document.warnings == ("m.eml: its signature was not checked",)


def test_a_signed_attachment_is_read_as_what_it_holds() -> None:
    data = bytes(attach(mail("See."), "list.csv.p7s", signed(b"UPS;8\nkaabel;3\n"), "application/octet-stream"))
    assert texts("m.eml", data, "attachment:list.csv") == ["UPS | 8", "kaabel | 3"]


def test_a_signature_alone_and_a_broken_one_hold_nothing() -> None:
    for data in (
        signed(None),
        signed(b"words")[:30],
        signed(b"words" * 90, opened=True)[:-90],
        b"\x30\x80" * 400,
        b"\x30\x84\xff\xff\xff\xff",
    ):
        assert signed_content(data) is None
    assert is_signed(signed(None))
    assert unpack("a.p7s", signed(None)) is None
    with pytest.raises(Unreadable, match=r"a\.p7s: it is a signature alone"):
        read_document("a.p7s", signed(None))


def test_a_container_of_signed_documents_gives_the_documents() -> None:
    sheet = workbook([["UPS", 8]])
    container = zipped({"mimetype": b"application/vnd.etsi.asic-e+zip", "Kiri.xlsx": sheet, "META-INF/signatures0.xml": b"<x/>"})
    bundle = unpack("kiri.asice", container)
    assert bundle is not None
    assert [(member.name, member.data) for member in bundle.members] == [("Kiri.xlsx", sheet)]
    assert [name for name, _ in bundle.left_aside] == ["mimetype", "META-INF/signatures0.xml"]
    document = read_document("m.eml", bytes(attach(mail("See."), "kiri.asice", container)))
    assert [part.name for part in document.parts] == ["body", "attachment:Kiri.xlsx"]
