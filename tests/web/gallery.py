"""One page with every part of the look, for tests and for looking at: `python -m tests.web.gallery FOLDER` writes it out."""

from __future__ import annotations

import itertools
import shutil
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django import forms
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.test import RequestFactory
from django.urls import path, set_urlconf
from django.utils import translation
from django.views import View

import sild.config.start
import sild.web
from sild.web.labels import LABELS

urlpatterns = [path(name, View.as_view(), name=name) for name in ("web.language", "web.theme", "web.seats", "account_logout")]
"""The few addresses that the frame asks for; the gallery shows the look also while pages are being built."""

HERE = Path(__file__).resolve().parent
STATIC = Path(sild.web.__file__).resolve().parent / "static"

TEXT = (
    "Шановні колеги!\n\nПросимо розглянути можливість надання 1 200 ліцензій EDR для робочих станцій міністерства до 15 грудня 2026 року. "
    "Потреба погоджена з Держспецзв’язку.\n\n<b>Дякуємо</b> за підтримку & допомогу."
)


class LineForm(forms.Form):
    """The fields of a line, some of them in fault."""

    quantity = forms.DecimalField(label="Quantity", help_text="As the message says it.")
    channel = forms.ChoiceField(label="Civil or military", choices=[("civil", "civil"), ("military", "military")], widget=forms.RadioSelect)
    category = forms.ChoiceField(label="Category", choices=[("endpoint-protection", "Endpoint protection")])
    note = forms.CharField(label="Note", widget=forms.Textarea(attrs={"rows": 3}))
    additional = forms.BooleanField(label="More than what was asked before", required=False)


class Seat:
    """What the base template reads of a seat."""

    mechanism_name = "Tallinn Mechanism drill"
    organisation_name = "Estonia's donor desk"
    exercise = True

    class actor:  # noqa: N801 - stands for the attribute `actor`
        name = "Donor focal point"
        roles = frozenset({"donor", "licence-liaison"})


def _span(words: str, field: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "field": field}


def context() -> dict[str, Any]:
    """Everything that the parts ask for, in plain values."""
    form = LineForm({"quantity": "many", "channel": "civil"})
    at = datetime(2026, 12, 15, 14, 5, tzinfo=UTC)
    rows = [
        {
            "title": title,
            "category": category,
            "quantity": quantity,
            "day": date(2026, 12, 1 + number),
            "state": state,
            "marking": number % 5,
        }
        for number, (title, category, quantity, state) in enumerate(
            [
                ("Protection for the workstations of a ministry", "endpoint-protection", Decimal("1200.000"), "captured"),
                ("Захист від DDoS для порталу міста", "ddos-protection", Decimal("2"), "technical-review"),
                ("Diesel generators, 30 kW, for a hospital's data centre", "power-continuity", Decimal("12.5"), "endorsed"),
                ("Phishing course", "training", None, "not-endorsed"),
                ("Satellite terminals", "satellite-connectivity", Decimal("46"), "withdrawn"),
            ]
        )
    ]
    entry = {"at": at, "who": "Secretariat officer", "organisation": "The desk"}
    return {
        "seat": Seat,
        "seats": [Seat, Seat],
        "actor_mechanism_exercise": True,
        "version": "0.1.0",
        "theme": "",
        "sections": [
            {"label": translation.gettext(name), "url": f"/{name}", "current": name == "Needs", "count": 7 if name == "Inbox" else None}
            for name in ("Waiting for me", "Inbox", "Needs", "Offers", "Gates", "Plan", "People", "Ledger")
        ],
        "undo": {"text": "The line “EDR licences, 1,200” was accepted.", "url": "/undo", "fields": {"act": "7"}},
        "need": {"title": "Protection for the workstations of a ministry"},
        "markings": range(5),
        "states": list(LABELS["need"]),
        "items": [
            {"title": title, "from": "post@example.org", "day": date(2026, 12, 4)}
            for title in ("1,200 EDR licences", "DDoS", "46 terminals")
        ],
        "message": {
            "subject": "Щодо захисту робочих станцій",
            "from": "post@example.org",
            "text": TEXT,
            "spans": [_span("1 200 ліцензій", "quantity"), _span("ліцензій EDR", "item"), _span("15 грудня 2026 року", "needed_by")],
        },
        "fields": [
            {"name": "quantity", "value": "1,200"},
            {"name": "item", "value": "EDR"},
            {"name": "needed_by", "value": "15 Dec 2026"},
        ],
        "form": form,
        "filters": [
            {"name": "q", "label": "Search", "kind": "search", "value": "EDR"},
            {
                "name": "state",
                "label": "State",
                "kind": "select",
                "value": "endorsed",
                "options": [{"value": value, "label": label} for value, label in LABELS["need"].items()],
            },
        ],
        "in_force": [{"label": "State: endorsed", "url": "?"}, {"label": "Search: EDR", "url": "?"}],
        "clear_url": "?",
        "rows": rows,
        "previous_url": "?before=1",
        "next_url": "?after=1",
        "shown": "51–100",
        "left_title": "Letter of 4 December",
        "right_title": "Relay of 9 December",
        "reasons": [
            {"text": "The same body asks", "weight": 4.2},
            {"text": "Nearly the same quantity (1,200 and about 1,200)", "weight": 2.1},
            {"text": "Five days apart", "weight": -0.6},
            {"text": "Whether it is the same project", "weight": None},
        ],
        "done": Decimal(750),
        "asked": Decimal(1200),
        "unit": "licences",
        "history": [
            {**entry, "did": "Accepted the line", "undo_url": "/undo/7"},
            {**entry, "did": "Read from the message", "reason": "A run"},
        ],
        "notes": [{**entry, "text": "Called the ministry:\nthey confirm 1,200."}],
        "note_url": "/note",
        "next_step": {"text": "Rule at the technical gate.", "by": date(2026, 12, 20)},
        "assignee": "Technical gate",
        "mine": True,
        "names": ["The desk", "Estonia's donor desk", "The recipient's front office"],
        "marking": 2,
        "widened": ["A company"],
        "embargo": at,
        "confirm": {
            "title": "Release the need to two organisations",
            "text": "It cannot be called back from people's heads.",
            "effects": ["Estonia's donor desk sees the need and its lines.", "A company sees the need."],
            "act": "Release it",
            "fields": {"need": "K7Q2M9"},
        },
    }


def page(language: str, theme: str = "") -> str:
    """The gallery in a language and a theme."""
    engine = engines["django"]
    assert isinstance(engine, DjangoTemplates)
    with translation.override(language):
        made = engine.from_string((HERE / "gallery.html").read_text(encoding="utf-8"))
        values = context() | {"theme": theme}
        values["compared"] = [
            {"label": "Quantity", "left": Decimal("1200"), "right": Decimal("1200")},
            {"label": "Unit", "left": "licences for workstations", "right": "licences"},
            {"label": "Needed by", "left": date(2026, 12, 15), "right": None},
        ]
        request = RequestFactory().get("/gallery")
        request.user = type("Stranger", (), {"is_authenticated": False})()
        request.session = {}
        set_urlconf(__name__)
        try:
            return str(made.render(values, request))
        finally:
            set_urlconf(None)


def write(folder: Path) -> None:
    """The gallery in both languages and themes, its assets beside it."""
    shutil.copytree(STATIC, folder / "static", dirs_exist_ok=True)
    for language, theme in itertools.product(("en", "uk"), ("light", "dark")):
        (folder / f"{language}-{theme}.html").write_text(page(language, theme), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
