"""Verbs of the command line about people: the first officer's invitation, demo people, and what the doctor asks about them."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass

from sild.kernel.accounts import Account
from sild.kernel.actor import Role
from sild.kernel.home import Home
from sild.kernel.identity import actor_named, exercises_alone
from sild.kernel.loopback import BIND, is_loopback
from sild.kernel.refusals import Refused
from sild.wings.parties.actions import invite_member, seat_demo_people
from sild.wings.parties.rules import DOOR, MechanismFile

PASSWORD_FILE = "demo-password"  # noqa: S105 - a file's name
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are taken for one another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPeople:
    """Whom one may sign in as: (role, address) in the order of the roles, and the one password."""

    sign_ins: list[tuple[str, str]]
    password: str


def invite_first_officer(spec: MechanismFile, email: str, *, started_by: str) -> str:
    """Invite to the first officer's seat of the secretariat, in that officer's own name: the secret of the link, which ends earlier ones.

    Everybody else is invited by officers, in the browser. Raises Refused where the seat is taken, or the file has no such seat.
    """
    offices = {organisation.slug for organisation in spec.organisations if organisation.office == "secretariat"}
    officers = [member.slug for member in spec.members if Role.OFFICER in member.roles and member.organisation in offices]
    if not officers:
        raise Refused(f"The mechanism {spec.mechanism} has no member of the secretariat with the role officer. Add one to its file.")
    officer = actor_named(spec.mechanism, officers[0], started_by=started_by)
    return invite_member(officer, officer.person, email).secret


def make_demo_people(home: Home, mechanism: str, *, started_by: str | None = None) -> DemoPeople:
    """Demo people for an exercise, by its short name; the same ones again where they are there. Raises Refused where it is none."""
    password = demo_password(home)
    return DemoPeople(sign_ins=seat_demo_people(actor_named(mechanism, DOOR, started_by=started_by), password), password=password)


def demo_sign_ins() -> list[tuple[str, str]]:
    """The demo people that are there: (role, address)."""
    emails = Account.objects.filter(demo=True).order_by("made_at", "email").values_list("email", flat=True)
    return [(email.partition("@")[0], email) for email in emails]


def demo_fault() -> str:
    """What is wrong with the demo people of this home, in words; "" where nothing is, or where there are none."""
    if not Account.objects.filter(demo=True).exists():
        return ""
    if not exercises_alone():
        return "demo people, whose password is printed, sit in a home that holds more than exercises"
    bind = os.environ.get(BIND, "")
    if bind and not is_loopback(bind):
        return f"demo people, whose password is printed, sit in a home that is served on {bind}"
    return ""


def demo_password(home: Home) -> str:
    """The password of this home's demo people, made when it is first asked for; in a file that its owner alone may read."""
    place = home.keys / PASSWORD_FILE
    if not place.exists():
        fresh = place.with_name(f"{place.name}.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text("-".join("".join(secrets.choice(SIGNS) for _sign in range(4)) for _group in range(4)) + "\n", encoding="ascii")
        # whoever comes first makes it; a second process takes theirs, and never a file that is half written
        with suppress(FileExistsError):
            os.link(fresh, place)
        fresh.unlink()
    return place.read_text(encoding="ascii").strip()
