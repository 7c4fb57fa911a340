"""What people send about dossiers. What cannot be read is refused in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from sild.kernel.refusals import Refused
from sild.wings.attribution.actions import NewDossier
from sild.wings.attribution.rules import EvidenceAudience


def new_dossier_of(told: Mapping[str, str]) -> NewDossier:
    """A dossier that a form asks for. Raises Refused."""
    audience = told.get("audience", "")
    if audience not in {*EvidenceAudience}:
        raise Refused(_("That is no audience. Choose from the list."))
    return NewDossier(audience=EvidenceAudience(audience), title=told.get("title", ""), language=told.get("language", ""))
