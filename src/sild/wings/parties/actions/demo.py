"""Demo people: ready accounts of an exercise, one for each role, so that somebody can look at the desk from every side."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password, make_password
from django.utils.translation import gettext as _

from sild.kernel.accounts import Account
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.identity import Member, exercises_alone
from sild.kernel.refusals import Refused
from sild.wings.parties.rules import DEMO_DOMAIN, DEMO_ROLES

DOOR = frozenset({Role.SERVICE})


@action("parties.seat-demo-people", roles=DOOR)
def seat_demo_people(actor: Actor, password: str) -> list[tuple[str, str]]:
    """Give each role of the mechanism a demo person, on its first free seat: (role, address), in the order of the roles.

    What is there stays; the password becomes the given one. Raises Refused in a home that holds anything but exercises.
    """
    if not exercises_alone():
        raise Refused(
            _(
                "Demo people exist in a home of exercises alone, and this home holds a mechanism that is none."
                " Make another home for the demo."
            )
        )
    members = list(Member.objects.order_by("created_at", "slug"))
    kept: str | None = None
    made = []
    for role in DEMO_ROLES:
        email = f"{role}@{DEMO_DOMAIN}"
        account = Account.objects.filter(email=email).first() or Account(email=email, demo=True, password="")
        seats = [member for member in members if role in member.roles and member.account_id in (None, account.id)]
        if not seats:
            continue
        if not account.password or not check_password(password, account.password):
            account.password = kept = kept or make_password(password)
            account.save()
        if all(member.account_id is None for member in seats):
            seats[0].account_id = account.id
            seats[0].save()
        made.append((role, email))
    return made
