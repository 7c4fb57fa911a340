"""What people send about what was seen. What cannot be read is refused in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from sild.kernel.refusals import Refused
from sild.wings.attribution.actions import NewSeenTrait
from sild.wings.attribution.forms.evidence import source_of


def seen_of(told: Mapping[str, str]) -> NewSeenTrait:
    """A trait that a form says was seen: its id, also where its name follows it. Raises Refused."""
    source, words = source_of(told.get("source", "")), told.get("trait", "").split()
    if source is None:
        raise Refused(_("Choose which source saw it. Name the source under the evidence first."))
    if not words:
        raise Refused(_("Say what was seen, by its id in the catalogue, such as T1566.001."))
    return NewSeenTrait(source_id=source, trait=words[0], note=told.get("note", ""))
