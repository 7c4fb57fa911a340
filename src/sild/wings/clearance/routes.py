"""Licence cases for programs: the list, one case, opening and moving it, past routes, the list of control entries."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router

from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.listing import key_of
from sild.kernel.route import Cut, Download, route
from sild.kernel.shapes import Listed, Made
from sild.wings.clearance import schemas
from sild.wings.clearance.actions import LIAISONS, OPENERS, chase_case, describe_case, make_document, move_case, open_case
from sild.wings.clearance.reads import CaseFilter, case_record, document_file, documents_of, list_cases, past_routes
from sild.wings.clearance.rules import control_list

router = Router(tags=["licences"])

READERS = PEOPLE - {Role.AUDITOR}
CASE = {"case": "clearance.LicenceCase"}


@route(router, "get", "/licence-cases", roles=READERS, answer=Listed[schemas.LicenceCase])
def list_licence_cases(actor: Actor, wanted: Query[schemas.WantedCases]) -> Cut:
    """The licence cases that you may see, the newest first."""
    narrowed = wanted.model_dump(exclude={"after", "limit", "q"})
    found, after = list_cases(actor, CaseFilter(**narrowed, text=wanted.q), after=wanted.key, limit=wanted.limit)
    return Cut(items=[schemas.LicenceCase.model_validate(row) for row in found], after=key_of(*after) if after is not None else "")


@route(router, "get", "/licence-cases/{case}", roles=READERS, answer=schemas.WholeCase, subjects=CASE)
def read_licence_case(actor: Actor, case: UUID) -> schemas.WholeCase:
    """A case with its clocks, its history, and the states that may come next."""
    seen = case_record(actor, case)
    told = {name: getattr(seen, name) for name in schemas.WholeCase.model_fields if name not in ("case", "entries")}
    return schemas.WholeCase.model_validate(told | {"case": seen.row, "entries": [entry.id for entry in seen.entries]})


@route(router, "post", "/lines/{line}/licence-cases", roles=OPENERS, answer=Made, subjects={"line": "register.Line"})
def open_licence_case(actor: Actor, line: UUID, new: schemas.NewCase) -> Made:
    """Open the case of a line of an offer in a jurisdiction; one that is there already is that one."""
    return Made(id=open_case(actor, line, new.jurisdiction, new.authority, reason=new.reason))


@route(router, "post", "/licence-cases/{case}/moves", roles=LIAISONS, answer=None, status=204, subjects=CASE)
def move_licence_case(actor: Actor, case: UUID, told: schemas.CaseMove) -> None:
    """Write down into which state the case came, on which day and why."""
    move_case(actor, case, told.move(), version=told.version, reason=told.reason)


@route(router, "post", "/licence-cases/{case}/chasings", roles=OPENERS, answer=None, status=204, subjects=CASE)
def chase_licence_case(actor: Actor, case: UUID, told: schemas.Chasing) -> None:
    """Write down that somebody was asked again, and when to ask the next time."""
    chase_case(actor, case, told.due_on, version=told.version, reason=told.reason)


@route(router, "put", "/licence-cases/{case}/details", roles=LIAISONS, answer=None, status=204, subjects=CASE)
def describe_licence_case(actor: Actor, case: UUID, told: schemas.CaseDetails) -> None:
    """Say whose case it is at the authority, how long it says that it takes, and which entries were looked at."""
    describe_case(actor, case, told.described(), version=told.version, reason=told.reason)


@route(router, "get", "/licence-cases/{case}/papers", roles=READERS, answer=Listed[schemas.CasePaper], subjects=CASE)
def list_papers(actor: Actor, case: UUID) -> Cut:
    """The papers that were made of a case, the newest first; all on one page."""
    return Cut(items=[schemas.CasePaper.model_validate(row) for row in documents_of(actor, case)])


@route(router, "post", "/licence-cases/{case}/papers", roles=OPENERS, answer=Made, subjects=CASE)
def make_paper(actor: Actor, case: UUID, new: schemas.NewPaper) -> Made:
    """Make a relay note or an end-use statement of a case, in a language and English. What nobody knows stands as a blank in it."""
    return Made(id=make_document(actor, case, new.kind, new.language, version=new.version))


@route(router, "get", "/licence-papers/{paper}/file", roles=READERS, answer=Download, subjects={"paper": "clearance.CaseDocument"})
def download_paper(actor: Actor, paper: UUID) -> Download:
    """The paper as it was made, a Word document."""
    name, data = document_file(actor, paper)
    return Download(name=name, data=data)


@route(router, "get", "/licence-routes", roles=READERS, answer=Listed[schemas.PastRoute])
def list_past_routes(actor: Actor, wanted: Query[schemas.WantedRoutes]) -> Cut:
    """How long answered applications took, by jurisdiction, authority and category, with their cases; all on one page."""
    return Cut(items=[schemas.PastRoute.model_validate(one) for one in past_routes(actor, **wanted.model_dump())])


@route(router, "get", "/control-entries", roles=READERS, answer=schemas.ControlList)
def read_control_list(actor: Actor) -> schemas.ControlList:
    """The list of control entries that the desk carries: paraphrased, to be verified, never a ruling."""
    return schemas.ControlList.model_validate(control_list())
