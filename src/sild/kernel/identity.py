"""Identity: mechanisms, their organisations, and who acts for which with what role. Bare identifiers and names; the rest is the wings'."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor, Role
from sild.kernel.record import Record
from sild.kernel.refusals import Refused
from sild.values.marking import Marking


class Mechanism(Record):
    """A mechanism as its file describes it; `spec` is the whole file, kept as read."""

    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=300)
    exercise = models.BooleanField(default=False)
    spec = models.JSONField(default=dict)

    class Meta:
        app_label = "kernel"
        # the short names of a home's mechanisms are no secret of one of them: the gate lists them before anybody acts
        constraints = [models.UniqueConstraint(fields=["slug"], name="mechanism_slug_in_home")]


class Organisation(Record):
    """An organisation that acts in a mechanism; its members see nothing above `ceiling`."""

    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=300)
    ceiling = models.PositiveSmallIntegerField(default=int(Marking.AMBER))

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["mechanism_id", "slug"], name="organisation_slug_in_mechanism")]


class Member(Record):
    """A seat: somebody, or a named service, that acts for an organisation with some roles.

    `account_id` is the person who sits on it, once they took up their invitation. `ceiling` is the lower one of the
    organisation's and of what the roles may see. `was_taken`: somebody sits or sat on it; the database lets it go back to no never.
    """

    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=300)
    organisation_id = models.UUIDField()
    roles = ArrayField(models.CharField(max_length=40), default=list)
    ceiling = models.PositiveSmallIntegerField(default=int(Marking.RED))
    account_id = models.UUIDField(null=True, db_index=True)
    was_taken = models.BooleanField(default=False)

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["mechanism_id", "slug"], name="member_slug_in_mechanism")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.was_taken = self.was_taken or self.account_id is not None
        super().save(*args, **kwargs)


class Compartment(Record):
    """A closed room inside an organisation: records in it are there for its `members` (their seats) alone.

    A seat that its person leaves leaves the room (gate.seat_changed): `left_by` keeps which account that was, by seat, so that the same
    person back on the seat is in the room again.
    """

    name = models.CharField(max_length=200)
    members = ArrayField(models.UUIDField(), default=list)
    left_by = models.JSONField(default=dict)
    closed = models.BooleanField(default=False)

    class Meta:
        app_label = "kernel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A seat with its actor and the names that a person knows it by."""

    actor: Actor
    member_slug: str
    mechanism_slug: str
    mechanism_name: str
    exercise: bool
    organisation_name: str


COLUMNS = (
    "person, name, organisation, mechanism, roles, ceiling, compartments,"
    " member_slug, mechanism_slug, mechanism_name, exercise, organisation_name"
)
"""What the gate functions about seats answer with, in this order."""


TOKEN_MARK = "sild_"  # noqa: S105 - what every such secret begins with, no secret itself
"""How the secret of an API token begins, so that programs which look for lost secrets find it."""


def founder(slug: str, *, started_by: str) -> Actor:
    """The actor that founds a mechanism which is not there yet: the service `init`, of the secretariat to be."""
    return Actor(
        person=uuid.uuid4(),
        name=f"init of {slug}",
        organisation=uuid.uuid4(),
        mechanism=uuid.uuid4(),
        roles=frozenset({Role.SERVICE}),
        ceiling=Marking.RED,
        started_by=started_by,
    )


def actor_named(mechanism: str, member: str, *, started_by: str | None = None) -> Actor:
    """The actor for a member of a mechanism, both by their short names. Raises Refused where there is none.

    Goes through a gate function of the database: this look-up has no actor yet.
    """
    found = _seats("gate.actor(%s, %s)", [mechanism, member])
    if not found:
        told = _("The mechanism {mechanism!r} has no member {member!r}. See the members in its file.")
        raise Refused(told.format(mechanism=mechanism, member=member))
    return replace(found[0].actor, started_by=started_by)


def seats_of(account: uuid.UUID) -> list[Seat]:
    """The seats on which an account sits, by mechanism and organisation; empty for an account without one."""
    return _seats("gate.seats(%s)", [account])


def seat_of_token(secret: str, *, demo_may_enter: Callable[[], bool]) -> Seat | None:
    """The seat that an API token speaks for; None for one that is unknown, expired, withdrawn or of an account without a second factor.

    A demo person's token opens where `demo_may_enter`, asked for those alone, lets demo people in.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"select demo, {COLUMNS} from gate.token(%s)", [digest_of_secret(secret)])
        row = cursor.fetchone()
    if row is None or (row[0] and not demo_may_enter()):
        return None
    return _seat(row[1:])


def seat_of_member(member: uuid.UUID, account: uuid.UUID | None) -> Seat | None:
    """The seat of a member as it is now, if `account` sits on it still (None: nobody ever did); else None, and for a closed account."""
    found = _seats("gate.member(%s, %s)", [member, account])
    return found[0] if found else None


def account_on(member: uuid.UUID) -> uuid.UUID | None:
    """The account that sits on a seat now."""
    with connection.cursor() as cursor:
        cursor.execute("select gate.account_on(%s)", [member])
        account: uuid.UUID | None = cursor.fetchone()[0]
    return account


def digest_of_secret(secret: str) -> str:
    """What is kept of a token or an invitation: the SHA-256 of its random secret, in hex."""
    return hashlib.sha256(secret.encode()).hexdigest()


def mechanism_slugs() -> list[str]:
    """The short names of the mechanisms in this home, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute("select slug from gate.mechanisms()")
        return [str(row[0]) for row in cursor.fetchall()]


def exercises_alone() -> bool:
    """Whether every mechanism of this home is an exercise; False for a home without any."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) > 0 and bool_and(exercise) from gate.mechanisms()")
        return bool(cursor.fetchone()[0])


def _seats(gate: str, arguments: list[Any]) -> list[Seat]:
    with connection.cursor() as cursor:
        cursor.execute(f"select {COLUMNS} from {gate}", arguments)
        return [_seat(row) for row in cursor.fetchall()]


def _seat(row: tuple[Any, ...]) -> Seat:
    person, name, organisation, mechanism, roles, ceiling, compartments, member_slug, mechanism_slug, mechanism_name, exercise, of = row
    return Seat(
        actor=Actor(
            person=person,
            name=name,
            organisation=organisation,
            mechanism=mechanism,
            roles=frozenset(Role(role) for role in roles),
            ceiling=Marking(ceiling),
            compartments=frozenset(compartments),
        ),
        member_slug=member_slug,
        mechanism_slug=mechanism_slug,
        mechanism_name=mechanism_name,
        exercise=exercise,
        organisation_name=of,
    )
