"""A report's facts put into words: key figures, what changed, tables, the summary for a chat. Everything in the language in force.

Nothing is looked up here: what the facts do not say is said to be not known, and no row is named that does not stand in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sild.formats.report_paper import Cell, ReportPaper, ReportPart, ReportPicture, ReportTable
from sild.values.marking import Marking
from sild.wings.disclosure.reads.words import counted, field_value, told_amount, told_day, word
from sild.wings.disclosure.rules import (
    AudienceKind,
    Figures,
    ReportChange,
    coverage_of,
    figures_of,
    fitted,
)
from sild.wings.disclosure.rules.figures import WAITING_CASES

MOST_CHANGES = 250
"""Changes told on paper; of more, the workbook lists all."""
COVERAGE = ("covered", "part", "none", "unknown")
Facts = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What stands on the cover: for whom, by whom, from when to when, the number (None: a draft)."""

    language: str
    kind: AudienceKind
    audience: str
    maker: str
    as_of: date
    since: date | None
    base_number: int | None
    number: int | None
    marking: int


def paper_of(cover: Cover, facts: Facts, changes: Sequence[ReportChange], pictures: Sequence[ReportPicture] = ()) -> ReportPaper:
    """The whole report."""
    figures = figures_of(facts)
    label = Marking(cover.marking).label
    return ReportPaper(
        language=cover.language,
        title=title_of(cover),
        marking=label,
        foot=title_of(cover),
        page=_("Page {page} of {pages}"),
        day=cover.as_of,
        lead=_lead(cover),
        summary_heading=_("In short"),
        summary=summary_of(cover, figures, changes),
        unknown=_("not known"),
        more=_("{count} more rows stand in the workbook."),
        parts=[
            _key_figures(figures, [_counted_here(cover), _not_counted()]),
            _what_changed(cover, changes),
            *([ReportPart(heading=_("Pictures"), pictures=pictures)] if pictures else []),
            _needs(facts["needs"], [_counted_here(cover), _not_counted()]),
            _offers(facts["offers"]),
            _agreements(facts["agreements"]),
            _consignments(facts["consignments"]),
            _licences([row for row in facts["licences"] if row["state"] in WAITING_CASES]),
            _lapses(facts["lapses"]),
            _money(facts["flows"], figures),
            _all_changes(changes),
        ],
    )


def title_of(cover: Cover) -> str:
    """Situation report No. 3 for whom; a draft says that it is one."""
    told = _("Situation report No. {number} for {audience}") if cover.number else _("Situation report for {audience} (draft)")
    return told.format(number=cover.number, audience=_audience(cover))


def _audience(cover: Cover) -> str:
    if cover.kind == AudienceKind.MECHANISM:
        return _("the offices and donors of {mechanism}").format(mechanism=cover.audience)
    return cover.audience


def _counted_here(cover: Cover) -> str:
    """What no report for others may leave open: it counts what they see, which need not be all there is."""
    return "" if cover.kind == AudienceKind.OWN else _("Only what this audience may see is counted; there may be more.")


def _not_counted() -> str:
    """Said in every report, so that it does not tell whether there is something of the kind."""
    return _("Contributions that are shown as anonymous or secret are counted for no need.")


def change_in_words(change: ReportChange) -> str:
    """One change as a sentence."""
    what = f"{word('section', change.section)}: {_titled(change.row)}"
    if change.kind == "new":
        return _("{what}: new. {state}").format(what=what, state=_stands(change)).strip()
    if change.kind == "gone":
        return _("{what}: does not stand here any more.").format(what=what)
    told = _("{what}: {field} was {before}, is now {after}.")
    return told.format(
        what=what,
        field=word("field", change.field),
        before=field_value(change.section, change.field, change.before, change.row),
        after=field_value(change.section, change.field, change.after, change.row),
    )


def summary_of(cover: Cover, figures: Figures, changes: Sequence[ReportChange]) -> str:
    """At most 700 signs in whole sentences, to be pasted into a chat; the marking comes first."""
    said = [
        f"[{Marking(cover.marking).label}] {title_of(cover)}, {told_day(cover.as_of.isoformat())}.",
        _open_in_short(figures),
        _counted_here(cover),
        _changes_in_short(cover, changes),
        _("Agreements committed: {committed}; consignments there: {arrived}, under way: {moving}, late: {late}.").format(
            committed=figures.agreements.get("committed", 0), arrived=figures.arrived, moving=figures.under_way, late=figures.overdue
        ),
        _waiting_in_short(figures),
        _("Licence cases waiting: {cases}, overdue: {late}.").format(cases=figures.cases_waiting, late=figures.cases_late)
        if figures.cases_waiting
        else "",
        ngettext("{count} thing lapses within half a year.", "{count} things lapse within half a year.", figures.lapses).format(
            count=figures.lapses
        )
        if figures.lapses
        else "",
        *(change_in_words(one) for one in changes if one.section == "needs"),
    ]
    return fitted([one for one in said if one])


def _open_in_short(figures: Figures) -> str:
    told = _(
        "Open needs: {all}; spoken for in full {covered}, in part {part}; of {none} nothing stands here, of {unknown} nobody said how much."
    )
    return told.format(all=figures.open_needs, **{name: figures.coverage.get(name, 0) for name in COVERAGE})


def _changes_in_short(cover: Cover, changes: Sequence[ReportChange]) -> str:
    if cover.since is None:
        return _("This is the first report: nothing to compare it with.")
    if not changes:
        return _("Nothing changed since the last report.")
    kinds = {kind: sum(one.kind == kind for one in changes) for kind in ("new", "changed", "gone")}
    told = _("Since the last report: {new} new, {changed} changes, {gone} that do not stand any more.")
    return told.format(new=kinds["new"], changed=kinds["changed"], gone=kinds["gone"])


def _waiting_in_short(figures: Figures) -> str:
    if not figures.moves:
        return ""
    listed = ", ".join(f"{word('mover', side)} {count}" for side, count in sorted(figures.moves.items(), key=lambda one: (-one[1], one[0])))
    return _("Whose move: {listed}.").format(listed=listed)


def _lead(cover: Cover) -> list[tuple[str, str]]:
    day = told_day(cover.as_of.isoformat())
    if cover.since is None:
        period = _("up to {day}; the first report for this audience").format(day=day)
    else:
        told = _("from {since} (report No. {number}) to {day}")
        period = told.format(since=told_day(cover.since.isoformat()), number=cover.base_number, day=day)
    return [
        (_("Period"), period),
        (_("For"), _audience(cover)),
        (_("By"), cover.maker),
        (_("Handling"), _("{marking} (Traffic Light Protocol 2.0)").format(marking=Marking(cover.marking).label)),
    ]


def _titled(row: Mapping[str, Any]) -> str:
    title = str(row.get("title") or "") or _("without a title")
    quoted = _("“{title}”").format(title=title)
    return f"{quoted} ({row['body']})" if row.get("body") else quoted


def _stands(change: ReportChange) -> str:
    """What a new row is: how much, and how far."""
    row = change.row
    amount = row.get("amount") if change.section == "flows" else row.get("quantity") or row.get("proposed")
    told = []
    if amount:
        money = change.section == "flows"
        told.append(told_amount(str(amount), str(row.get("currency" if money else "unit") or ""), money=money))
    if row.get("state"):
        told.append(word(change.section, row["state"]))
    if change.section == "lapses":
        told.append(told_day(row["on"]))
    return "; ".join(told) + "." if told else ""


def _key_figures(figures: Figures, told: Sequence[str]) -> ReportPart:
    rows: list[tuple[Cell, Cell, Cell]] = []
    rows += [(_("Needs by state"), word("needs", state), count) for state, count in figures.needs.items()]
    rows += [(_("Open needs by coverage"), word("coverage", one), figures.coverage.get(one, 0)) for one in COVERAGE]
    rows += [(_("Open needs by what can be delivered"), word("light", one), count) for one, count in figures.lights.items()]
    rows += [(_("Offers"), _("all"), figures.offers), (_("Offers"), _("not answered yet"), figures.open_offers)]
    rows += [(_("Agreements by state"), word("agreements", state), count) for state, count in figures.agreements.items()]
    rows += [(_("Consignments"), _("there"), figures.arrived), (_("Consignments"), _("under way"), figures.under_way)]
    rows += [(_("Consignments"), _("late"), figures.overdue)]
    rows += [(_("Licence cases"), _("waiting"), figures.cases_waiting), (_("Licence cases"), _("overdue"), figures.cases_late)]
    rows += [(_("What waits, by whose move it is"), word("mover", side), count) for side, count in sorted(figures.moves.items())]
    rows += [(_("What lapses within half a year"), "", figures.lapses)]
    caption = _("Each figure counts rows of the tables below, and nothing else.")
    table = ReportTable(name=_("Key figures"), caption=caption, heads=[_("What"), _("Which"), _("How many")], rows=rows)
    return ReportPart(heading=_("Key figures"), sentences=[one for one in told if one], tables=[table])


def _what_changed(cover: Cover, changes: Sequence[ReportChange]) -> ReportPart:
    said = [_changes_in_short(cover, changes)]
    if len(changes) > MOST_CHANGES:
        said.append(_("The first {most} are told here; all of them stand in the workbook.").format(most=MOST_CHANGES))
    listed = [change_in_words(one) for one in changes[:MOST_CHANGES]]
    return ReportPart(heading=_("What changed since the last report"), sentences=said, listed=listed)


def _all_changes(changes: Sequence[ReportChange]) -> ReportPart:
    rows: list[Sequence[Cell]] = [(word("section", one.section), change_in_words(one)) for one in changes]
    caption = _("Every change since the last report.")
    table = ReportTable(name=_("Changes"), caption=caption, heads=[_("What"), _("Change")], rows=rows)
    return ReportPart(heading=_("What changed since the last report"), tables=[table] if rows else [], sheet_only=True)


def _part(heading: str, caption: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]], none: str) -> ReportPart:
    listed = list(rows)
    if not listed:
        return ReportPart(heading=heading, sentences=[none])
    return ReportPart(heading=heading, tables=[ReportTable(name=heading, caption=caption, heads=heads, rows=listed)])


def _needs(needs: Sequence[Mapping[str, Any]], told: Sequence[str]) -> ReportPart:
    heads = [_("For whom"), _("Need"), _("Asked"), _("Unit"), _("Spoken for"), _("Taken over"), _("Needed by"), _("State"), _("Coverage")]
    lit = any(row["light"] != "" for row in needs)
    heads += [_("Can it be delivered?")] if lit else []
    rows = []
    for row in needs:
        cells: list[Cell] = [
            row["body"],
            row["title"],
            exact(row["quantity"]),
            counted(row["unit"] or "", None),
            exact(row["spoken"]),
            exact(row["accepted"]),
            day_of(row["needed_by"]),
            word("needs", row["state"]),
            word("coverage", coverage_of(row)),
        ]
        rows.append([*cells, *([_lit(row)] if lit else [])])
    caption = " ".join(
        filter(None, [_("Needs, what is spoken for of them and what was taken over; what nobody said is said to be not known."), *told])
    )
    return _part(_("Needs"), caption, heads, rows, _("No need stands in this report."))


def _lit(row: Mapping[str, Any]) -> str:
    if row["light"] == "":
        return _("nothing is agreed")
    said = word("light", row["light"] or "unknown")
    if row["light"] == "pass" or not row["blocker"]:
        return said
    told = f"{said}: {word('check', row['blocker'])}"
    return f"{told} ({word('mover', row['mover'])})" if row["mover"] else told


def _offers(offers: Sequence[Mapping[str, Any]]) -> ReportPart:
    heads = [_("Provider"), _("Offer"), _("Quantity"), _("Unit"), _("Until"), _("Answer")]
    rows = [
        [
            row["provider"] or None,
            row["title"],
            exact(row["quantity"]),
            counted(row["unit"] or "", None),
            day_of(row["available_until"]),
            _("withdrawn") if row["withdrawn"] else word("answer", row["answer"]),
        ]
        for row in offers
    ]
    return _part(_("Offers"), _("Offers and how they were answered."), heads, rows, _("No offer stands in this report."))


def _agreements(agreements: Sequence[Mapping[str, Any]]) -> ReportPart:
    heads = [_("For whom"), _("What"), _("Provider"), _("Proposed"), _("Stands"), _("Unit"), _("Month"), _("State"), _("Whose move")]
    rows = [
        [
            row["body"],
            row["title"],
            row["giver"] or _("not named"),
            exact(row["proposed"]),
            exact(row["standing"]),
            counted(row["unit"] or "", None),
            day_of(row["month"]),
            word("agreements", row["state"]),
            word("mover", row["mover"] or "nobody"),
        ]
        for row in agreements
    ]
    caption = _("What was proposed, accepted and committed; one state is never added to another.")
    return _part(_("Agreements"), caption, heads, rows, _("No agreement stands in this report."))


def _consignments(consignments: Sequence[Mapping[str, Any]]) -> ReportPart:
    heads = [_("For whom"), _("What"), _("Sent"), _("There"), _("Taken over"), _("Unit"), _("Since"), _("Due"), _("State"), _("Whose move")]
    rows = [
        [
            row["body"],
            row["title"],
            exact(row["quantity"]),
            exact(row["arrived"]),
            exact(row["accepted"]),
            counted(row["unit"] or "", None),
            day_of(row["since"]),
            day_of(row["due"]),
            word("consignments", row["state"]),
            word("mover", row["mover"] or "nobody"),
        ]
        for row in consignments
    ]
    return _part(_("Consignments"), _("What moves and what arrived."), heads, rows, _("No consignment stands in this report."))


def _licences(cases: Sequence[Mapping[str, Any]]) -> ReportPart:
    heads = [_("What"), _("Provider"), _("Jurisdiction"), _("Authority"), _("State"), _("Since"), _("Due"), _("Whose move")]
    rows = [
        [
            row["title"],
            row["provider"] or None,
            row["jurisdiction"] or None,
            row["authority"] or None,
            word("licences", row["state"]),
            day_of(row["since"]),
            day_of(row["due_on"]),
            word("mover", row["mover"]),
        ]
        for row in cases
    ]
    return _part(_("Licence cases that wait"), _("Cases without an answer yet."), heads, rows, _("No licence case waits in this report."))


def _lapses(lapses: Sequence[Mapping[str, Any]]) -> ReportPart:
    heads = [_("Day"), _("For whom"), _("What"), _("Quantity"), _("Unit"), _("Provider")]
    rows = [
        [day_of(row["on"]), row["body"], row["title"], exact(row["quantity"]), counted(row["unit"] or "", None), row["giver"] or None]
        for row in sorted(lapses, key=lambda row: (row["on"] or "", row["body"] or "", row["title"] or ""))
    ]
    caption = _("What lapses within half a year, or lapsed within the last quarter.")
    return _part(_("What lapses soon"), caption, heads, rows, _("Nothing lapses soon, as far as is known."))


def _money(flows: Sequence[Mapping[str, Any]], figures: Figures) -> ReportPart:
    """Sums by state and currency with the numbers of the rows that they add up, and these rows."""
    if not flows:
        return ReportPart(heading=_("Money"), sentences=[_("No money stands in this report.")])
    places = {row["id"]: place for place, row in enumerate(flows, 1)}
    sums: list[Sequence[Cell]] = [
        (word("flows", one.state), one.amount, one.currency, len(one.rows), _spans(places[key] for key in one.rows))
        for one in figures.money
    ]
    rows: list[Sequence[Cell]] = [
        [
            places[row["id"]],
            word("flows", row["state"]),
            exact(row["amount"]),
            row["currency"] or None,
            row["giver"] or _("not named"),
            row["body"] or None,
            row["title"],
            day_of(row["on"]),
            row["source"] or None,
            _("yes") if row["counts"] is True else _("no"),
        ]
        for row in flows
    ]
    said = [_("States of money are never added to each other: a pledge is no payment.")]
    if figures.untold_money:
        count = figures.untold_money
        told = ngettext("The amount of {count} row is not known here.", "The amounts of {count} rows are not known here.", count)
        said.append(told.format(count=count))
    heads = [_("State"), _("Sum"), _("Currency"), _("Rows"), _("Which rows")]
    summed = ReportTable(name=_("Money"), caption=_("Money by state and currency, with the rows of each sum."), heads=heads, rows=sums)
    heads = [_("Row"), _("State"), _("Amount"), _("Currency"), _("Giver"), _("For whom"), _("What"), _("Day"), _("Source"), _("In a sum?")]
    caption = _("The rows behind the sums; what lies inside another row is in no sum.")
    behind = ReportTable(name=_("Money: rows"), caption=caption, heads=heads, rows=rows)
    return ReportPart(heading=_("Money"), sentences=said, tables=[*([summed] if sums else []), behind])


def _spans(places: Iterable[int]) -> str:
    """Row numbers, runs of them drawn together: 1–3, 7."""
    runs: list[list[int]] = []
    for place in sorted(places):
        if runs and runs[-1][1] == place - 1:
            runs[-1][1] = place
        else:
            runs.append([place, place])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


def exact(text: str | None) -> Decimal | None:
    """The exact number of a kept text."""
    return None if text is None else Decimal(text)


def day_of(text: str | None) -> date | None:
    """The day of a kept text."""
    return None if not text else date.fromisoformat(text)
