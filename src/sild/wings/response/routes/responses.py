"""Responses for programs: opened, read, closed; options picked and moved on; the three things."""

from __future__ import annotations

from uuid import UUID

from ninja import Query

from sild.kernel.actor import Actor
from sild.kernel.listing import key_of
from sild.kernel.route import Cut, route
from sild.kernel.shapes import Listed, Made
from sild.wings.response import schemas
from sild.wings.response.actions import (
    OPENERS,
    WORKERS,
    close_response,
    move_option,
    open_response,
    pick_option,
    reopen_response,
    say_essential,
    say_precondition,
    set_level,
)
from sild.wings.response.reads import PICKED, RESPONSE, PickedRow, essentials_of, list_responses, response_record
from sild.wings.response.routes.mount import router
from sild.wings.response.rules import Option, compiled_on, options

ONE = {"response": RESPONSE}
OPTION = {"option": PICKED}


def _item(row: object) -> schemas.ResponseItem:
    return schemas.ResponseItem.model_validate({name: getattr(row, name) for name in schemas.ResponseItem.model_fields})


def _option(one: Option) -> schemas.ToolboxOption:
    alike = [name for name in schemas.ToolboxOption.model_fields if name not in ("prerequisites", "legal_basis")]
    told = {name: getattr(one, name) for name in alike}
    basis = [schemas.LegalBasisOf.model_validate(each) for each in one.legal_basis]
    return schemas.ToolboxOption(**told, prerequisites={each.id: each.text for each in one.prerequisites}, legal_basis=basis)


def _picked(one: PickedRow) -> schemas.PickedOptionOf:
    alike = [name for name in schemas.PickedOptionOf.model_fields if name not in ("preconditions", "steps")]
    return schemas.PickedOptionOf(
        **{name: getattr(one, name) for name in alike},
        preconditions=[
            schemas.PreconditionOf(key=each.asked.id, text=each.asked.text, stand=each.stand, said=each.said, by=each.by)
            for each in one.preconditions
        ],
        steps=[schemas.OptionStepOf.model_validate(each) for each in one.steps],
    )


@route(router, "get", "/response-toolbox", roles=WORKERS, answer=schemas.ResponseToolbox)
def read_response_toolbox(actor: Actor) -> schemas.ResponseToolbox:
    """The options of the toolbox, each with its source and day; nothing is advised."""
    return schemas.ResponseToolbox(compiled=compiled_on(), options=[_option(one) for one in options()])


@route(router, "get", "/responses", roles=WORKERS, answer=Listed[schemas.ResponseItem])
def list_open_responses(actor: Actor, wanted: Query[schemas.WantedResponses]) -> Cut:
    """The responses that you see, the newest first."""
    found, after = list_responses(
        actor, state=wanted.state, case=wanted.case, incident=wanted.incident, after=wanted.key, limit=wanted.limit
    )
    return Cut(items=[_item(row) for row in found], after=key_of(*after) if after is not None else "")


@route(router, "get", "/responses/{response}", roles=WORKERS, answer=schemas.WholeResponse, subjects=ONE)
def read_response(actor: Actor, response: UUID) -> schemas.WholeResponse:
    """A response with what was picked for it."""
    seen = response_record(actor, response)
    return schemas.WholeResponse(
        response=_item(seen.row), summary=seen.summary, ended_why=seen.ended_why, options=[_picked(one) for one in seen.picked]
    )


@route(router, "post", "/responses", roles=OPENERS, answer=Made)
def open_new_response(actor: Actor, new: schemas.ResponseToOpen) -> Made:
    """Open a response."""
    return Made(id=open_response(actor, new.new(), reason=new.reason))


@route(router, "post", "/responses/{response}/closing", roles=OPENERS, answer=None, status=204, subjects=ONE)
def close_one_response(actor: Actor, response: UUID, told: schemas.ResponseWord) -> None:
    """Close a response."""
    close_response(actor, response, version=told.version, reason=told.reason)


@route(router, "post", "/responses/{response}/reopening", roles=OPENERS, answer=None, status=204, subjects=ONE)
def reopen_one_response(actor: Actor, response: UUID, told: schemas.ResponseWord) -> None:
    """Take a response up again."""
    reopen_response(actor, response, version=told.version, reason=told.reason)


@route(router, "post", "/responses/{response}/options", roles=WORKERS, answer=Made, subjects=ONE)
def pick_response_option(actor: Actor, response: UUID, new: schemas.OptionToPick) -> Made:
    """Propose an option."""
    return Made(id=pick_option(actor, response, new.option, level=new.level, reason=new.reason))


@route(router, "put", "/response-options/{option}/precondition", roles=WORKERS, answer=None, status=204, subjects=OPTION)
def say_option_precondition(actor: Actor, option: UUID, told: schemas.PreconditionToSay) -> None:
    """Say whether something that an option asks for first is met."""
    say_precondition(actor, option, told.key, told.stand, version=told.version, reason=told.reason)


@route(router, "put", "/response-options/{option}/level", roles=WORKERS, answer=None, status=204, subjects=OPTION)
def set_option_level(actor: Actor, option: UUID, told: schemas.LevelToSet) -> None:
    """Say at which level an option is delivered."""
    set_level(actor, option, told.level, version=told.version, reason=told.reason)


@route(router, "post", "/response-options/{option}/steps", roles=OPENERS, answer=None, status=204, subjects=OPTION)
def move_response_option(actor: Actor, option: UUID, told: schemas.ResponseOptionStep) -> None:
    """Write down where an option stands: decided, done, dropped, or taken back."""
    move_option(actor, option, told.step(), version=told.version, reason=told.reason)


@route(router, "get", "/responses/{response}/essentials", roles=WORKERS, answer=schemas.ResponseEssentials, subjects=ONE)
def read_response_essentials(actor: Actor, response: UUID) -> schemas.ResponseEssentials:
    """The three things: signal, ask, condemn."""
    found = essentials_of(actor, response)
    rows = [
        schemas.EssentialOfResponse(
            essential=one.essential,
            stand=one.stand,
            said=[
                schemas.EssentialSaidOf.model_validate({name: getattr(each, name) for name in schemas.EssentialSaidOf.model_fields})
                for each in one.said
            ],
        )
        for one in found.rows
    ]
    severity = [schemas.SeverityOfIncident.model_validate(one) for one in found.severity]
    return schemas.ResponseEssentials(rows=rows, severity=severity, decided=found.decided, rounds=found.rounds)


@route(router, "post", "/responses/{response}/essentials", roles=WORKERS, answer=Made, subjects=ONE)
def say_response_essential(actor: Actor, response: UUID, new: schemas.EssentialToSay) -> Made:
    """Say where one of the three stands."""
    return Made(id=say_essential(actor, response, new.new()))
