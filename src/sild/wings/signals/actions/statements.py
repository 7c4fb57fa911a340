"""Writing public statements down: record, mend, withdraw and let count again. Each tells where it was read."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.moving import own_compartment
from sild.kernel.refusals import Refused
from sild.kernel.turns import turn_until_commit
from sild.values.marking import Marking
from sild.wings.parties.public import desk_day
from sild.wings.signals.actions.recording import REPORTERS
from sild.wings.signals.models import PublicStatement
from sild.wings.signals.reads.telling import StatementFacts, StatementImport, columns_of_statement, statements_to_take
from sild.wings.signals.rules import MOST_STEPS, statement_step


@action("signals.record-statement", roles=REPORTERS)
def record_statement(
    actor: Actor, facts: StatementFacts, *, marking: Marking = Marking.AMBER, compartment: UUID | None = None, reason: str = ""
) -> UUID:
    """Write down what was said in public, in the open or in a compartment that one is in; returns its id. Raises Refused, NotThere."""
    one = PublicStatement(id=uuid4(), **columns_of_statement(facts))
    one.marking = int(marking)
    if compartment is not None:
        one.compartment_id = own_compartment(actor, compartment).id
    _note(actor, one, "recorded", reason)
    one.save()
    return one.id


@action("signals.import-statements", roles=REPORTERS)
def import_statements(
    actor: Actor, told: Sequence[tuple[int, StatementFacts]], name: str, *, marking: Marking = Marking.AMBER, reason: str = ""
) -> StatementImport:
    """Write down the statements of a list, all or none that can be: what stands here word for word is left. One act, undone whole.

    Raises nothing for a row that cannot be kept: it is among the refused, with its place and the reason.
    """
    turn_until_commit(actor.mechanism, "imported statements")
    result = statements_to_take(actor, told)
    for place, columns in result.columns:
        one = PublicStatement(id=uuid4(), **columns)
        one.marking = int(marking)
        _note(actor, one, "recorded", f"{name}, {place}" if not reason else f"{reason} ({name}, {place})")
        one.save()
    return result.outcome


@action("signals.mend-statement", roles=REPORTERS)
def mend_statement(actor: Actor, statement_id: UUID, facts: StatementFacts, *, version: int | None = None, reason: str) -> None:
    """Write down anew what was said. Raises NotThere, Stale, Refused."""
    one = _own(actor, statement_id, version)
    if not reason.strip():
        raise Refused(_("Say what was wrong; it stays with the statement."))
    for name, value in columns_of_statement(facts).items():
        setattr(one, name, value)
    _note(actor, one, "mended", reason)
    one.save()


@action("signals.withdraw-statement", roles=REPORTERS)
def withdraw_statement(actor: Actor, statement_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Say that it was not said, or not like this: it stays, and counts no longer. Raises NotThere, Stale, Refused."""
    one = _own(actor, statement_id, version)
    if one.withdrawn:
        raise Refused(_("The statement is withdrawn already."))
    if not reason.strip():
        raise Refused(_("Say why it does not count; it stays with the statement."))
    one.withdrawn = True
    _note(actor, one, "withdrawn", reason)
    one.save()


@action("signals.restore-statement", roles=REPORTERS)
def restore_statement(actor: Actor, statement_id: UUID, *, version: int | None = None, reason: str) -> None:
    """Let a withdrawn statement count again. Raises NotThere, Stale, Refused."""
    one = _own(actor, statement_id, version)
    if not one.withdrawn:
        raise Refused(_("The statement counts already."))
    if not reason.strip():
        raise Refused(_("Say why it counts after all; it stays with the statement."))
    one.withdrawn = False
    _note(actor, one, "restored", reason)
    one.save()


def _own(actor: Actor, statement_id: UUID, version: int | None) -> PublicStatement:
    """A statement that the actor's organisation keeps. Raises NotThere, Stale, Refused."""
    one: PublicStatement = PublicStatement.found(statement_id, version=version)
    if one.owner_id != actor.organisation:
        raise Refused(_("Another organisation keeps this statement. Ask them to mend it, or write down your own reading."))
    return one


def _note(actor: Actor, one: PublicStatement, what: str, reason: str) -> None:
    one.steps = [*one.steps, statement_step(desk_day(actor), what, actor.name, reason=reason)][-MOST_STEPS:]
