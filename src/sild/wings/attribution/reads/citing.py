"""Evidence that is cited by its ids: what an act may cite, and what became of it since."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from sild.kernel.refusals import NotThere, Refused
from sild.wings.attribution.models import Case, Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedItem:
    """An item that something rests on. `withdrawn`: it was taken back since, which warns and changes nothing."""

    id: UUID
    title: str
    withdrawn: bool


def standing_evidence(case: Case, items: Collection[UUID]) -> list[str]:
    """The ids as they are kept, each once. Raises NotThere for an item of another case, Refused for one that was taken back."""
    wanted = list(dict.fromkeys(items))
    found = {one.id: one for one in Evidence.objects.filter(case_id=case.id, id__in=wanted)}
    for key in wanted:
        if key not in found:
            raise NotThere(_("There is no such item of evidence in this case."))
        if found[key].withdrawn:
            raise Refused(_("{title} was taken back: nothing can rest on it.").format(title=found[key].title))
    return [str(key) for key in wanted]


def cited_items(case_id: UUID) -> dict[str, CitedItem]:
    """All items of a case as they may be cited, by id as kept. Needs an actor."""
    rows: Iterable[Evidence] = Evidence.objects.filter(case_id=case_id).order_by("created_at", "id")
    return {str(one.id): CitedItem(id=one.id, title=one.title, withdrawn=one.withdrawn) for one in rows}
