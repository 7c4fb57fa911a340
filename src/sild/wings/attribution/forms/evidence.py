"""What people send about evidence. What cannot be read is refused in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from sild.cores.attribution.weighing import Aspect, ItemGrade, SourceGrade
from sild.kernel.refusals import Refused
from sild.wings.attribution.actions import NewEvidence, NewSource
from sild.wings.attribution.rules import LARGEST_EVIDENCE, EvidenceAudience


def grade_of(text: str) -> SourceGrade:
    """A source's reliability that a form says. Raises Refused."""
    if text not in {*SourceGrade}:
        raise Refused(_("Choose how reliable the source is."))
    return SourceGrade(text)


def credibility_of(text: str) -> ItemGrade:
    """An item's credibility that a form says. Raises Refused."""
    if text not in {str(int(one)) for one in ItemGrade}:
        raise Refused(_("Choose how credible the item is."))
    return ItemGrade(int(text))


def source_of(text: str) -> UUID | None:
    """A source that a form names; None for none. Raises Refused."""
    try:
        return UUID(text) if text else None
    except ValueError as fault:
        raise Refused(_("That is no source. Choose from the list.")) from fault


def new_source_of(told: Mapping[str, str]) -> NewSource:
    """A source that a form names. Raises Refused."""
    return NewSource(
        name=told.get("name", ""), reliability=grade_of(told.get("reliability", "")), stems_from=source_of(told.get("stems_from", ""))
    )


def audiences_of(texts: Iterable[str]) -> frozenset[EvidenceAudience]:
    """Audiences that a form ticks. Raises Refused."""
    chosen = set(texts)
    if chosen - {*EvidenceAudience}:
        raise Refused(_("That is no audience. Choose from the list."))
    return frozenset(EvidenceAudience(one) for one in chosen)


def new_evidence_of(request: HttpRequest) -> NewEvidence:
    """An item that a form enters, with its file. Raises Refused."""
    told, file = request.POST, request.FILES.get("file")
    source, aspect = source_of(told.get("source", "")), told.get("aspect", "")
    if source is None:
        raise Refused(_("Choose whose item it is. Name the source first."))
    if aspect not in {*Aspect}:
        raise Refused(_("Choose what the item is about."))
    return NewEvidence(
        source_id=source,
        title=told.get("title", ""),
        text=told.get("text", ""),
        aspect=Aspect(aspect),
        credibility=credibility_of(told.get("credibility", "")),
        shown_to=audiences_of(told.getlist("shown_to")),
        file_name=(file.name or "") if file is not None else "",
        data=file.read(LARGEST_EVIDENCE + 1) if file is not None else b"",
    )
