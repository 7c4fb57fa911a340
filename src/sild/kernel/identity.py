"""Identity: mechanisms, their organisations, and who acts for which with what role. Bare identifiers and names; the rest is the wings'."""

from __future__ import annotations

import uuid
from dataclasses import replace

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from sild.kernel.actor import Actor, Role
from sild.kernel.record import Record
from sild.kernel.refusals import Refused


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
    """An organisation that acts in a mechanism."""

    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=300)

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["mechanism_id", "slug"], name="organisation_slug_in_mechanism")]


class Member(Record):
    """A person, or a named service, that acts for an organisation with some roles."""

    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=300)
    organisation_id = models.UUIDField()
    roles = ArrayField(models.CharField(max_length=40), default=list)

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["mechanism_id", "slug"], name="member_slug_in_mechanism")]


def founder(slug: str, *, started_by: str) -> Actor:
    """The actor that founds a mechanism which is not there yet: the service `init`, of the secretariat to be."""
    return Actor(
        person=uuid.uuid4(),
        name=f"init of {slug}",
        organisation=uuid.uuid4(),
        mechanism=uuid.uuid4(),
        roles=frozenset({Role.SERVICE}),
        started_by=started_by,
    )


def actor_named(mechanism: str, member: str, *, started_by: str | None = None) -> Actor:
    """The actor for a member of a mechanism, both by their short names. Raises Refused where there is none.

    Goes through the gate function of the database, the one look-up that needs no actor.
    """
    with connection.cursor() as cursor:
        cursor.execute("select person, name, organisation, mechanism, roles from gate.actor(%s, %s)", [mechanism, member])
        rows = cursor.fetchall()
    if not rows:
        raise Refused(f"The mechanism {mechanism!r} has no member {member!r}. See the members in its file.")
    person, name, organisation, mechanism_id, roles = rows[0]
    actor = Actor(
        person=uuid.UUID(str(person)),
        name=name,
        organisation=uuid.UUID(str(organisation)),
        mechanism=uuid.UUID(str(mechanism_id)),
        roles=frozenset(Role(role) for role in roles),
    )
    return replace(actor, started_by=started_by)


def mechanism_slugs() -> list[str]:
    """The short names of the mechanisms in this home, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute("select slug from gate.mechanisms()")
        return [str(row[0]) for row in cursor.fetchall()]
