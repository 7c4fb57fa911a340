"""A desk with messages for the tests of the inbox: letters in two languages, a table, hostile text, a file that cannot be read."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

from sild.kernel.home import Home
from sild.wings.intake.public import messages, run_inbox
from sild.wings.parties.public import import_parties
from sild.wings.register.public import Line, lines
from tests.cast import Cast
from tests.readers import InProcess
from tests.wings.intake.test_run import COUNCIL, TEXTS, TODAY, mail

HOSTILE = (
    "Lviv City Council asks for 12 tablets <script>alert(1)</script><img src=x onerror=alert(1)> by 1 May 2026.\n\n"
    "Read \u202egnp.exe\u202c and \u2066this\u2069, a zero\u200bwidth and &amp; an entity."
)
SHEET = "item,quantity,for\nLaptops,25,Lviv City Council\nRack servers,4,Lviv City Council\nNetwork switches,9,Lviv City Council\n"


def letter_with_sheet() -> bytes:
    """A mail with a sheet attached, whose name wants to be somewhere else."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "it@lviv.example", "desk@desk.example", "A list"
    message["Date"], message["Message-ID"] = "Tue, 20 Jan 2026 10:00:00 +0200", "<list@lviv.example>"
    message.set_content("Lviv City Council asks for what is in the list.")
    message.add_attachment(SHEET.encode(), maintype="text", subtype="csv", filename="../../etc/list.csv")
    return message.as_bytes()


def fill(cast: Cast, home: Home, folder: Path) -> None:
    """Read the messages into the desk's home."""
    import_parties(cast.run, [COUNCIL])
    folder.mkdir()
    for number, (name, text) in enumerate(TEXTS.items()):
        (folder / name).write_bytes(mail(text, number))
    (folder / "hostile.eml").write_bytes(mail(HOSTILE, 6))
    (folder / "sheet.eml").write_bytes(letter_with_sheet())
    (folder / "noise.bin").write_bytes(bytes(range(256)) * 20)
    run_inbox(cast.run, folder, home, InProcess(), today=TODAY)


def message_named(cast: Cast, name: str) -> UUID:
    """The message that came under this name."""
    [found] = [message.id for message in messages(cast.run) if message.name == name]
    return found


def lines_of(cast: Cast, name: str) -> list[Line]:
    """The lines of that message, as they stand now."""
    key = message_named(cast, name)
    return sorted((line for line in lines(cast.run) if line.message_id == key), key=lambda line: line.position)
