"""Incidents and public statements for programs: lists, one whole, writing down, mending, weighing, moving, tying, withdrawing."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router

from sild.formats.incidents import NotIncidents, read_incidents
from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.listing import key_of
from sild.kernel.refusals import Refused
from sild.kernel.route import FILES, FORM, BadRequest, Cut, WrongMedia, route, takes_files
from sild.kernel.shapes import Listed, Made
from sild.wings.parties.public import desk_day
from sild.wings.signals import schemas
from sild.wings.signals.actions import (
    ASKERS,
    MOVERS,
    NOTICE_WRITERS,
    REPORTERS,
    acknowledge_notice,
    ask_study,
    close_incident_into,
    close_statement_into,
    end_study,
    give_notice,
    import_incidents,
    mend_incident,
    mend_statement,
    move_incident,
    recall_notice,
    record_incident,
    record_statement,
    restore_statement,
    tie_incidents,
    untie_incidents,
    weigh_incident,
    withdraw_statement,
)
from sild.wings.signals.reads import (
    INCIDENT,
    NOTICE,
    STATEMENT,
    STUDY,
    TIE,
    FactorView,
    incident_record,
    list_incidents,
    list_notices,
    list_statements,
    list_studies,
    notice_record,
    preview_import,
    statement_record,
    study_record,
)

router = Router(tags=["signals"])

READERS = PEOPLE - {Role.AUDITOR}
ONE = {"incident": INCIDENT}
SAID = {"statement": STATEMENT}
ASKED = {"study": STUDY}


@route(router, "get", "/incidents", roles=READERS, answer=Listed[schemas.Incident])
def list_all_incidents(actor: Actor, wanted: Query[schemas.WantedIncidents]) -> Cut:
    """The incidents that you may see, those written down last first."""
    found, after = list_incidents(actor, wanted.wanted(), after=wanted.key, limit=wanted.limit)
    return Cut(items=[schemas.Incident.model_validate(row) for row in found], after=key_of(*after) if after is not None else "")


@route(router, "get", "/incidents/{incident}", roles=READERS, answer=schemas.WholeIncident, subjects=ONE)
def read_incident(actor: Actor, incident: UUID) -> schemas.WholeIncident:
    """An incident with its factors, attributions, contradictions, ties and what happened to it."""
    seen = incident_record(actor, incident)
    told = {name: getattr(seen, name) for name in schemas.WholeIncident.model_fields if name not in ("incident", "factors")}
    told |= {"incident": seen.row, "factors": [_factor(one) for one in seen.factors], "raw": dict(seen.raw)}
    return schemas.WholeIncident.model_validate(told | {"attributions": [dict(one) for one in seen.attributions]})


def _factor(view: FactorView) -> schemas.IncidentFactor:
    return schemas.IncidentFactor(
        factor=view.factor.key,
        defined_by=view.factor.source,
        defined_on=view.factor.as_of,
        memory=view.factor.memory,
        degree=view.degree,
        said=view.said,
        source=view.source,
        on=view.on,
    )


@route(router, "post", "/incidents", roles=REPORTERS, answer=Made)
def write_incident(actor: Actor, new: schemas.IncidentToWrite) -> Made:
    """Write an incident down for your organisation."""
    return Made(id=record_incident(actor, new.facts(), marking=new.marked(), compartment=new.compartment, reason=new.reason))


@route(router, "post", "/incident-imports", roles=frozenset({Role.OFFICER}), answer=schemas.IncidentImport)
@takes_files
def import_incidents_of_file(actor: Actor, request: HttpRequest, told: Query[schemas.WantedImport]) -> schemas.IncidentImport:
    """Take in a file of incidents (EuRepoC 1.1, STIX 2.1, MISP): in a form (field `file`) or bare with `name`. All of it is one act."""
    if request.content_type not in FILES:
        raise WrongMedia(_("Send the file as one of {media}.").format(media=", ".join(sorted(FILES))))
    sent = request.FILES.get("file") if request.content_type == FORM else None
    if request.content_type == FORM and sent is None:
        raise BadRequest(_("The form has no field `file` with a file in it."))
    data = sent.read() if sent is not None else request.body
    name = told.name or (sent.name if sent is not None else "") or "file"
    try:
        found = read_incidents(data, name)
    except NotIncidents as fault:
        raise Refused(str(fault)) from fault
    if told.preview:
        return schemas.IncidentImport.model_validate(preview_import(actor, found, desk_day(actor)))
    result = import_incidents(actor, found, name[:200], digest=hashlib.sha256(data).hexdigest())
    return schemas.IncidentImport.model_validate(result)


@route(router, "put", "/incidents/{incident}", roles=REPORTERS, answer=None, status=204, subjects=ONE)
def mend_one_incident(actor: Actor, incident: UUID, told: schemas.IncidentToMend) -> None:
    """Write down anew what is told of an incident."""
    mend_incident(actor, incident, told.facts(), version=told.version, reason=told.reason)


@route(router, "post", "/incidents/{incident}/factors", roles=REPORTERS, answer=None, status=204, subjects=ONE)
def weigh_one_incident(actor: Actor, incident: UUID, told: schemas.IncidentWeighing) -> None:
    """Say how grave one factor is."""
    weigh_incident(actor, incident, told.weighing(), version=told.version, reason=told.reason)


@route(router, "post", "/incidents/{incident}/moves", roles=REPORTERS, answer=None, status=204, subjects=ONE)
def move_one_incident(actor: Actor, incident: UUID, told: schemas.IncidentMove) -> None:
    """Move an incident on; what is not pursued says why."""
    move_incident(actor, incident, told.state, told.why_not, version=told.version, reason=told.reason)


@route(router, "post", "/incidents/{incident}/compartment", roles=MOVERS, answer=schemas.ClosedReadings, subjects=ONE)
def close_one_incident(actor: Actor, incident: UUID, into: schemas.SignalIntoCompartment) -> schemas.ClosedReadings:
    """Move an incident, the other readings of it and what hangs on it into a compartment. Two people open it again."""
    moved = close_incident_into(actor, incident, into.compartment, version=into.version, reason=into.reason)
    return schemas.ClosedReadings(readings=moved)


@route(router, "post", "/statements/{statement}/compartment", roles=MOVERS, answer=schemas.ClosedReadings, subjects=SAID)
def close_one_statement(actor: Actor, statement: UUID, into: schemas.SignalIntoCompartment) -> schemas.ClosedReadings:
    """Move a public statement and the studies that count it into a compartment. Two people open it again."""
    moved = close_statement_into(actor, statement, into.compartment, version=into.version, reason=into.reason)
    return schemas.ClosedReadings(readings=moved)


@route(router, "post", "/incidents/{incident}/ties", roles=REPORTERS, answer=Made, subjects=ONE)
def tie_one_incident(actor: Actor, incident: UUID, told: schemas.IncidentTieToRule) -> Made:
    """Rule how an incident hangs together with another."""
    return Made(id=tie_incidents(actor, incident, told.other, told.kind, reason=told.reason))


@route(router, "post", "/incident-ties/{tie}/end", roles=REPORTERS, answer=None, status=204, subjects={"tie": TIE})
def untie_one_incident(actor: Actor, tie: UUID, told: schemas.IncidentUntie) -> None:
    """Take a tie between incidents back."""
    untie_incidents(actor, tie, version=told.version, reason=told.reason)


@route(router, "get", "/public-statements", roles=READERS, answer=Listed[schemas.PublicStatement])
def list_all_public_statements(actor: Actor, wanted: Query[schemas.WantedPublicStatements]) -> Cut:
    """The public statements that you may see, those written down last first."""
    found, after = list_statements(actor, wanted.wanted(), after=wanted.key, limit=wanted.limit)
    return Cut(items=[schemas.PublicStatement.model_validate(row) for row in found], after=key_of(*after) if after is not None else "")


@route(router, "get", "/public-statements/{statement}", roles=READERS, answer=schemas.WholePublicStatement, subjects=SAID)
def read_public_statement(actor: Actor, statement: UUID) -> schemas.WholePublicStatement:
    """A public statement with where it was read and what happened to it."""
    seen = statement_record(actor, statement)
    told = {"statement": seen.row, "summary": seen.summary, "address": seen.address, "steps": [dict(one) for one in seen.steps]}
    return schemas.WholePublicStatement.model_validate(told)


@route(router, "post", "/public-statements", roles=REPORTERS, answer=Made)
def write_public_statement(actor: Actor, new: schemas.PublicStatementToWrite) -> Made:
    """Write down what was said in public."""
    return Made(id=record_statement(actor, new.facts(), marking=new.marked(), compartment=new.compartment, reason=new.reason))


@route(router, "put", "/public-statements/{statement}", roles=REPORTERS, answer=None, status=204, subjects=SAID)
def mend_one_public_statement(actor: Actor, statement: UUID, told: schemas.PublicStatementToMend) -> None:
    """Write down anew what was said."""
    mend_statement(actor, statement, told.facts(), version=told.version, reason=told.reason)


@route(router, "post", "/public-statements/{statement}/withdraw", roles=REPORTERS, answer=None, status=204, subjects=SAID)
def withdraw_one_public_statement(actor: Actor, statement: UUID, told: schemas.PublicStatementWithdrawal) -> None:
    """Say that a statement counts no longer; it stays."""
    withdraw_statement(actor, statement, version=told.version, reason=told.reason)


@route(router, "post", "/public-statements/{statement}/restore", roles=REPORTERS, answer=None, status=204, subjects=SAID)
def restore_one_public_statement(actor: Actor, statement: UUID, told: schemas.PublicStatementWithdrawal) -> None:
    """Let a withdrawn statement count again."""
    restore_statement(actor, statement, version=told.version, reason=told.reason)


@route(router, "get", "/influence-studies", roles=READERS, answer=schemas.InfluenceStudies)
def list_influence_studies(actor: Actor) -> schemas.InfluenceStudies:
    """The newest 200 studies that you may see."""
    return schemas.InfluenceStudies.model_validate({"items": list_studies(actor)})


@route(router, "get", "/influence-studies/{study}", roles=READERS, answer=schemas.WholeInfluenceStudy, subjects=ASKED)
def read_influence_study(actor: Actor, study: UUID) -> schemas.WholeInfluenceStudy:
    """A study with its finding and the rows behind it. It is as closed as the most closed incident or statement that it counts."""
    seen = study_record(actor, study)
    told = {name: getattr(seen, name) for name in ("observed_days", "faults", "refusal")}
    told |= {"study": seen.row, "finding": dict(seen.finding) if seen.finding else None, "left_out": dict(seen.left_out)}
    told |= {"statements": [one.row.id for one in seen.statements], "incidents": [one.id for one in seen.incidents]}
    return schemas.WholeInfluenceStudy.model_validate(told)


@route(router, "post", "/influence-studies", roles=ASKERS, answer=Made)
def ask_for_influence_study(actor: Actor, new: schemas.InfluenceToAsk) -> Made:
    """Ask whether incidents followed statements; the answer is worked out behind."""
    return Made(id=ask_study(actor, new.asked(), reason=new.reason))


@route(router, "post", "/influence-studies/{study}/end", roles=ASKERS, answer=None, status=204, subjects=ASKED)
def end_influence_study(actor: Actor, study: UUID, told: schemas.InfluenceEnd) -> None:
    """End a study that still waits for its answer."""
    end_study(actor, study, version=told.version, reason=told.reason)


NOTED = {"notice": NOTICE}


@route(router, "get", "/speaking-notices", roles=READERS, answer=schemas.SpeakingNotices)
def list_speaking_notices(actor: Actor) -> schemas.SpeakingNotices:
    """The notices that you gave or were given."""
    return schemas.SpeakingNotices(notices=[schemas.SpeakingNotice.model_validate(one) for one in list_notices(actor)])


@route(router, "post", "/speaking-notices", roles=NOTICE_WRITERS, answer=Made)
def give_speaking_notice(actor: Actor, told: schemas.NoticeToGive) -> Made:
    """Give notice before something is said in public. It is recalled, not undone."""
    return Made(id=give_notice(actor, told.new(), reason=told.reason))


@route(router, "get", "/speaking-notices/{notice}", roles=READERS, answer=schemas.SpeakingNotice, subjects=NOTED)
def read_speaking_notice(actor: Actor, notice: UUID) -> schemas.SpeakingNotice:
    """A notice, and who read it."""
    return schemas.SpeakingNotice.model_validate(notice_record(actor, notice))


@route(router, "post", "/speaking-notices/{notice}/receipts", roles=READERS, answer=Made, subjects=NOTED)
def acknowledge_speaking_notice(actor: Actor, notice: UUID, told: schemas.NoticeRead) -> Made:
    """Say that you read it."""
    return Made(id=acknowledge_notice(actor, notice, told.words))


@route(router, "post", "/speaking-notices/{notice}/recall", roles=NOTICE_WRITERS, answer=None, status=204, subjects=NOTED)
def recall_speaking_notice(actor: Actor, notice: UUID, told: schemas.NoticeRecall) -> None:
    """Recall a notice."""
    recall_notice(actor, notice, version=told.version, reason=told.reason)
