"""Pages of public statements: the list, a form for a new one, one whole with what may be done to it."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.formats.table_sheet import table_sheet
from sild.kernel import clock
from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.downloads import download
from sild.kernel.listing import MOST_IN_A_FILE, as_csv, key_of, plain, read_key
from sild.kernel.moving import compartments_of
from sild.kernel.page import offer_undo, page
from sild.kernel.sent import chosen_marking, read_version, reason_of
from sild.wings.signals.actions import REPORTERS, mend_statement, record_statement, restore_statement, withdraw_statement
from sild.wings.signals.forms import MARKINGS, identity_of, statement_filter_of, statement_of
from sild.wings.signals.reads import (
    STATEMENT,
    CalendarFilter,
    StatementLine,
    StatementRow,
    all_statements,
    calendar_of,
    list_statements,
    statement_line,
    statement_record,
)
from sild.wings.signals.rules import Precision, StatementKind

READERS = PEOPLE - {Role.AUDITOR}
ONE = {"statement": STATEMENT}
SHOWN = 40
FILES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
COLUMNS = tuple(StatementLine.__dataclass_fields__)
"""What a file of statements holds of each."""


@page("signals.statements", "public-statements/", roles=READERS)
def statements(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The public statements that the reader may see; as a file where the address says format=csv or xlsx."""
    wanted, form = statement_filter_of(request.GET.dict()), request.GET.get("format", "")
    if form in FILES:
        return _file(form, all_statements(actor, wanted, most=MOST_IN_A_FILE))
    rows, after = list_statements(actor, wanted, after=read_key(request.GET.get("after", "")), limit=SHOWN)
    told = {"q" if name == "text" else name: value for name, value in wanted.told().items()}
    context = {
        "rows": rows,
        "wanted": wanted,
        "in_force": [(name, value, _url({key: one for key, one in told.items() if key != name})) for name, value in told.items()],
        "clear_url": reverse("signals.statements"),
        "next_url": _url(told | {"after": key_of(*after)}) if after is not None else "",
        "csv_url": _url(told | {"format": "csv"}),
        "xlsx_url": _url(told | {"format": "xlsx"}),
        "kinds": list(StatementKind),
        "may": bool(actor.roles & REPORTERS),
    }
    return render(request, "signals/statements.html", context)


def _url(told: dict[str, str]) -> str:
    here = reverse("signals.statements")
    return f"{here}?{urlencode(told)}" if told else here


def _file(form: str, rows: Iterable[StatementRow]) -> HttpResponse:
    """Statements as a file that spreadsheets open, made whole before it is sent."""
    found = [statement_line(row) for row in rows]
    if form == "csv":
        data = as_csv(found, [(name, name) for name in COLUMNS])
    else:
        data = table_sheet(COLUMNS, ([plain(line)[name] for name in COLUMNS] for line in found), clock.now())
    return download(data, f"statements.{form}", FILES[form])


@page("signals.calendar", "public-statements/calendar/", roles=READERS)
def calendar(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Statements beside incidents over time, as a picture with its table."""
    told = {name: request.GET.get(name, "").replace("\x00", "").strip()[:100] for name in CalendarFilter.__dataclass_fields__}
    wanted = CalendarFilter(**told)
    context = {"drawn": calendar_of(actor, wanted), "wanted": wanted, "narrowed": any(told.values()), "may": bool(actor.roles & REPORTERS)}
    return render(request, "signals/calendar.html", context)


@page("signals.new-statement", "public-statements/new/", roles=REPORTERS, methods=("GET", "POST"))
def write_statement_down(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A form to write a statement down."""
    if request.method == "POST":
        room = identity_of(request.POST.get("compartment", ""))
        marking = chosen_marking(request.POST.get("marking", ""), MARKINGS)
        made = record_statement(actor, statement_of(request.POST.dict()), marking=marking, compartment=room, reason=reason_of(request))
        return _done(request, made, _("The statement was written down."))
    return render(request, "signals/new_statement.html", _choices() | {"markings": MARKINGS, "rooms": compartments_of(actor)})


@page("signals.statement", "public-statements/<uuid:statement>/", roles=READERS, subjects=ONE)
def show_statement(request: HttpRequest, actor: Actor, statement: UUID) -> HttpResponse:
    """A statement whole."""
    record = statement_record(actor, statement)
    return render(request, "signals/statement.html", {"record": record, "may": record.own and bool(actor.roles & REPORTERS)} | _choices())


def _choices() -> dict[str, object]:
    return {"kinds": list(StatementKind), "precisions": list(Precision)}


@page("signals.mend-statement", "public-statements/<uuid:statement>/mend/", roles=REPORTERS, methods=("POST",), subjects=ONE)
def mend_one(request: HttpRequest, actor: Actor, statement: UUID) -> HttpResponse:
    """Write down anew what was said."""
    mend_statement(actor, statement, statement_of(request.POST.dict()), version=read_version(request), reason=reason_of(request))
    return _done(request, statement, _("The statement was mended."))


@page("signals.withdraw-statement", "public-statements/<uuid:statement>/withdraw/", roles=REPORTERS, methods=("POST",), subjects=ONE)
def withdraw_one(request: HttpRequest, actor: Actor, statement: UUID) -> HttpResponse:
    """Let a statement count no longer."""
    withdraw_statement(actor, statement, version=read_version(request), reason=reason_of(request))
    return _done(request, statement, _("The statement counts no longer. It stays where it is."))


@page("signals.restore-statement", "public-statements/<uuid:statement>/restore/", roles=REPORTERS, methods=("POST",), subjects=ONE)
def restore_one(request: HttpRequest, actor: Actor, statement: UUID) -> HttpResponse:
    """Let a withdrawn statement count again."""
    restore_statement(actor, statement, version=read_version(request), reason=reason_of(request))
    return _done(request, statement, _("The statement counts again."))


def _done(request: HttpRequest, statement: UUID, words: str) -> HttpResponse:
    offer_undo(request, words)
    return HttpResponseRedirect(reverse("signals.statement", args=[statement]))
