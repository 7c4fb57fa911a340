"""What is told of a public statement: the facts as people give them, the columns that keep them, and what a list of them would change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from sild.formats.incidents import Refusal
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.refusals import Refused
from sild.values.country import country_called, country_or_name
from sild.wings.signals.models import PublicStatement
from sild.wings.signals.rules import (
    LONGEST_NAME,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_COUNTRIES,
    MOST_LANGUAGES,
    Precision,
    StatementKind,
    floor_of,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementImport:
    """What became of a list, or would: rows, those that are new, those that stand here already, those that were refused."""

    rows: int
    fresh: int
    known: int
    refused: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementsToTake:
    """What a list would change: the columns of each new row by its place, and the counts."""

    columns: tuple[tuple[int, dict[str, Any]], ...]
    outcome: StatementImport


def columns_of_statement(facts: StatementFacts) -> dict[str, Any]:
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


@read
def statements_to_take(actor: Actor, told: Iterable[tuple[int, StatementFacts]], refused: Iterable[Refusal] = ()) -> StatementsToTake:
    """What a list would change; nothing is written. A row is known where title, speaker, day and State stand here outside compartments."""
    here = PublicStatement.objects.filter(owner_id=actor.organisation, compartment_id=None)
    known = set(here.values_list("title", "who", "on", "country"))
    fresh, again, unread = list[tuple[int, dict[str, Any]]](), 0, list(refused)
    wrong, rows = list(unread), list(told)
    for place, facts in rows:
        try:
            columns = columns_of_statement(facts)
        except Refused as fault:
            wrong.append(Refusal(place, str(fault)))
            continue
        key = (columns["title"], columns["who"], columns["on"], columns["country"])
        if key in known:
            again += 1
            continue
        known.add(key)
        fresh.append((place, columns))
    outcome = StatementImport(
        rows=len(rows) + len(unread), fresh=len(fresh), known=again, refused=tuple(sorted(wrong, key=lambda one: one.place))
    )
    return StatementsToTake(columns=tuple(fresh), outcome=outcome)
