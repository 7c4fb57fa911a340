"""Post: letters that the desk sends by itself, over SMTP with proven TLS, where the operator named a server; else nothing is sent."""

from __future__ import annotations

import os
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate
from urllib.parse import unquote, urlsplit

from sild.kernel.home import Home
from sild.kernel.refusals import Refused

PATIENCE_S = 30.0
PASSWORD = "smtp.password"  # noqa: S105 - the name of a file in the home's folder of keys, no password


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is sent to one address. `identity` makes its Message-ID, the same at every try; `answers` is the Message-ID it answers."""

    to: str
    subject: str
    text: str
    language: str
    identity: str
    answers: str = ""


class NotSent(Exception):
    """The server did not take a letter; `final`: it will not take it later either."""

    def __init__(self, why: str, *, final: bool) -> None:
        super().__init__(why)
        self.final = final


@dataclass(frozen=True, slots=True, kw_only=True)
class PostOffice:
    """Where letters are handed in: smtps (TLS from the first byte) or smtp (STARTTLS, without which nothing is said)."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    sender: str

    def send(self, letter: Letter) -> None:
        """Hand a letter in. Raises NotSent."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, letter.to, letter.subject
        message["Date"] = formatdate(usegmt=True)
        message["Message-ID"] = f"<{letter.identity}@{self.sender.rpartition('@')[2]}>"
        if letter.answers:
            message["In-Reply-To"] = message["References"] = letter.answers
        message["Content-Language"] = letter.language
        # RFC 3834: what a machine answers says so, and no machine answers it
        message["Auto-Submitted"] = "auto-replied"
        message["X-Auto-Response-Suppress"] = "All"
        message.set_content(letter.text)
        context = ssl.create_default_context()
        try:
            if self.scheme == "smtps":
                server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=PATIENCE_S, context=context)
            else:
                server = smtplib.SMTP(self.host, self.port, timeout=PATIENCE_S)
            with server:
                if self.scheme == "smtp":
                    server.starttls(context=context)
                if self.user:
                    server.login(self.user, self.password)
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as fault:
            code, said = next(iter(fault.recipients.values()))
            raise NotSent(_words(code, said), final=500 <= code < 600) from fault
        except smtplib.SMTPResponseException as fault:
            raise NotSent(_words(fault.smtp_code, fault.smtp_error), final=False) from fault
        except (OSError, smtplib.SMTPException, ValueError) as fault:
            raise NotSent(
                " ".join(f"{type(fault).__name__} {fault}".split())[:200],
                final=isinstance(fault, ValueError) and not isinstance(fault, OSError),
            ) from fault


def _words(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(text.split())}"[:200]


def post_office(home: Home) -> PostOffice | None:
    """The operator's server; None where none is named. Raises Refused where it is named wrongly."""
    told = os.environ.get("SILD_SMTP", "").strip()
    if not told:
        return None
    url = urlsplit(told)
    sender = os.environ.get("SILD_MAIL_FROM", "").strip()
    if url.scheme not in ("smtp", "smtps") or not url.hostname or url.password:
        raise Refused(
            "SILD_SMTP is smtps://USER@HOST:465 or smtp://USER@HOST:587, without a password: "
            "that stands in the file keys/smtp.password of the home."
        )
    if "@" not in sender or any(sign.isspace() for sign in sender):
        raise Refused("SILD_MAIL_FROM is the address that letters come from, such as desk@desk.example.org. Set it beside SILD_SMTP.")
    user, place = unquote(url.username or ""), home.keys / PASSWORD
    password = ""
    if user:
        try:
            if place.stat().st_mode & 0o077:
                raise Refused(f"{place} may be read by others: chmod 600 it.")
            password = place.read_text(encoding="utf-8").rstrip("\r\n")
        except OSError as fault:
            raise Refused(f"The password for SILD_SMTP is not in {place}. Write it there, readable by its owner alone.") from fault
    port = url.port or (465 if url.scheme == "smtps" else 587)
    return PostOffice(scheme=url.scheme, host=url.hostname, port=port, user=user, password=password, sender=sender)
