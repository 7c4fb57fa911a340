"""The board of licence cases: a lane for each state, the overdue first, also as a file; and the cases of one offer."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from babel import Locale
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from sild.formats.table_sheet import table_sheet
from sild.kernel import clock
from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.downloads import CSV, download
from sild.kernel.listing import MOST_IN_A_FILE, MOST_ROWS, as_csv, plain
from sild.kernel.page import page
from sild.wings.clearance.actions import OPENERS
from sild.wings.clearance.forms import MOVERS, filter_of
from sild.wings.clearance.reads import CaseFilter, CaseRow, candidates_of, case_board, cases_of_lines, list_cases
from sild.wings.clearance.reads.pictures import picture_of_licences
from sild.wings.clearance.rules import JURISDICTIONS, LANES, MOVER_OF, control_list
from sild.wings.register.public import offer_record

READERS = PEOPLE - {Role.AUDITOR}
FILES = {"csv": CSV, "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
COLUMNS = (
    "id",
    "item",
    "category",
    "quantity",
    "unit",
    "provider",
    "beneficiary",
    "jurisdiction",
    "authority",
    "reference",
    "state",
    "mover",
    "since",
    "days",
    "due_on",
    "overdue",
    "expires_on",
    "lapsed",
    "marking",
)
"""What a file of cases holds of each."""


@page("clearance.board", "licences/", roles=READERS)
def board(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The licence cases that the reader may see, in lanes; as a file where the address says format=csv or xlsx."""
    wanted = filter_of(request.GET.dict())
    if request.GET.get("format") in FILES:
        return _file(actor, wanted, request.GET["format"])
    found = case_board(actor, wanted)
    told = {"state": wanted.state, "mover": wanted.mover, "jurisdiction": wanted.jurisdiction, "category": wanted.category}
    context = {
        "board": found,
        "wanted": wanted,
        "in_force": any((*told.values(), wanted.provider, wanted.text, wanted.late)),
        "clear_url": reverse("clearance.board"),
        "clocks_url": f"{reverse('clearance.clocks')}?{request.GET.urlencode()}",
        "file_urls": [
            (form.upper(), f"{reverse('clearance.board')}?{urlencode({**request.GET.dict(), 'format': form})}") for form in FILES
        ],
        "states": LANES,
        "movers": MOVERS,
    }
    return render(request, "clearance/board.html", context)


def _file(actor: Actor, wanted: CaseFilter, form: str) -> HttpResponse:
    """The cases of a filter as spreadsheets open them, the newest first, up to ten thousand: codes and ids as programs know them."""
    rows: list[CaseRow] = []
    after = None
    while len(rows) < MOST_IN_A_FILE:
        found, after = list_cases(actor, wanted, after=after, limit=MOST_ROWS)
        rows += found
        if after is None:
            break
    rows = rows[:MOST_IN_A_FILE]
    if form == "csv":
        data = as_csv(rows, [(name, name) for name in COLUMNS])
    else:
        data = table_sheet(COLUMNS, ([plain(row)[name] for name in COLUMNS] for row in rows), clock.now())
    return download(data, f"licence-cases.{form}", FILES[form])


@page("clearance.clocks", "licences/clocks/", roles=READERS)
def clocks(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The clocks of the same cases over time, as a picture with its table."""
    context = {
        "drawn": picture_of_licences(actor, filter_of(request.GET.dict())),
        "board_url": f"{reverse('clearance.board')}?{request.GET.urlencode()}",
    }
    return render(request, "clearance/clocks.html", context)


@page("clearance.offer", "offers/<uuid:offer>/licences/", roles=READERS, subjects={"offer": "register.Offer"})
def of_offer(request: HttpRequest, actor: Actor, offer: UUID) -> HttpResponse:
    """The licence cases of one offer, what is worth a look, and a form to open a case for one of its lines."""
    record = offer_record(actor, offer)
    lines = [line for line in record.lines if line.kind != "withdrawal"]
    may = record.joined_into is None and bool(actor.roles & OPENERS) and record.beside.own
    context = {
        "record": record,
        "rows": cases_of_lines(actor, [line.id for line in record.lines]),
        "lines": lines,
        "may": may and bool(lines),
        "jurisdictions": _by_name(),
        "candidates": candidates_of(record.category, " ".join([record.title, *(line.item for line in lines)])),
        "list_version": control_list().version,
        "movers": MOVER_OF,
    }
    return render(request, "clearance/offer.html", context)


def _by_name() -> list[str]:
    """The codes of all jurisdictions, by their names in the reader's language."""
    names = Locale.parse((get_language() or "en").replace("-", "_")).territories
    return sorted(JURISDICTIONS, key=lambda code: str(names.get(code, code)))
