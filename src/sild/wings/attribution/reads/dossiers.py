"""Dossiers of a case as its readers see them, and their files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sild.formats.case_bundle import bundle_bytes
from sild.formats.report_docx import write_document
from sild.formats.report_paper import ReportPaper, paper_of_data
from sild.formats.report_pdf import write_pdf
from sild.formats.report_xlsx import write_workbook
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.refusals import NotThere, Refused
from sild.values.marking import Marking
from sild.wings.attribution.models import Case, Dossier
from sild.wings.attribution.rules import EvidenceAudience, content_digest

DOSSIER = "attribution.Dossier"
WRITERS: Mapping[str, tuple[str, Callable[[ReportPaper], bytes]]] = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", write_document),
    "pdf": ("application/pdf", write_pdf),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_workbook),
}
STIX = "application/stix+json;version=2.1"
FORMS = (*WRITERS, "stix")
"""The files of a dossier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRow:
    """A dossier in the list. `printed` is the marking of the paper; `items`: of how many items it tells."""

    id: UUID
    version: int
    audience: EvidenceAudience
    title: str
    language: str
    printed: Marking
    items: int
    digest: str
    made_by: str
    made_at: datetime
    recalled: bool
    recalled_why: str


@read
def dossiers_of(actor: Actor, case_id: UUID) -> list[DossierRow]:
    """The dossiers of a case, the newest first. Raises NotThere."""
    case: Case = Case.found(case_id)
    return [_row(one) for one in Dossier.objects.filter(case_id=case.id).order_by("-made_at", "id")]


@read
def dossier_content(actor: Actor, dossier_id: UUID) -> tuple[DossierRow, UUID, ReportPaper, dict[str, Any]]:
    """A dossier whole: its row, its case, its paper and its bundle. Raises NotThere; Refused where it was recalled or was changed."""
    one: Dossier = Dossier.found(dossier_id)
    if one.recalled:
        raise Refused(_("This dossier was recalled: its files are not given any more."))
    if content_digest(one.content) != one.digest:
        raise Refused(_("This dossier is not as it was kept: its digest differs. Ask the administrator of the home."))
    return _row(one), one.case_id, paper_of_data(one.content["paper"]), one.content["bundle"]


@read
def case_of_dossier(actor: Actor, dossier_id: UUID) -> UUID:
    """The case of a dossier. Raises NotThere."""
    one: Dossier = Dossier.found(dossier_id)
    return one.case_id


def dossier_file(actor: Actor, dossier_id: UUID, form: str) -> tuple[str, str, bytes]:
    """A dossier as a file: its name, its kind, its bytes. Raises NotThere, Refused."""
    row, _case, paper, bundle = dossier_content(actor, dossier_id)
    name = f"dossier-{row.audience}-{row.made_at:%Y-%m-%d}"
    if form == "stix":
        return f"{name}.json", STIX, bundle_bytes(bundle)
    if form not in WRITERS:
        raise NotThere(_("A dossier is no such file. Choose docx, pdf, xlsx or stix."))
    kind, write = WRITERS[form]
    return f"{name}.{form}", kind, write(paper)


def _row(one: Dossier) -> DossierRow:
    alike = ("id", "version", "title", "language", "items", "digest", "made_at", "recalled", "recalled_why")
    return DossierRow(
        **{name: getattr(one, name) for name in alike},
        audience=EvidenceAudience(one.audience),
        printed=Marking(one.printed),
        made_by=one.made_by_name,
    )
