"""Writing public statements down: record, mend, withdraw and let count again. Each tells where it was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from sild.kernel.action import action
from sild.kernel.actor import Actor
from sild.kernel.moving import own_compartment
from sild.kernel.refusals import Refused
from sild.values.country import country_called, country_or_name
from sild.values.marking import Marking
from sild.wings.parties.public import desk_day
from sild.wings.signals.actions.recording import REPORTERS
from sild.wings.signals.models import PublicStatement
from sild.wings.signals.rules import (
    LONGEST_NAME,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_COUNTRIES,
    MOST_LANGUAGES,
    MOST_STEPS,
    Precision,
    StatementKind,
    floor_of,
    statement_step,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementFacts:
    """What was said, by whom and when. `who` is a name, `country` the State that speaks; `countries` are spoken of, `languages` codes."""

    title: str
    who: str
    kind: StatementKind = StatementKind.OTHER
    office: str = ""
    country: str = ""
    on: date | None = None
    precision: Precision = Precision.UNKNOWN
    countries: tuple[str, ...] = ()
    actor: str = ""
    summary: str = ""
    languages: tuple[str, ...] = ()
    source: str = ""
    source_on: date | None = None
    address: str = ""


@action("signals.record-statement", roles=REPORTERS)
def record_statement(
    actor: Actor, facts: StatementFacts, *, marking: Marking = Marking.AMBER, compartment: UUID | None = None, reason: str = ""
) -> UUID:
    """Write down what was said in public, in the open or in a compartment that one is in; returns its id. Raises Refused, NotThere."""
    one = PublicStatement(id=uuid4(), **_columns_of(facts))
    one.marking = int(marking)
    if compartment is not None:
        one.compartment_id = own_compartment(actor, compartment).id
    _note(actor, one, "recorded", reason)
    one.save()
    return one.id


@action("signals.mend-statement", roles=REPORTERS)
def mend_statement(actor: Actor, statement_id: UUID, facts: StatementFacts, *, version: int | None = None, reason: str) -> None:
    """Write down anew what was said. Raises NotThere, Stale, Refused."""
    one = _own(actor, statement_id, version)
    if not reason.strip():
        raise Refused(_("Say what was wrong; it stays with the statement."))
    for name, value in _columns_of(facts).items():
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


def _columns_of(facts: StatementFacts) -> dict[str, Any]:
    """The columns of what was said. Raises Refused for a missing title or speaker, a State that nobody knows, a day that is not given."""
    title, who = " ".join(facts.title.split()), " ".join(facts.who.split())
    if not title or not who:
        raise Refused(_("Say in one line what was said, and who said it."))
    if len(title) > LONGEST_TITLE or len(who) > LONGEST_NAME or len(facts.summary) > LONGEST_TEXT:
        raise Refused(_("The words are too long. Shorten the title, the name or the summary."))
    if len(facts.countries) > MOST_COUNTRIES or len(facts.languages) > MOST_LANGUAGES:
        raise Refused(_("These are more names than one statement keeps. Name the chief ones, and write the rest into the summary."))
    country = country_called(facts.country)
    if facts.country.strip() and not country:
        raise Refused(
            _("{name} is no State that the desk knows. Write its name or its code of two letters.").format(name=facts.country[:80])
        )
    if facts.on is None and facts.precision != Precision.UNKNOWN:
        raise Refused(_("Say the day, or that it is not known."))
    plain = {name: getattr(facts, name).strip() for name in ("office", "actor", "summary", "source", "address")}
    return plain | {
        "title": title,
        "who": who,
        "kind": facts.kind,
        "country": country,
        "on": floor_of(facts.on, facts.precision),
        "precision": facts.precision,
        "countries": list(dict.fromkeys(country_or_name(one) for one in facts.countries)),
        "languages": list(dict.fromkeys(one.strip().lower() for one in facts.languages if one.strip())),
        "source_on": facts.source_on,
    }


def _own(actor: Actor, statement_id: UUID, version: int | None) -> PublicStatement:
    """A statement that the actor's organisation keeps. Raises NotThere, Stale, Refused."""
    one: PublicStatement = PublicStatement.found(statement_id, version=version)
    if one.owner_id != actor.organisation:
        raise Refused(_("Another organisation keeps this statement. Ask them to mend it, or write down your own reading."))
    return one


def _note(actor: Actor, one: PublicStatement, what: str, reason: str) -> None:
    one.steps = [*one.steps, statement_step(desk_day(actor), what, actor.name, reason=reason)][-MOST_STEPS:]
