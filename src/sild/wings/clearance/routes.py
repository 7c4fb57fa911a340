"""Licence cases for programs: the list, one case, opening and moving it, past routes, the list of control entries."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router

from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.listing import key_of
from sild.kernel.route import FILES, FORM, BadRequest, Cut, Download, WrongMedia, route, takes_files
from sild.kernel.shapes import Listed, Made
from sild.values.marking import Marking
from sild.wings.clearance import schemas
from sild.wings.clearance.actions import (
    LIAISONS,
    OPENERS,
    POSITIONED,
    PREPARERS,
    RAISERS,
    SPEAKERS,
    TELLERS,
    CameFile,
    answer_handover,
    attach_file,
    begin_silence,
    chase_case,
    cite_precedent,
    close_objection,
    decide_donation,
    describe_case,
    describe_donation,
    detach_file,
    hand_over,
    make_document,
    move_case,
    object_in_case,
    open_case,
    prepare_donation,
    raise_objection,
    reopen_donation,
    reopen_objection,
    reply_to_objection,
    state_position,
    tell_condition,
)
from sild.wings.clearance.forms import bytes_of
from sild.wings.clearance.reads import (
    CaseFilter,
    ObjectionFilter,
    case_record,
    document_file,
    documents_of,
    donation_record,
    handover_record,
    line_conditions,
    list_cases,
    list_donations,
    list_handovers,
    list_objections,
    objection_record,
    past_routes,
)
from sild.wings.clearance.rules import control_list, grounds
from sild.wings.clearance.rules.conditions import ConditionSource
from sild.wings.register.public import line_record

router = Router(tags=["licences"])

READERS = PEOPLE - {Role.AUDITOR}
CASE = {"case": "clearance.LicenceCase"}
PAPER = {"paper": "clearance.CaseDocument"}
LINE = {"line": "register.Line"}
OBJECTION = {"objection": "clearance.Objection"}
HANDOVER = {"handover": "clearance.Handover"}
DONATION = {"donation": "clearance.Donation"}
OFFICERS = frozenset({Role.OFFICER})


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
    """Open the case of a line of an offer in a jurisdiction; one that is there already is that one, and one of another line is named."""
    return Made(id=open_case(actor, line, new.jurisdiction, new.authority, apart=new.apart, reason=new.reason))


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
    """The papers that were made of a case and the files that came for it, the newest first; all on one page."""
    return Cut(items=[schemas.CasePaper.model_validate(row) for row in documents_of(actor, case)])


@route(router, "post", "/licence-cases/{case}/papers", roles=OPENERS, answer=Made, subjects=CASE)
def make_paper(actor: Actor, case: UUID, new: schemas.NewPaper) -> Made:
    """Make a relay note or an end-use statement of a case, in a language and English. What nobody knows stands as a blank in it."""
    return Made(id=make_document(actor, case, new.kind, new.language, version=new.version))


@route(router, "post", "/licence-cases/{case}/files", roles=OPENERS, answer=Made, subjects=CASE)
@takes_files
def attach_file_to_case(actor: Actor, case: UUID, request: HttpRequest, told: Query[schemas.WantedFile]) -> Made:
    """Attach a file that came: in a form (field `file`, up to 25 MB) or bare with `name` (up to 2.5 MB). It stands among the papers."""
    name, data = _sent(request, told.name)
    marking = Marking.parse(told.marking)
    file = CameFile(kind=told.kind, name=name, data=data, on=told.on, signed_on=told.signed_on, marking=marking)
    return Made(id=attach_file(actor, case, file, version=told.version))


def _sent(request: HttpRequest, name: str) -> tuple[str, bytes]:
    """The name and the bytes of the file in a request. Raises BadRequest, WrongMedia, Refused."""
    if request.content_type not in FILES:
        raise WrongMedia(_("Send the file as one of {media}.").format(media=", ".join(sorted(FILES))))
    if request.content_type != FORM:
        return name or "file", request.body
    file = request.FILES.get("file")
    if file is None:
        raise BadRequest(_("The form has no field `file` with a file in it."))
    return name or file.name or "file", bytes_of(file)


@route(router, "delete", "/licence-papers/{paper}", roles=OPENERS, answer=None, status=204, subjects=PAPER)
def detach_file_of_case(actor: Actor, paper: UUID, told: schemas.FileGone) -> None:
    """Take a file that was attached by mistake away from its case."""
    detach_file(actor, paper, version=told.version, reason=told.reason)


@route(router, "get", "/licence-papers/{paper}/file", roles=READERS, answer=Download, subjects=PAPER)
def download_paper(actor: Actor, paper: UUID) -> Download:
    """The paper as it was made, a Word document; or the file as it came."""
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


@route(router, "get", "/objections", roles=READERS, answer=Listed[schemas.Objection])
def list_all_objections(actor: Actor, wanted: Query[schemas.WantedObjections]) -> Cut:
    """The objections that you may see, the newest first."""
    narrowed = wanted.model_dump(exclude={"after", "limit", "q"})
    found, after = list_objections(actor, ObjectionFilter(**narrowed, text=wanted.q), after=wanted.key, limit=wanted.limit)
    return Cut(items=[schemas.Objection.model_validate(row) for row in found], after=key_of(*after) if after is not None else "")


@route(router, "get", "/objections/{objection}", roles=READERS, answer=schemas.WholeObjection, subjects=OBJECTION)
def read_objection(actor: Actor, objection: UUID) -> schemas.WholeObjection:
    """An objection with its turns, and how you may end it now."""
    seen = objection_record(actor, objection)
    told = {name: getattr(seen, name) for name in schemas.WholeObjection.model_fields if name != "objection"}
    return schemas.WholeObjection.model_validate(told | {"objection": seen.row})


@route(router, "post", "/lines/{line}/objections", roles=RAISERS, answer=Made, subjects=LINE)
def raise_objection_to_line(actor: Actor, line: UUID, new: schemas.NewObjection) -> Made:
    """Object to a line; the reason is the objection in words."""
    return Made(id=raise_objection(actor, line, new.raised(), reason=new.reason))


@route(router, "post", "/licence-cases/{case}/objections", roles=RAISERS, answer=Made, subjects=CASE)
def raise_objection_in_case(actor: Actor, case: UUID, new: schemas.NewObjection) -> Made:
    """Object to the line of a licence case, which you need not see."""
    return Made(id=object_in_case(actor, case, new.raised(), reason=new.reason))


@route(router, "post", "/objections/{objection}/replies", roles=SPEAKERS, answer=None, status=204, subjects=OBJECTION)
def reply_to_one(actor: Actor, objection: UUID, told: schemas.ObjectionReply) -> None:
    """Say something to an objection; `breaks_silence` ends the silence procedure that runs."""
    reply_to_objection(actor, objection, breaks_silence=told.breaks_silence, version=told.version, reason=told.reason)


@route(router, "post", "/objections/{objection}/silence", roles=OFFICERS, answer=None, status=204, subjects=OBJECTION)
def begin_silence_procedure(actor: Actor, objection: UUID, told: schemas.Silence) -> None:
    """Put a text before everybody who sees the objection: who does not speak until the day is over agrees. A person closes it then."""
    begin_silence(actor, objection, told.until, version=told.version, reason=told.reason)


@route(router, "post", "/objections/{objection}/closing", roles=RAISERS, answer=None, status=204, subjects=OBJECTION)
def end_objection(actor: Actor, objection: UUID, told: schemas.ObjectionEnd) -> None:
    """Lift, mitigate or overrule an objection; conditions stay with the line."""
    close_objection(actor, objection, told.closing(), version=told.version, reason=told.reason)


@route(router, "post", "/objections/{objection}/reopening", roles=RAISERS, answer=None, status=204, subjects=OBJECTION)
def reopen_one(actor: Actor, objection: UUID, told: schemas.Reopening) -> None:
    """Open a closed objection again."""
    reopen_objection(actor, objection, version=told.version, reason=told.reason)


@route(router, "get", "/lines/{line}/conditions", roles=READERS, answer=Listed[schemas.LineCondition], subjects=LINE)
def list_conditions_on_line(actor: Actor, line: UUID) -> Cut:
    """The conditions that stay with a line, whatever set them; all on one page."""
    line_record(actor, line)
    return Cut(items=[schemas.LineCondition.model_validate(one) for one in line_conditions(actor, [line]).get(line, ())])


@route(router, "get", "/objection-grounds", roles=READERS, answer=Listed[schemas.ObjectionGround])
def list_grounds(actor: Actor) -> Cut:
    """The grounds of objections, a closed list with the source of each; all on one page."""
    return Cut(items=[schemas.ObjectionGround.model_validate(one) for one in grounds()])


@route(router, "get", "/donations", roles=READERS, answer=Listed[schemas.Donation])
def list_all_donations(actor: Actor, wanted: Query[schemas.WantedDonations]) -> Cut:
    """The decisions on dual-use donations that you may see, the newest first."""
    found, after = list_donations(actor, state=wanted.state, category=wanted.category, after=wanted.key, limit=wanted.limit)
    return Cut(items=[schemas.Donation.model_validate(row) for row in found], after=key_of(*after) if after is not None else "")


@route(router, "get", "/donations/{donation}", roles=READERS, answer=schemas.WholeDonation, subjects=DONATION)
def read_donation(actor: Actor, donation: UUID) -> schemas.WholeDonation:
    """A decision with the positions of states, the precedents held beside it, and earlier decisions on things of its category."""
    seen = donation_record(actor, donation)
    told = {name: getattr(seen, name) for name in schemas.WholeDonation.model_fields if name != "donation"}
    return schemas.WholeDonation.model_validate(told | {"donation": seen.row})


@route(router, "post", "/lines/{line}/donations", roles=PREPARERS, answer=Made, subjects=LINE)
def prepare_donation_of_line(actor: Actor, line: UUID, new: schemas.NewDonation) -> Made:
    """Prepare the decision whether the thing of a line is given; one of your own that waits is that one."""
    return Made(id=prepare_donation(actor, line, new.prepared(), reason=new.reason))


@route(router, "put", "/donations/{donation}/details", roles=PREPARERS, answer=None, status=204, subjects=DONATION)
def describe_one_donation(actor: Actor, donation: UUID, told: schemas.DonationDetails) -> None:
    """Say anew what it is for, what else it could do, and under which conditions it would go."""
    describe_donation(actor, donation, told.prepared(), version=told.version, reason=told.reason)


@route(router, "post", "/donations/{donation}/positions", roles=POSITIONED, answer=None, status=204, subjects=DONATION)
def say_position(actor: Actor, donation: UUID, told: schemas.NewPosition) -> None:
    """Say a state's position; a later one takes the place of the earlier."""
    state_position(actor, donation, told.position(), version=told.version, reason=told.reason)


@route(router, "post", "/donations/{donation}/precedents", roles=PREPARERS, answer=None, status=204, subjects=DONATION)
def keep_precedent(actor: Actor, donation: UUID, told: schemas.NewPrecedent) -> None:
    """Hold an earlier decision, or words with their source, beside a decision."""
    cite_precedent(actor, donation, told.precedent(), version=told.version)


@route(router, "post", "/donations/{donation}/decision", roles=PREPARERS, answer=None, status=204, subjects=DONATION)
def decide_one_donation(actor: Actor, donation: UUID, told: schemas.DonationOutcome) -> None:
    """Write down what was decided, by whom and why; conditions stay with the line."""
    decide_donation(actor, donation, told.outcome(), version=told.version, reason=told.reason)


@route(router, "post", "/donations/{donation}/reopening", roles=PREPARERS, answer=None, status=204, subjects=DONATION)
def reopen_one_donation(actor: Actor, donation: UUID, told: schemas.Reopening) -> None:
    """Take a decision up again."""
    reopen_donation(actor, donation, version=told.version, reason=told.reason)


@route(router, "get", "/handovers", roles=READERS, answer=Listed[schemas.Handover])
def list_all_handovers(actor: Actor, wanted: Query[schemas.WantedHandovers]) -> Cut:
    """The hand-overs of military lines that you may see, the newest first."""
    found, after = list_handovers(actor, state=wanted.state, overdue=wanted.overdue, after=wanted.key, limit=wanted.limit)
    return Cut(items=[schemas.Handover.model_validate(row) for row in found], after=key_of(*after) if after is not None else "")


@route(router, "get", "/handovers/{handover}", roles=READERS, answer=schemas.WholeHandover, subjects=HANDOVER)
def read_handover(actor: Actor, handover: UUID) -> schemas.WholeHandover:
    """A hand-over with its history."""
    seen = handover_record(actor, handover)
    told = {name: getattr(seen, name) for name in schemas.WholeHandover.model_fields if name != "handover"}
    return schemas.WholeHandover.model_validate(told | {"handover": seen.row})


@route(router, "post", "/lines/{line}/handovers", roles=OFFICERS, answer=Made, subjects=LINE)
def hand_line_over(actor: Actor, line: UUID, new: schemas.NewHandover) -> Made:
    """Write down that a line that is ruled military was sent to the other mechanism. It is recalled, never undone."""
    return Made(id=hand_over(actor, line, new.to, on=new.on, due_on=new.due_on, reason=new.reason))


@route(router, "post", "/handovers/{handover}/answers", roles=OFFICERS, answer=None, status=204, subjects=HANDOVER)
def answer_one_handover(actor: Actor, handover: UUID, told: schemas.HandoverAnswer) -> None:
    """Write down that it was acknowledged, returned or recalled."""
    answer_handover(actor, handover, told.answer(), version=told.version, reason=told.reason)


@route(router, "post", "/licence-cases/{case}/conditions", roles=TELLERS, answer=Made, subjects=CASE)
def tell_condition_of_licence(actor: Actor, case: UUID, told: schemas.ConditionTold) -> Made:
    """Say of a condition of a licence that it is met or carried on, and how. The last word counts."""
    return Made(id=tell_condition(actor, ConditionSource.LICENCE, case, told.number, told.stand, reason=told.reason))


@route(router, "post", "/objections/{objection}/conditions", roles=TELLERS, answer=Made, subjects=OBJECTION)
def tell_condition_of_objection(actor: Actor, objection: UUID, told: schemas.ConditionTold) -> Made:
    """Say of a condition of an objection that ended that it is met or carried on, and how. The last word counts."""
    return Made(id=tell_condition(actor, ConditionSource.OBJECTION, objection, told.number, told.stand, reason=told.reason))


@route(router, "post", "/donations/{donation}/conditions", roles=TELLERS, answer=Made, subjects=DONATION)
def tell_condition_of_donation(actor: Actor, donation: UUID, told: schemas.ConditionTold) -> Made:
    """Say of a condition of a decision that it is met or carried on, and how. The last word counts."""
    return Made(id=tell_condition(actor, ConditionSource.DONATION, donation, told.number, told.stand, reason=told.reason))
