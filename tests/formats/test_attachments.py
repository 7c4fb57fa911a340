"""An attachment is found by the name that the reader gave its part, byte for byte, whatever else the mail holds."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from sild.formats import Unreadable, read_document
from sild.formats.attachments import attachment_bytes


def mail(*files: tuple[str, bytes], inner: EmailMessage | None = None) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "Files"
    message.set_content("See the files.")
    for name, content in files:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    if inner is not None:
        message.add_attachment(inner)
    return message


def test_every_file_of_a_mail_comes_out_under_the_name_of_its_part() -> None:
    forwarded = mail(("list.csv", b"item,quantity\nRouters,3\n"), ("picture.png", b"\x89PNG rubbish"))
    whole = mail(("list.csv", b"item,quantity\nLaptops,9\n"), ("bro\x01ken.pdf", b"%PDF-1.4 rubbish"), inner=forwarded).as_bytes()
    parts = [part for part in read_document("m.eml", whole).parts if part.name != "body" and part.media != "message/rfc822"]
    found = {part.name: attachment_bytes("m.eml", whole, part.name) for part in parts}
    assert len(found) == 4
    assert sorted(found.values()) == sorted(
        [b"item,quantity\nRouters,3\n", b"item,quantity\nLaptops,9\n", b"\x89PNG rubbish", b"%PDF-1.4 rubbish"]
    )
    assert found["attachment:list.csv"] == b"item,quantity\nLaptops,9\n"


@pytest.mark.parametrize("data", [b"", b"no mail at all", b"\x00\xff" * 500, mail().as_bytes()])
def test_what_is_not_there_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        attachment_bytes("m.eml", data, "attachment:list.csv")
