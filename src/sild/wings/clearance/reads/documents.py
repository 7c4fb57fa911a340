"""Papers of licence cases: what a case tells them, which were made and whether they still say what the case says, and the file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from sild.kernel import originals
from sild.kernel.access import released_to
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.home import Home, current
from sild.kernel.journal import Image
from sild.kernel.originals import safe_name
from sild.kernel.record import Record
from sild.kernel.refusals import Refused
from sild.wings.clearance.models import CaseDocument, Donation, LicenceCase
from sild.wings.clearance.rules import Fact, PaperKind, changed_since, control_list, fields_of
from sild.wings.clearance.rules.came import CameKind
from sild.wings.parties.public import PartyView, parties_with_above
from sild.wings.register.public import Line

DOCUMENT = "clearance.CaseDocument"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A paper that was made, or a file that `came`. `stale` are the fields that the case tells differently now; `erased`: its words are
    gone. `name` and `signed_on` are those of a file that came; `own`: the reader's organisation made or attached it."""

    id: UUID
    version: int
    kind: PaperKind | CameKind
    came: bool
    name: str
    signed_on: date | None
    own: bool
    languages: tuple[str, ...]
    made_by: str
    made_on: date
    case_version: int
    sha256: str
    size: int
    unknown: tuple[str, ...]
    stale: tuple[str, ...]
    erased: bool
    marking: int


def facts_of(case: LicenceCase) -> dict[str, Fact]:
    """What a case itself tells a paper, by field; what it does not know is left out."""
    looked_at = set(case.entries)
    codes = [entry.code for entry in control_list().entries if entry.id in looked_at]
    told: dict[str, tuple[str, Any]] = {
        "authority": ("text", case.authority),
        "jurisdiction": ("territory", case.jurisdiction),
        "reference": ("text", case.reference),
        "item": ("text", case.item),
        "exporter": ("party", {"name": case.provider, "names": {}} if case.provider else None),
        "end_user": ("party", {"name": case.beneficiary, "names": {}} if case.beneficiary else None),
        "entries": ("list", [f"{', '.join(codes)} ({case.entries_version})"] if codes else None),
        "conditions": ("list", list(case.conditions)),
    }
    if case.quantity is not None:
        told["quantity"] = ("amount", {"quantity": f"{case.quantity.normalize():f}", "unit": case.unit})
    told |= _waited_for(case)
    return {name: {"kind": kind, "value": value} for name, (kind, value) in told.items() if value or kind == "days"}


def _waited_for(case: LicenceCase) -> dict[str, tuple[str, Any]]:
    """Since when the case is as it is, with what was said then, when somebody asked again since, and the term that the authority told."""
    history = case.history()
    began = next((place for place in reversed(range(len(history))) if history[place].moved), 0)
    return {
        "waiting_since": ("days", [case.state_since.isoformat()]),
        "waiting_for": ("text", history[began].reason if history else ""),
        "asked_again": ("days", [step.on.isoformat() for step in history[began + 1 :]]),
        "term": ("text", " · ".join(filter(None, (str(case.term_days), case.term_source))) if case.term_days else ""),
    }


def facts_around(actor: Actor, case: LicenceCase) -> dict[str, Fact]:
    """What the maker of a paper knows besides: the parties on record, what a decision says it is for, and the line where they see it."""
    there = {party.name: party for party in parties_with_above(actor, [case.provider, case.beneficiary])}
    facts: dict[str, Fact] = {}
    for field, name in (("exporter", case.provider), ("end_user", case.beneficiary)):
        party = there.get(name)
        if party is None:
            continue
        facts[field] = {"kind": "party", "value": {"name": party.name, "names": _names(party)}}
        if party.country:
            facts[f"{field}_country"] = {"kind": "territory", "value": party.country}
    decisions = Donation.objects.filter(line_id=case.line_id).exclude(purpose="").order_by("-created_at", "id")
    said = next((one.purpose for one in decisions if _open_to_readers_of(case, one)), "")
    if said:
        facts["end_use"] = {"kind": "text", "value": said}
    line = Line.objects.filter(id=case.line_id).first()
    if line is not None and line.value_amount is not None and line.value_currency and _open_to_readers_of(case, line):
        facts["value"] = {"kind": "money", "value": {"amount": f"{line.value_amount:f}", "currency": line.value_currency}}
    return facts


BEYOND_CASE = frozenset({"value", "end_use"})
"""Fields of a paper that its case does not tell: they come from the line and from a decision, which have readers of their own."""


def _open_to_readers_of(case: LicenceCase, record: Record) -> bool:
    """Whether everybody who reads the case, and so its papers, may read this line or decision too."""
    if record.marking > case.marking or (record.compartment_id, record.embargo_until) != (case.compartment_id, case.embargo_until):
        return False
    return {case.owner_id, *case.releasable_to} <= {record.owner_id, *record.releasable_to}


def _names(party: PartyView) -> dict[str, str]:
    """The first name on record in each language: the others are short forms."""
    found: dict[str, str] = {}
    for language, name in party.aliases:
        if language != "en":
            found.setdefault(language, name)
    return found


@read
def documents_of(actor: Actor, case_id: UUID) -> tuple[DocumentRow, ...]:
    """The papers of a case that the reader may see, the newest first. Raises NotThere."""
    case: LicenceCase = LicenceCase.found(case_id)
    now = facts_of(case)
    return tuple(_row(actor, one, now) for one in CaseDocument.objects.filter(case_id=case.id).order_by("-created_at", "-id"))


@read
def document_file(actor: Actor, document_id: UUID) -> tuple[str, bytes]:
    """The name and the bytes of a paper as it was made. Raises NotThere; Refused where its words were erased."""
    document: CaseDocument = CaseDocument.found(document_id)
    if document.came:
        return _file_that_came(document)
    if not document.content:
        raise Refused(_("The words of this paper were erased. Make it anew if it is still needed."))
    return safe_name(f"{document.kind} {'-'.join(document.languages)} {document.made_on.isoformat()}.docx"), document.data


def readers_of_paper(document: CaseDocument, case: Image, owner: UUID) -> list[UUID]:
    """Whom a paper of a case is released to: the readers of the case, its owner among them, unless the paper is more closed."""
    wanted = {*case["releasable_to"], case["owner_id"]}
    marking = max(document.marking, case["marking"])
    return released_to(wanted, None, owner=owner, marking=marking, compartment_id=case["compartment_id"])


def came_store(home: Home) -> Path:
    """Where the bytes of files that came for licences lie: beside the originals of messages, so that neither's going takes the other's."""
    return home.originals / "licences"


def _file_that_came(document: CaseDocument) -> tuple[str, bytes]:
    place = originals.place_of(came_store(current()), document.sha256)
    if not document.name or not place.is_file():
        raise Refused(_("The file is not kept any more. Ask whoever sent it to send it again."))
    return document.name, place.read_bytes()


@read
def signatures_of(actor: Actor, lines: Iterable[UUID]) -> dict[UUID, date]:
    """By line the last day on which an end-use statement for it was signed, as far as the reader sees the statement."""
    cases = dict(LicenceCase.objects.filter(line_id__in=list(lines)).values_list("id", "line_id"))
    signed = CaseDocument.objects.filter(case_id__in=list(cases), came=True, kind=CameKind.SIGNED).exclude(signed_on=None)
    found: dict[UUID, date] = {}
    for case, day in signed.order_by("signed_on").values_list("case_id", "signed_on"):
        if day is not None:
            found[cases[case]] = day
    return found


@read
def documents_naming(actor: Actor, words: Iterable[str]) -> list[dict[str, Any]]:
    """The organisation's papers in which one of the words stands, as plain data to hand out to whom they name."""
    said = Q()
    for word in words:
        said |= Q(told__icontains=word) | Q(made_by_name__icontains=word) | Q(name__icontains=word)
    if not said:
        return []
    found = CaseDocument.objects.annotate(told=Cast("facts", TextField())).filter(said, owner_id=actor.organisation)
    told = ("kind", "name", "facts")
    return [
        {name: getattr(one, name) for name in told} | {"made_on": one.made_on.isoformat()} for one in found.order_by("created_at", "id")
    ]


def _gone_on(document: CaseDocument, now: dict[str, Fact]) -> tuple[str, ...]:
    """The fields of a paper that the case tells differently now; what does not stand on it does not age it."""
    fields = fields_of(PaperKind(document.kind))
    kept, told = ({name: facts[name] for name in fields if name in facts} for facts in (document.facts, now))
    return changed_since(kept, told)


def _row(actor: Actor, document: CaseDocument, now: dict[str, Fact]) -> DocumentRow:
    erased = not (document.name if document.came else document.content)
    return DocumentRow(
        id=document.id,
        version=document.version,
        kind=CameKind(document.kind) if document.came else PaperKind(document.kind),
        came=document.came,
        name=document.name,
        signed_on=document.signed_on,
        own=document.owner_id == actor.organisation,
        languages=tuple(document.languages),
        made_by=document.made_by_name,
        made_on=document.made_on,
        case_version=document.case_version,
        sha256=document.sha256,
        size=document.size,
        unknown=tuple(document.unknown),
        stale=() if erased or document.came else _gone_on(document, now),
        erased=erased,
        marking=document.marking,
    )
