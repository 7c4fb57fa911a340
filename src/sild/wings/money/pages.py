"""Pages of money: the list, one flow, totals down to their rows, contradictions. Every form says what was read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.formats.table_sheet import table_sheet
from sild.kernel import clock
from sild.kernel.actor import PEOPLE, Actor, Role
from sild.kernel.casework import WORKERS, colleagues
from sild.kernel.casework_pages import declare_casework
from sild.kernel.downloads import download
from sild.kernel.listing import MOST_IN_A_FILE, as_csv, key_of, plain, read_key
from sild.kernel.page import offer_undo, page
from sild.kernel.refusals import Refused
from sild.kernel.sent import read_version, reason_of
from sild.wings.money.actions import advance_flow, end_flow, put_under, record_flow, show_flow, value_flow
from sild.wings.money.forms import (
    MARKINGS,
    currency_of,
    filter_of,
    group_of,
    identity_of,
    new_flow_of,
    part_of,
    shown_of,
    state_of,
    worth_of,
)
from sild.wings.money.reads import (
    DIMENSIONS,
    FLOW,
    FlowFilter,
    FlowRow,
    all_rows,
    contradictions,
    flow_record,
    list_flows,
    rows_behind,
    totals_of,
)
from sild.wings.money.reads.pictures import currencies_of, picture_of_money
from sild.wings.money.rules import POTS, FlowState, ShownAs
from sild.wings.parties.public import desk_day

READERS = PEOPLE - {Role.AUDITOR}
RECORDERS = frozenset({Role.OFFICER})
ONE = {"flow": FLOW}
SHOWN = 40
MOST_TOPICS = 200
FILES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
COLUMNS = tuple(name for name in FlowRow.__dataclass_fields__ if name not in ("version", "parent_id", "reading_of"))
"""What a file of flows holds of each."""


@page("money.list", "money/", roles=READERS)
def flows(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The flows that the reader may see, the newest first; as a file where the address says format=csv or xlsx."""
    wanted = filter_of(request.GET.dict())
    form = request.GET.get("format", "")
    if form in FILES:
        return _file("flows", form, all_rows(actor, wanted, most=MOST_IN_A_FILE), [(name, name) for name in COLUMNS])
    rows, after = list_flows(actor, wanted, after=read_key(request.GET.get("after", "")), limit=SHOWN)
    told = _address_of(wanted)
    context = {
        "rows": rows,
        "wanted": wanted,
        "in_force": [(name, value, _url("money.list", _but(told, name))) for name, value in told.items()],
        "clear_url": reverse("money.list"),
        "csv_url": _url("money.list", {**told, "format": "csv"}),
        "xlsx_url": _url("money.list", {**told, "format": "xlsx"}),
        "totals_url": _url("money.totals", told),
        "next_url": _url("money.list", {**told, "after": key_of(*after)}) if after is not None else "",
        "states": list(FlowState),
        "may": bool(actor.roles & RECORDERS),
    }
    return render(request, "money/list.html", context)


def _address_of(wanted: FlowFilter) -> dict[str, str]:
    """A filter as an address says it."""
    return {"q" if name == "text" else name: value for name, value in wanted.told().items()}


def _but(told: dict[str, str], *names: str) -> dict[str, str]:
    return {name: value for name, value in told.items() if name not in names}


def _url(name: str, told: dict[str, str]) -> str:
    return f"{reverse(name)}?{urlencode(told)}" if told else reverse(name)


def _file(name: str, form: str, rows: Iterable[object], heads: list[tuple[str, str]]) -> HttpResponse:
    """Rows as a file that spreadsheets open, made whole before it is sent."""
    found = list(rows)
    data = as_csv(found, heads) if form == "csv" else table_sheet([head for _column, head in heads], _cells(found, heads), clock.now())
    return download(data, f"{name}.{form}", FILES[form])


def _cells(rows: Iterable[object], heads: list[tuple[str, str]]) -> Iterable[list[object]]:
    """The cells of rows: amounts as exact numbers' text, everything else as the list of the house says it."""
    for row in rows:
        values = plain(row)
        yield [values.get(column) for column, _head in heads]


@page("money.totals", "money/totals/", roles=READERS)
def show_totals(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Totals of what a filter finds: a pot for each state, parted by a dimension, each leading to its rows."""
    told = request.GET.dict()
    wanted, group, currency = filter_of(told), group_of(told), currency_of(told.get("currency_wanted", ""))
    found = totals_of(actor, wanted, group=group, currency=currency)
    address = _address_of(wanted) | {name: value for name, value in (("by", group), ("currency_wanted", currency)) if value}
    pots = []
    for pot in found.pots:
        groups = [(name, total, _url("money.rows", address | {"pot": pot.pot, "group": name or "-"})) for name, total in pot.groups]
        pots.append((pot, _url("money.rows", address | {"pot": pot.pot}), groups))
    context = {
        "found": found,
        "pots": pots,
        "wanted": wanted,
        "group": group,
        "currency": currency,
        "dimensions": DIMENSIONS,
        "in_force": [(name, value, _url("money.totals", _but(address, name))) for name, value in _address_of(wanted).items()],
        "kept": _address_of(wanted),
        "list_url": _url("money.list", _address_of(wanted)),
        "clear_url": reverse("money.totals"),
    }
    return render(request, "money/totals.html", context)


@page("money.picture", "money/picture/", roles=READERS)
def picture(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Money from who gives to how far it is, in one currency, as a picture with its table."""
    wanted, pot = currency_of(request.GET.get("currency_wanted", "")), request.GET.get("pot", "")[:20]
    currencies = currencies_of(actor)
    context = {
        "drawn": picture_of_money(actor, currency=wanted, pot=pot),
        "pot": pot,
        "pots": list(POTS),
        "currency": wanted or next(iter(currencies), ""),
        "currencies": currencies,
    }
    return render(request, "money/picture.html", context)


@page("money.rows", "money/totals/rows/", roles=READERS)
def show_rows(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The rows behind one total or one of its parts, and those that it leaves out, each with the reason."""
    told = request.GET.dict()
    wanted, group, currency = filter_of(told), group_of(told), currency_of(told.get("currency_wanted", ""))
    pot, value = told.get("pot", ""), told.get("group", "").strip()[:1000]
    if pot not in POTS:
        raise Refused(_("There is no such total. Go back to the totals and choose one."))
    asked = (group, "" if value == "-" else value) if group and value else ("", "")
    found = rows_behind(actor, wanted, pot, currency=currency, group=asked)
    address = _address_of(wanted) | {name: text for name, text in (("by", group), ("currency_wanted", currency)) if text}
    context = {"found": found, "pot": pot, "group": asked[0], "value": asked[1], "back_url": _url("money.totals", address)}
    return render(request, "money/rows.html", context)


@page("money.contradictions", "money/contradictions/", roles=READERS)
def show_contradictions(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What sources say beside each other and beside their own rows, the widest apart first; with all=yes what agrees too."""
    series, everything = request.GET.get("series", "")[:60].replace("\x00", ""), request.GET.get("all", "") == "yes"
    found = contradictions(actor, series, everything=everything)
    context = {
        "found": found,
        "topics": found.topics[:MOST_TOPICS],
        "more": max(0, len(found.topics) - MOST_TOPICS),
        "series": series,
        "everything": everything,
    }
    return render(request, "money/contradictions.html", context)


@page("money.new", "money/new/", roles=RECORDERS, methods=("GET", "POST"))
def write_down(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A form to write a flow down. Its fields may be filled in by the address, as from a need or an agreement."""
    if request.method == "POST":
        flow = record_flow(actor, new_flow_of(request.POST.dict()), reason=reason_of(request))
        return _done(request, flow, _("The flow was written down."))
    told = {name: value[:LONGEST_FILLED] for name, value in request.GET.dict().items()}
    context = {"told": told, "states": list(FlowState), "ways": list(ShownAs), "markings": MARKINGS, "today": desk_day(actor)}
    return render(request, "money/new.html", context)


LONGEST_FILLED = 600


@page("money.flow", "money/<uuid:flow>/", roles=READERS, subjects=ONE)
def show_one(request: HttpRequest, actor: Actor, flow: UUID) -> HttpResponse:
    """A flow whole: where its money came from and went, what happened to it, its source's row, and what may come next."""
    record = flow_record(actor, flow)
    working = bool(actor.roles & WORKERS)
    context = {
        "record": record,
        "may": bool(record.advances) or (record.own and bool(actor.roles & RECORDERS) and not record.row.ended),
        "ways": list(ShownAs),
        "today": desk_day(actor),
        "working": working,
        "colleagues": colleagues(actor) if working else (),
        "person": actor.person,
    }
    return render(request, "money/flow.html", context)


Doing = Callable[[HttpRequest, Actor, UUID], str]


def _advance(request: HttpRequest, actor: Actor, flow: UUID) -> str:
    told = request.POST.dict()
    moved = advance_flow(
        actor, flow, state_of(told.get("state", "")), part_of(told), version=read_version(request), reason=reason_of(request)
    )
    return _("The money was moved on.") if moved == flow else _("The part was moved on as a flow of its own; the rest stays here.")


def _value(request: HttpRequest, actor: Actor, flow: UUID) -> str:
    value_flow(actor, flow, worth_of(request.POST.dict()), version=read_version(request), reason=reason_of(request))
    return _("It is written down what the flow is worth.")


def _under(request: HttpRequest, actor: Actor, flow: UUID) -> str:
    within = request.POST.get("within", "") == "yes"
    parent = identity_of(request.POST.get("parent", ""))
    put_under(actor, flow, parent, within=within, version=read_version(request), reason=reason_of(request))
    return _("It is written down out of which flow the money came.")


def _show(request: HttpRequest, actor: Actor, flow: UUID) -> str:
    show_flow(actor, flow, shown_of(request.POST.get("shown_as", "")), version=read_version(request), reason=reason_of(request))
    return _("It is shown so from now on.")


def _end(request: HttpRequest, actor: Actor, flow: UUID) -> str:
    end_flow(actor, flow, version=read_version(request), reason=reason_of(request))
    return _("The flow was ended; it stands in no total any more.")


def _declare(name: str, roles: frozenset[Role], doing: Doing) -> None:
    """A page of one form about a flow: one act, then back to the flow."""

    @page(f"money.{name}", f"money/<uuid:flow>/{name}/", roles=roles, methods=("POST",), subjects=ONE)
    def view(request: HttpRequest, actor: Actor, flow: UUID) -> HttpResponse:
        return _done(request, flow, doing(request, actor, flow))


for _name, _roles, _doing in (
    ("advance", RECORDERS, _advance),
    ("value", RECORDERS, _value),
    ("under", RECORDERS, _under),
    ("show", RECORDERS, _show),
    ("end", RECORDERS, _end),
):
    _declare(_name, _roles, _doing)

declare_casework("flow", FLOW, names="money.", path="money/", back="money.flow")


def _done(request: HttpRequest, flow: UUID, words: str) -> HttpResponse:
    offer_undo(request, words)
    return HttpResponseRedirect(reverse("money.flow", args=[flow]))
