"""Who sees a licence case by rule: the back offices of the mechanism, and whoever gives what the case is about."""

from __future__ import annotations

from uuid import UUID

from sild.kernel.actor import Actor
from sild.wings.parties.public import mechanism_file, organisation_ids


def case_readers(actor: Actor, provider: str) -> frozenset[UUID]:
    """The organisations that a case goes to besides its owner, whatever its marking: see released_to for what stays behind."""
    identities = organisation_ids(actor)
    return frozenset(
        identities[one.slug]
        for one in mechanism_file(actor).organisations
        if one.slug in identities
        and (one.office == "back-office" or (one.office in ("donor", "company") and provider and one.party == provider))
    )
