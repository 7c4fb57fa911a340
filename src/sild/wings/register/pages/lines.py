"""What an officer does with a line: accept, reject, reopen, mend, split."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sild.kernel.actor import Actor, Role
from sild.kernel.page import page
from sild.kernel.refusals import Refused
from sild.wings.register.actions import Part, accept_line, mend_line, reject_line, reopen_line, split_line
from sild.wings.register.pages.acts import done, read_version, reason_of
from sild.wings.register.reads import LineView, line_record
from sild.wings.register.rules import CATEGORIES, KINDS, MENDABLE, URGENCIES

OFFICERS = frozenset({Role.OFFICER})
SUBJECT = {"line": "register.Line"}
OFFERED = {"kind": KINDS, "category": tuple(sorted(CATEGORIES)), "urgency": URGENCIES}
ORDER = (
    "kind",
    "item",
    "quantity",
    "unit",
    "category",
    "beneficiary",
    "provider",
    "needed_by",
    "available_from",
    "available_until",
    "urgency",
    "value_amount",
    "value_currency",
    "reference",
)
DAYS = ("needed_by", "available_from", "available_until")
PARTS = 4


@page("register.line-accept", "lines/<uuid:line>/accept/", roles=OFFICERS, methods=("POST",), subjects=SUBJECT)
def accept(request: HttpRequest, actor: Actor, line: UUID) -> HttpResponse:
    """What was read is right."""
    accept_line(actor, line, version=read_version(request), reason=reason_of(request))
    return done(request, _("The line was accepted."), reverse("register.line", args=[line]))


@page("register.line-reject", "lines/<uuid:line>/reject/", roles=OFFICERS, methods=("POST",), subjects=SUBJECT)
def reject(request: HttpRequest, actor: Actor, line: UUID) -> HttpResponse:
    """What was read is wrong, for a reason."""
    reason = reason_of(request)
    if not reason:
        raise Refused(_("Say why the line is rejected: the reason stays with it."))
    reject_line(actor, line, version=read_version(request), reason=reason)
    return done(request, _("The line was rejected."), reverse("register.line", args=[line]))


@page("register.line-reopen", "lines/<uuid:line>/reopen/", roles=OFFICERS, methods=("POST",), subjects=SUBJECT)
def reopen(request: HttpRequest, actor: Actor, line: UUID) -> HttpResponse:
    """A rejected line is a draft again."""
    reopen_line(actor, line, version=read_version(request), reason=reason_of(request))
    return done(request, _("The line is a draft again."), reverse("register.line", args=[line]))


@page("register.line-mend", "lines/<uuid:line>/mend/", roles=OFFICERS, methods=("GET", "POST"), subjects=SUBJECT)
def mend(request: HttpRequest, actor: Actor, line: UUID) -> HttpResponse:
    """The fields of a line as a form, each with the words that it was read from."""
    record, _around = line_record(actor, line)
    told = {name: request.POST.get(name, "").replace("\x00", "") for name in MENDABLE if name in request.POST}
    if request.method != "POST":
        return _show_mending(request, record, {}, "")
    try:
        changed = mend_line(actor, line, read_version(request), told, reason=reason_of(request))
    except Refused as refusal:
        if type(refusal) is not Refused:
            raise
        return _show_mending(request, record, told, str(refusal))
    words = _("The line was mended.") if changed else _("Nothing was changed: the line says this already.")
    return done(request, words, reverse("register.line", args=[line]))


def _show_mending(request: HttpRequest, record: LineView, told: dict[str, str], problem: str) -> HttpResponse:
    read = {one.name: one for one in record.fields}
    fields = [
        {
            "name": name,
            "value": told.get(name, _plain(getattr(record, name, ""))),
            "kind": "select" if name in OFFERED else "date" if name in DAYS else "text",
            "options": OFFERED.get(name, ()),
            "from": read.get(name),
        }
        for name in ORDER
    ]
    context = {"record": record, "fields": fields, "problem": problem, "reason": reason_of(request)}
    return render(request, "register/mend.html", context, status=422 if problem else 200)


@page("register.line-split", "lines/<uuid:line>/split/", roles=OFFICERS, methods=("GET", "POST"), subjects=SUBJECT)
def split(request: HttpRequest, actor: Actor, line: UUID) -> HttpResponse:
    """A line that speaks of several things becomes several lines."""
    record, _around = line_record(actor, line)
    rows = _rows(request, record)
    if request.method != "POST":
        return _show_splitting(request, record, rows, "")
    parts = [Part(item=row["item"], quantity=row["quantity"], unit=row["unit"], category=row["category"]) for row in rows if row["item"]]
    try:
        made = split_line(actor, line, read_version(request), parts, reason=reason_of(request))
    except Refused as refusal:
        if type(refusal) is not Refused:
            raise
        return _show_splitting(request, record, rows, str(refusal))
    words = _("The line was split into {count}.").format(count=len(made))
    return done(request, words, reverse("register.line", args=[line]))


def _show_splitting(request: HttpRequest, record: LineView, rows: list[dict[str, str]], problem: str) -> HttpResponse:
    context = {"record": record, "rows": rows, "problem": problem, "reason": reason_of(request), "codes": OFFERED["category"]}
    return render(request, "register/split.html", context, status=422 if problem else 200)


def _rows(request: HttpRequest, record: LineView) -> list[dict[str, str]]:
    """The parts as typed; at first the line itself and empty places."""
    names = ("item", "quantity", "unit", "category")
    if request.method == "POST":
        columns = [[text.replace("\x00", "") for text in request.POST.getlist(name)[:20]] for name in names]
        return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=False)]
    first = {name: _plain(getattr(record, name)) for name in names}
    empty = {"item": "", "quantity": "", "unit": record.unit, "category": record.category}
    return [first, *(dict(empty) for _number in range(PARTS - 1))]


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return f"{value.normalize():f}" if hasattr(value, "normalize") else value.isoformat() if hasattr(value, "isoformat") else str(value)
