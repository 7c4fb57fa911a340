"""Statements beside incidents on one scale of days, as a picture with its table. It shows what fell when, never what followed from what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from babel import Locale
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from sild.formats.drawing.lanes import LaneRow, LaneWords, Stretch, lanes_picture
from sild.formats.drawing.layout import month_after
from sild.formats.drawing.shapes import Cell, Drawn, Tone
from sild.kernel.action import read
from sild.kernel.actor import Actor
from sild.kernel.said import said, wording
from sild.values.country import country_called
from sild.wings.parties.public import desk_day
from sild.wings.signals.models import Incident, PublicStatement
from sild.wings.signals.reads.lists import of_country
from sild.wings.signals.rules import Precision, StatementKind
from sild.wings.signals.rules.incidents import last_of

MONTHS, MOST, MOST_LANES = 24, 400, 12
SINCE = date(1990, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFilter:
    """Which days and of what: a victim's country, a name that was said for who did it, a year ("": the last 24 months)."""

    country: str = ""
    actor: str = ""
    year: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fallen:
    """What fell on a day, or within the days that are possible: a statement, or an incident with the countries of its victims."""

    first: date
    last: date
    precision: Precision
    lane: str
    kind: str
    title: str
    whose: str
    url: str
    statement: bool


@read
def calendar_of(actor: Actor, wanted: CalendarFilter) -> Drawn:
    """What the reader may see of the days asked for; withdrawn statements are left out, as is all whose day nobody knows."""
    first, last = _ends(wanted, desk_day(actor))
    said_then, cut = _statements(wanted, first, last)
    happened, more = _incidents(wanted, first, last)
    title = _("Statements beside incidents")
    summary = _("Statements: {statements}. Incidents: {incidents}. From {first} to {last}.").format(
        statements=len(said_then), incidents=len(happened), first=said().day(first), last=said().day(last - timedelta(days=1))
    )
    if cut or more:
        summary += " " + _("There are more: the first {most} of each are shown. Narrow the days or the country.").format(most=MOST)
    keys: tuple[tuple[Tone, bool, str], ...] = (
        ("a", False, _("said, to the day")),
        ("c", False, _("an incident, from its first day to its last")),
        ("unknown", True, _("known to the month or the year alone")),
    )
    words = LaneWords(usual=wording(title, summary), today=_("today"), keys=keys)
    together = sorted([*said_then, *happened], key=lambda one: (one.first, not one.statement, one.title))
    lanes = [*_lanes(said_then, _("said: {lane}")), *_lanes(happened, _("victims: {lane}"))]
    return Drawn(
        picture=lanes_picture(lanes, desk_day(actor), words, ends=(first, last)),
        title=title,
        summary=summary,
        head=(_("What"), _("Day"), pgettext("last day", "To"), _("Known"), _("Said or happened"), _("Who spoke, or whose victims")),
        rows=tuple(_cells(one) for one in together),
        links=tuple(one.url for one in together),
    )


def _ends(wanted: CalendarFilter, today: date) -> tuple[date, date]:
    """The first day shown and the first day not shown any more."""
    year = wanted.year
    if year.isascii() and year.isdigit() and SINCE.year <= int(year[:5]) <= today.year + 1:
        return date(int(year), 1, 1), date(int(year) + 1, 1, 1)
    return month_after(today.replace(day=1), 1 - MONTHS), month_after(today.replace(day=1), 1)


def _statements(wanted: CalendarFilter, first: date, last: date) -> tuple[list[_Fallen], bool]:
    found = PublicStatement.objects.filter(withdrawn=False, on__gte=first, on__lt=last)
    if wanted.country:
        # a State's own words belong to its calendar as well as those that speak of it
        found = found.filter(of_country("countries", wanted.country) | _spoken_by(wanted.country))
    if wanted.actor.strip():
        name = wanted.actor.strip()
        found = found.filter(Q(actor__icontains=name) | Q(title__icontains=name) | Q(summary__icontains=name))
    made = [
        _Fallen(
            first=one.on,
            last=last_of(one.on, Precision(one.precision)) or one.on,
            precision=Precision(one.precision),
            lane=said().label(StatementKind(one.kind), "public-statement"),
            kind=said().label(StatementKind(one.kind), "public-statement"),
            title=one.title,
            whose=one.who,
            url=reverse("signals.statement", args=[one.id]),
            statement=True,
        )
        for one in found.order_by("on", "id")[: MOST + 1]
        if one.on is not None
    ]
    return made[:MOST], len(made) > MOST


def _spoken_by(country: str) -> Q:
    return Q(country=country_called(country) or "-")


def _incidents(wanted: CalendarFilter, first: date, last: date) -> tuple[list[_Fallen], bool]:
    found = Incident.objects.filter(reading_of=None, begins__gte=first, begins__lt=last)
    if wanted.country:
        found = found.filter(of_country("countries", wanted.country))
    if wanted.actor.strip():
        held = Incident.objects.annotate(named=Cast("attributions", TextField()))
        name = wanted.actor.strip()
        named = held.filter(Q(named__icontains=name) | Q(title__icontains=name) | Q(summary__icontains=name))
        found = found.filter(id__in=named.values("id"))
    made = []
    for one in found.order_by("begins", "id")[: MOST + 1]:
        if one.begins is None:
            continue
        precision, ends = Precision(one.begins_precision), last_of(one.ends, Precision(one.ends_precision))
        names = [_territory(name) for name in one.countries]
        made.append(
            _Fallen(
                first=one.begins,
                last=max(last_of(one.begins, precision) or one.begins, ends or one.begins),
                precision=precision,
                lane=names[0] if len(names) == 1 else _("several countries") if names else _("no country told"),
                kind=said().label(one.kind, "incident-kind"),
                title=one.title,
                whose=", ".join(names),
                url=reverse("signals.incident", args=[one.id]),
                statement=False,
            )
        )
    return made[:MOST], len(made) > MOST


def _lanes(found: list[_Fallen], name: str) -> list[LaneRow]:
    """A lane for each name, those with most first; what is left over stands in one."""
    by_lane: dict[str, list[_Fallen]] = {}
    for one in found:
        by_lane.setdefault(one.lane, []).append(one)
    ranked = sorted(by_lane.items(), key=lambda item: (-len(item[1]), item[0]))
    shown, rest = ranked[:MOST_LANES], [one for _lane, held in ranked[MOST_LANES:] for one in held]
    if rest:
        shown.append((_("others"), rest))
    return [LaneRow(name=f"{name.format(lane=lane)} ({len(held)})", stretches=tuple(map(_stretch, held))) for lane, held in shown]


def _stretch(one: _Fallen) -> Stretch:
    vague = one.precision != Precision.DAY
    day = said().day(one.first) if one.first == one.last else f"{said().day(one.first)} – {said().day(one.last)}"
    tone: Tone = "unknown" if vague else "a" if one.statement else "c"
    return Stretch(start=one.first, end=one.last, tone=tone, pattern=vague, title=f"{day}: {one.title}")


def _cells(one: _Fallen) -> tuple[Cell, ...]:
    return (one.title, one.first, one.last, said().label(one.precision, "precision"), one.kind, one.whose)


def _territory(code: str) -> str:
    return str(Locale.parse((get_language() or "en").replace("-", "_")).territories.get(code, code))
