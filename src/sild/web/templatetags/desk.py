"""The desk's tags and filters: days, amounts, markings and states in the reader's language; marked words; differences; bars.

What comes from records is escaped here; nothing in this file trusts a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from django import forms, template
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rapidfuzz.distance import LCSseq

from sild.kernel.history_reads import HistoryEntry
from sild.values.marking import Marking
from sild.web.acts import act_in_words, name_in_words
from sild.web.labels import category_label, label_of, tint_of
from sild.web.units import counted

register = template.Library()

LONGEST_COMPARED = 4000
"""Words of one text; longer ones are shown whole, without marks: comparing them would take seconds."""


_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


def _locale() -> Locale:
    return Locale.parse((get_language() or "en").replace("-", "_"))


@register.filter
def day(value: date | datetime | str | None) -> str:
    """15 Dec 2026; a day that no reader can take for another. 2026-12 as text is December 2026. "" for none, other text unchanged."""
    if isinstance(value, str):
        if _MONTH.fullmatch(value):
            return format_date(date.fromisoformat(f"{value}-01"), "LLLL y", locale=_locale())
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return str(value)
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return format_date(value, "d MMM y", locale=_locale()) if value is not None else ""


@register.filter
def folded(entries: Iterable[HistoryEntry]) -> list[tuple[HistoryEntry, tuple[str, ...]]]:
    """History with the acts of each line of it: what one person did in a row that shows no change and has no reason is one line."""
    told: list[tuple[HistoryEntry, tuple[str, ...]]] = []
    for entry in entries:
        before = told[-1][0] if told else None
        if before is not None and _silent(before) and _silent(entry) and before.who == entry.who and before.at.date() == entry.at.date():
            told[-1] = (before, tuple(dict.fromkeys((*told[-1][1], entry.action))))
        else:
            told.append((entry, (entry.action,)))
    return told


def _silent(entry: HistoryEntry) -> bool:
    return not (entry.changes or entry.made or entry.reason or entry.undone)


@register.filter
def moment(value: datetime | None) -> str:
    """15 Dec 2026, 14:05 UTC: day, time and zone. "" for none."""
    if value is None:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(local)}, {format_time(local.time(), 'HH:mm', locale=_locale())} {local.tzname() or ''}".strip()


@register.filter
def amount(value: Decimal | int | float | str | None) -> str:
    """A number as the language writes it, grouped, at most three places and no zeros behind. "" for none."""
    if value is None or value == "":
        return ""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    # beyond 20 digits nobody reads a number, and the formatter refuses it
    writable = number.is_finite() and number.adjusted() <= 20
    return format_decimal(number, "#,##0.###", locale=_locale()) if writable else str(value)


@register.filter
def unit(name: str | None, quantity: Decimal | int | float | None = None) -> str:
    """What a quantity counts, in words and in the form that the number asks for."""
    return counted(name, quantity)


@register.filter
def signed(value: Decimal | int | float | None) -> str:
    """A weight with its sign and one place: +3.2, −0.4."""
    if value is None:
        return ""
    number = round(Decimal(str(value)), 1)
    text = format_decimal(abs(number), "0.0", locale=_locale())
    return ("+" if number > 0 else "−" if number < 0 else "") + text


@register.filter
def tlp(value: Marking | int | str | None) -> SafeString | str:
    """The badge of a marking, given as the marking, its number or its words. "" for none; unknown words as they are."""
    if value is None or value == "":
        return ""
    try:
        marking = Marking(int(value)) if not isinstance(value, str) or value.isdigit() else Marking.parse(value)
    except ValueError:
        return str(value)
    return format_html('<span class="desk-tlp desk-tlp--{}">{}</span>', marking.name.lower().replace("_", "-"), marking.label)


@register.filter
def words(value: object, kind: str = "") -> str:
    """The reader's words for a state, role, kind, relation ... `kind` says of what where one word serves several. "" for none."""
    return label_of(str(value), kind or "") if value is not None and value != "" else ""


@register.filter
def deed(value: str) -> str:
    """What an act did, in words that follow the name of who did it."""
    return act_in_words(value)


@register.filter
def whoever(name: str | None) -> str:
    """Who acted: a service of the desk in the reader's language, a person by name. "" for none."""
    return name_in_words(name) if name else ""


@register.filter
def category(value: str | None) -> str:
    """The name of an assistance category from its code."""
    return category_label(value, get_language() or "en") if value else ""


@register.filter
def tint(value: object) -> str:
    """The colour of a state's tag: green stands, red ended badly, yellow waits, blue is under way, grey is closed or open."""
    return tint_of(str(value))


@register.filter
def ordered(values: Iterable[Any]) -> list[Any]:
    """Sorted, so that a set is shown the same way each time."""
    return sorted(values)


@register.filter
def language_name(code: str | None) -> str:
    """The name of a language in the reader's language: uk -> Ukrainian. A code that nobody knows is shown as it is."""
    if not code:
        return ""
    return str(_locale().languages.get(code, code))


@register.filter
def territory(code: str | None) -> str:
    """The name of a state or territory in the reader's language: EE -> Estonia. A code that nobody knows is shown as it is."""
    return str(_locale().territories.get(code, code)) if code else ""


@register.simple_tag
def marked(text: str, spans: Iterable[Mapping[str, Any]]) -> SafeString:
    """`text` with the words of `spans` marked ({start, end, field}): <mark class="span" data-field="quantity" id="from-quantity">.

    Spans may overlap: a stretch names all fields that were read from it. The first mark of a field is its anchor.
    Spans that lie outside of the text are left out.
    """
    kept = [span for span in spans if 0 <= int(span["start"]) < int(span["end"]) <= len(text)]
    edges = sorted({0, len(text), *(int(span[edge]) for span in kept for edge in ("start", "end"))})
    anchored: set[str] = set()
    parts: list[str] = []
    for start, end in pairwise(edges):
        fields = sorted({str(span["field"]) for span in kept if int(span["start"]) <= start and end <= int(span["end"])})
        piece = text[start:end]
        if not fields:
            parts.append(conditional_escape(piece))
            continue
        fresh = [name for name in fields if name not in anchored]
        anchored.update(fresh)
        # one element has one id; the other fields that begin here get an empty anchor before it
        anchors = format_html_join("", '<span id="from-{}"></span>', ((name,) for name in fresh[1:]))
        identity = format_html(' id="from-{}"', fresh[0]) if fresh else ""
        parts.append(format_html('{}<mark class="span"{} data-field="{}">{}</mark>', anchors, identity, " ".join(fields), piece))
    return mark_safe("".join(parts))  # noqa: S308 - every part was escaped above


def _told(value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    return amount(value) if isinstance(value, Decimal) else str(value)


def _difference(left: object, right: object, side: str) -> SafeString:
    """One side of a comparison by words: `left` with <del> for what the right lacks, or `right` with <ins> for what it has more."""
    # a word keeps the room behind it, so that words that differ in a row are one mark
    old, new = re.findall(r"\S+\s*|\s+", _told(left)), re.findall(r"\S+\s*|\s+", _told(right))
    mine = old if side == "del" else new
    if not mine:
        return format_html('<span class="desk-quiet">{}</span>', _("empty"))
    if max(len(old), len(new)) > LONGEST_COMPARED:
        return format_html("{}", "".join(mine))
    parts = []
    for step in LCSseq.opcodes([word.strip() for word in old], [word.strip() for word in new]):
        piece = "".join(old[step.src_start : step.src_end] if side == "del" else new[step.dest_start : step.dest_end])
        text = piece.rstrip()
        marked_up = step.tag != "equal" and text
        parts.append(format_html("<{0}>{1}</{0}>{2}", side, text, piece[len(text) :]) if marked_up else conditional_escape(piece))
    return mark_safe("".join(parts))  # noqa: S308 - every part was escaped above


@register.simple_tag
def only_left(left: object, right: object) -> SafeString:
    """The left text, what the right lacks in <del>."""
    return _difference(left, right, "del")


@register.simple_tag
def only_right(left: object, right: object) -> SafeString:
    """The right text, what the left lacks in <ins>."""
    return _difference(left, right, "ins")


@register.filter
def both_sides(stale: Any) -> list[tuple[str, object, object]]:
    """The fields of a refused save that differ: (name, mine, theirs)."""
    names = [*stale.mine, *(name for name in stale.theirs if name not in stale.mine)]
    rows = [(name, stale.mine.get(name), stale.theirs.get(name)) for name in names if name in stale.mine]
    return [row for row in rows if _told(row[1]) != _told(row[2])] or rows


@register.simple_tag
def waterfall(reasons: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Bars of reasons ({text, weight}) in hundredths of the width: {steps [{text, weight, start, width, side}], zero, total}."""
    at, low, high = 0.0, 0.0, 0.0
    spans: list[tuple[Mapping[str, Any], float, float]] = []
    for reason in reasons:
        weight = float(reason["weight"] or 0)
        spans.append((reason, min(at, at + weight), abs(weight)))
        at += weight
        low, high = min(low, at), max(high, at)
    whole = (high - low) or 1.0

    def place(value: float) -> str:
        # a full stop in every language: this is a coordinate
        return f"{100 * (value - low) / whole:.2f}"

    steps = [
        {
            "text": reason["text"],
            "weight": reason["weight"],
            "start": place(start),
            "width": f"{max(100 * width / whole, 0.6):.2f}",
            "side": "unknown" if reason["weight"] is None else "for" if reason["weight"] >= 0 else "against",
        }
        for reason, start, width in spans
    ]
    return {"steps": steps, "zero": place(0.0), "total": at}


@register.simple_tag
def share(done: Decimal | int | float | None, asked: Decimal | int | float | None) -> str | None:
    """How much of `asked` is done, in hundredths, at most 100; None where nobody said how much is asked."""
    if asked is None or not asked or done is None:
        return None
    return f"{min(100.0, max(0.0, 100 * float(done) / float(asked))):.2f}"


@register.inclusion_tag("web/parts/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """A field of a form with its label, hint and errors, in the desk's look."""
    widget = bound.field.widget
    hint_id, error_id = f"{bound.auto_id}-hint", f"{bound.auto_id}-error"
    described = " ".join(one for one, there in ((hint_id, bound.help_text), (error_id, bound.errors)) if there)
    kind, family, css = "plain", "", "govuk-input"
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        kind, family = "group", "checkboxes" if isinstance(widget, forms.CheckboxSelectMultiple) else "radios"
        widget.attrs["class"] = css = f"govuk-{family}__input"
    elif isinstance(widget, forms.CheckboxInput):
        kind, css = "tick", "govuk-checkboxes__input"
    elif isinstance(widget, forms.Select):
        css = "govuk-select" + (" govuk-select--error" if bound.errors else "")
    elif isinstance(widget, forms.Textarea):
        css = "govuk-textarea" + (" govuk-textarea--error" if bound.errors else "")
    elif isinstance(widget, forms.FileInput):
        css = "govuk-file-upload"
    elif bound.errors:
        css = "govuk-input govuk-input--error"
    attrs: dict[str, str | bool] = {"class": css}
    if described:
        attrs["aria-describedby"] = described
    if bound.errors:
        attrs["aria-invalid"] = "true"
    written = "" if kind == "group" else bound.as_widget(attrs=attrs)
    return {
        "field": bound,
        "kind": kind,
        "family": family,
        "widget": written,
        "hint_id": hint_id,
        "error_id": error_id,
        "described": described,
    }
