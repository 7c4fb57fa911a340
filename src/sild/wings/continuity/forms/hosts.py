"""What people send about hosts. What cannot be read is refused in words."""

from __future__ import annotations

from collections.abc import Mapping

from sild.wings.continuity.actions import HostFacts, SealedPlace
from sild.wings.continuity.forms.fields import host_fields, sent
from sild.wings.continuity.rules import HostAgreement, HostState, Immunity


def host_of(told: Mapping[str, str]) -> HostFacts:
    """What a form says of a host. Raises Refused."""
    read = sent(host_fields(), told)
    kinds = {"state": HostState, "agreement": HostAgreement, "immunity": Immunity}
    return HostFacts(**read | {name: kind(read[name]) for name, kind in kinds.items()})


def place_of(told: Mapping[str, str]) -> SealedPlace:
    """A sealed place as a form sends it."""
    return SealedPlace(text=told.get("place", ""), readers=told.get("readers", ""))
