"""What people send about incidents and statements: filters, what is told, a factor, a move, a tie. What cannot be read is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from sild.formats.incidents import Refusal
from sild.formats.statement_rows import StatementTextRow
from sild.kernel.refusals import Refused
from sild.kernel.sent import chosen_marking, day_of
from sild.values.marking import Marking
from sild.wings.signals.actions import IncidentFacts, NewNotice, StatementFacts, Weighing
from sild.wings.signals.reads import IncidentFilter, StatementFilter, StudyQuestion
from sild.wings.signals.rules import Degree, IncidentKind, IncidentState, Precision, StatementKind, TieKind, WhyNot

LONGEST = 300
FIGURES = 4
MARKINGS = (Marking.CLEAR, Marking.GREEN, Marking.AMBER)
"""What a new incident may be marked; higher ones are raised on its page about who sees it."""
NAMES = re.compile(r"[\n;]+")
Word = TypeVar("Word", IncidentKind, IncidentState, Precision, StatementKind, TieKind, Degree, WhyNot)


def filter_of(told: Mapping[str, str]) -> IncidentFilter:
    """The filter that an address says; a value that nobody knows finds nothing."""
    named = {name: _text(told, name) for name in IncidentFilter.__dataclass_fields__ if name != "text"}
    return IncidentFilter(**named, text=_text(told, "q"))


def facts_of(told: QueryDict) -> IncidentFacts:
    """What a form tells of an incident. Raises Refused."""
    begins, begins_precision = _when(told, "begins")
    ends, ends_precision = _when(told, "ends")
    return IncidentFacts(
        title=told.get("title", "").strip(),
        kind=word_of(IncidentKind, told.get("kind", "")),
        summary=told.get("summary", "").strip(),
        begins=begins,
        begins_precision=begins_precision,
        ends=ends,
        ends_precision=ends_precision,
        place=_text(told, "place"),
        countries=names_in(told.get("countries", "").replace(",", ";")),
        victims=names_in(told.get("victims", "")),
        sectors=tuple(told.getlist("sectors")),
        source=_text(told, "source"),
        source_on=day_of(told.get("source_on", "")),
        address=_text(told, "address", 1000),
    )


def statement_filter_of(told: Mapping[str, str]) -> StatementFilter:
    """The filter of statements that an address says."""
    named = {name: _text(told, name) for name in StatementFilter.__dataclass_fields__ if name != "text"}
    return StatementFilter(**named, text=_text(told, "q"))


def statement_of(told: Mapping[str, str]) -> StatementFacts:
    """What a form tells of a statement. Raises Refused."""
    day = day_of(told.get("on", ""))
    precision = told.get("precision", "")
    return StatementFacts(
        title=_text(told, "title", 400),
        who=_text(told, "who"),
        kind=word_of(StatementKind, told.get("kind", "")),
        office=_text(told, "office"),
        country=_text(told, "country"),
        on=day,
        precision=word_of(Precision, precision) if precision else Precision.UNKNOWN if day is None else Precision.DAY,
        countries=names_in(told.get("countries", "").replace(",", ";")),
        actor=_text(told, "actor"),
        summary=_text(told, "summary", 4000),
        languages=names_in(told.get("languages", "").replace(",", ";")),
        source=_text(told, "source"),
        source_on=day_of(told.get("source_on", "")),
        address=_text(told, "address", 1000),
    )


def statements_in(rows: Iterable[StatementTextRow]) -> tuple[list[tuple[int, StatementFacts]], list[Refusal]]:
    """What the rows of a list tell, each with its place, and those that tell nothing that can be kept, with the reason."""
    told, refused = list[tuple[int, StatementFacts]](), list[Refusal]()
    for row in rows:
        try:
            told.append((row.place, statement_of({**row.cells, "on": row.cells.get("day", ""), "kind": row.cells.get("kind", "other")})))
        except Refused as fault:
            refused.append(Refusal(row.place, str(fault)))
    return told, refused


def study_of(told: Mapping[str, str]) -> StudyQuestion:
    """What a form asks of statements and incidents. Raises Refused."""
    first, last = day_of(told.get("first", "")), day_of(told.get("last", ""))
    if first is None or last is None:
        raise Refused(_("Say from which day to which somebody looked for incidents."))
    return StudyQuestion(
        statement_kind=word_of(StatementKind, told["statement_kind"]) if told.get("statement_kind") else "",
        speaker=_text(told, "speaker", 100),
        about=_text(told, "about", 100),
        incident_kind=word_of(IncidentKind, told["incident_kind"]) if told.get("incident_kind") else "",
        country=_text(told, "country", 100),
        sector=_text(told, "sector", 40),
        first=first,
        last=last,
        window=_days_in(told, "window", 3),
        unwatched=_days_in(told, "unwatched", 0),
    )


def _days_in(told: Mapping[str, str], name: str, usual: int) -> int:
    """A number of days. Raises Refused."""
    text = _text(told, name, 10)
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and len(text) <= FIGURES):
        raise Refused(_("Write the days as a whole number."))
    return int(text)


def names_in(text: str) -> tuple[str, ...]:
    """Names as people write them into one field: a line each, or parted by semicolons."""
    return tuple(name.strip()[:LONGEST] for name in NAMES.split(text) if name.strip())


def _when(told: Mapping[str, str], name: str) -> tuple[date | None, Precision]:
    """A day with its precision; a day without one is exact, none at all is not known. Raises Refused."""
    day, precision = day_of(told.get(name, "")), told.get(f"{name}_precision", "")
    if not precision:
        return day, Precision.UNKNOWN if day is None else Precision.DAY
    return day, word_of(Precision, precision)


def word_of(words: type[Word], text: str) -> Word:
    """One of the words that a field takes. Raises Refused."""
    try:
        return words(text)
    except ValueError as fault:
        raise Refused(_("Choose one of the words of the list.")) from fault


def weighing_of(told: Mapping[str, str]) -> Weighing:
    """A factor that a form weighs. Raises Refused."""
    return Weighing(
        factor=_text(told, "factor", 40),
        degree=word_of(Degree, told.get("degree", "")),
        said=_text(told, "said"),
        source=_text(told, "source"),
        on=day_of(told.get("on", "")),
    )


def identity_of(text: str) -> UUID | None:
    """An identifier, or the address of a page that ends with one; None for an empty field. Raises Refused."""
    if not text.strip():
        return None
    try:
        return UUID(text.strip().rstrip("/").rsplit("/", 1)[-1])
    except ValueError as fault:
        raise Refused(_("That is no record of the desk. Copy its address from its page.")) from fault


def _text(told: Mapping[str, str], name: str, most: int = LONGEST) -> str:
    return told.get(name, "").replace("\x00", "").strip()[:most]


def notice_of(told: QueryDict) -> NewNotice:
    """A notice that a form gives. Raises Refused."""
    at = _moment(told.get("at", ""))
    try:
        to = tuple(UUID(one) for one in told.getlist("to") if one)
    except ValueError as fault:
        raise Refused(_("That is none of these. Choose from the list.")) from fault
    return NewNotice(
        title=_text(told, "title", 1000),
        at=at,
        says=_text(told, "says", 4000),
        earlier=_text(told, "earlier", 4000),
        watch=_text(told, "watch", 4000),
        study_id=identity_of(told.get("study", "")),
        to=to,
        marking=chosen_marking(told.get("marking", ""), MARKINGS),
    )


def _moment(text: str) -> datetime:
    """A moment as forms send it, in the desk's time zone. Raises Refused."""
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError as fault:
        raise Refused(_("{moment} is no moment. Write it as 2026-12-15T09:30.").format(moment=text[:40])) from fault
    return read if timezone.is_aware(read) else timezone.make_aware(read)
