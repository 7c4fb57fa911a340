"""What the form that makes a report sends: its audience in one field."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.refusals import Refused
from sild.wings.disclosure.rules import AudienceKind


def audience_asked(text: str) -> tuple[AudienceKind, UUID | None]:
    """The audience: "own", "mechanism", or the identifier of an organisation. Raises Refused."""
    if text in (AudienceKind.OWN, AudienceKind.MECHANISM):
        return AudienceKind(text), None
    try:
        return AudienceKind.ORGANISATION, UUID(text)
    except ValueError as fault:
        raise Refused(_("Choose whom the report is for.")) from fault
