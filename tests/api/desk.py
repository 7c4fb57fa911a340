"""A small desk with everything that the API tells of: messages, lines, needs, an offer, links, a plan that was shared."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage
from pathlib import Path

from sild.kernel.home import Home
from sild.wings.intake.public import run_inbox
from sild.wings.parties.public import PartyRow, import_parties
from sild.wings.planning.public import share_plan
from tests.cast import Cast
from tests.readers import InProcess

TODAY = date(2026, 2, 10)
PARTIES = [
    ("Lviv City Council", "Львівська міська рада", "UA", "recipient-body"),
    ("Estonia", "Естонія", "EE", "donor-state"),
]
TEXTS = {
    "laptops.eml": "Lviv City Council asks for 40 laptops for its service centres by 1 April 2026.",
    "laptops-uk.eml": "Львівська міська рада просить 40 ноутбуків для центрів надання послуг.",
    "generators.eml": "Lviv City Council needs 6 diesel generators for its server rooms.",
    "offer.eml": "Estonia offers 25 laptops to Lviv City Council, available from 1 March 2026.",
    "thanks.eml": "Thank you for the meeting last week, it was a pleasure. Happy holidays!",
}


def fill(cast: Cast, home: Home, folder: Path) -> None:
    """Run the messages through to a plan, and share it."""
    rows = [
        PartyRow(line=number, name=name, aliases=(("uk", other),), country=country, kind=kind, sector="local government")
        for number, (name, other, country, kind) in enumerate(PARTIES, 2)
    ]
    import_parties(cast.run, rows)
    folder.mkdir()
    for number, (name, text) in enumerate(TEXTS.items()):
        message = EmailMessage()
        message["From"] = "Digital department <it@lviv.example>"
        message["To"] = "desk@desk.example"
        message["Subject"] = name
        message["Date"] = f"Mon, {number + 5:02} Jan 2026 10:00:00 +0200"
        message["Message-ID"] = f"<{number}@lviv.example>"
        message.set_content(text)
        (folder / name).write_bytes(message.as_bytes())
    made = run_inbox(cast.run, folder, home, InProcess(), today=TODAY).plan
    assert made is not None
    share_plan(cast.officer, made.id, reason="for the tests")
