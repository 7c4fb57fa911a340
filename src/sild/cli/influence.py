"""`sild influence`: do incidents follow statements? From two files of rows to sentences. Needs no database and no home."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from sild.cli.influence_words import say
from sild.cores.influence import (
    BadProblem,
    Calendar,
    Design,
    Incident,
    Influence,
    InfluenceProblem,
    Statement,
    Stretch,
    Window,
    check,
    questions,
    silences,
    study,
)
from sild.cores.influence.shape import ShapeRefused, answer_to_json, incidents_from_csv, statements_from_csv
from sild.kernel import terminal
from sild.kernel.refusals import Refused

Record = TypeVar("Record", Statement, Incident)

app = typer.Typer(rich_markup_mode=None)


@app.command("influence")
def influence(  # noqa: PLR0913 - a command's parameters are its options: people count them, not callers
    statements: Annotated[Path, typer.Argument(help="Statements (CSV): day, who; where known id, kind, topic.")],
    incidents: Annotated[Path, typer.Argument(help="Incidents (CSV): day; where known count, country, sector, source.")],
    window: Annotated[
        list[str] | None, typer.Option("--window", help="Days after a statement, such as 0..3 (the default). May be given several times.")
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", help="A question for each country, sector, source, who, kind or topic; or speaker: attacks on who spoke."),
    ] = None,
    where: Annotated[
        list[str] | None, typer.Option("--where", help="Only these, such as country=UA or kind=attribution. May be given several times.")
    ] = None,
    days: Annotated[
        str | None, typer.Option("--days", help="When somebody looked, such as 2024-01-01..2025-12-31. Default: first to last incident.")
    ] = None,
    gap: Annotated[
        list[str] | None,
        typer.Option("--gap", help="Days on which nobody looked, such as 2025-05-29..2025-07-04. May be given several times."),
    ] = None,
    unwatched: Annotated[
        int | None, typer.Option("--unwatched", help="So many days without any incident, or more, in a row count as not watched.")
    ] = None,
    holidays: Annotated[Path | None, typer.Option("--holidays", help="Holidays: one day a line, such as 2025-02-24.")] = None,
    changed: Annotated[
        list[str] | None,
        typer.Option("--set", help=f"The design, such as stated_ratio=1.5 or seed=7: {', '.join(one.name for one in fields(Design))}."),
    ] = None,
    rows: Annotated[bool, typer.Option("--rows", help="List the statements behind each sum.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole answer as JSON, rows included.")] = False,
) -> None:
    """Say whether incidents follow statements more than weekdays, seasons and bursts explain, and what could not have been seen.

    A day without a row is a day without an incident, unless it lies in a gap. The answer is about days: never about who attacked, or why.
    """
    told, seen = _statements(statements), _incidents(incidents)
    try:
        calendar = _calendar(seen, days, gap or [], unwatched, _holidays(holidays))
        problem = InfluenceProblem(
            statements=tuple(told),
            incidents=tuple(one for one in seen if calendar.first <= one.day <= calendar.last),
            calendar=calendar,
            questions=questions(told, seen, [_window(one) for one in window or ["0..3"]], by=by, where=dict(map(_pair, where or []))),
            design=_design(changed or []),
        )
    except BadProblem as fault:
        raise Refused(f"The study cannot be made: {fault}.") from fault
    answer, findings = _studied(problem, quietly=as_json)
    if findings:
        raise Refused(f"The answer breaks a promise, and is not shown: {findings[0]} ({len(findings)} in all). Please report it.")
    out = terminal.console()
    if as_json:
        typer.echo(json.dumps(answer_to_json(problem, answer), ensure_ascii=False, indent=1))
        return
    for line in say(problem, answer, outside=len(seen) - len(problem.incidents), assumed=days is None, rows=rows):
        out.print(terminal.shown(line), markup=False)


def _studied(problem: InfluenceProblem, *, quietly: bool) -> tuple[Influence, list[str]]:
    if quietly:
        return (answer := study(problem)), check(problem, answer)
    with terminal.bars() as bars:
        bars.stage("Studying", None)
        answer = study(problem)
        bars.done(f"{len(answer.findings)} {'question' if len(answer.findings) == 1 else 'questions'}")
        bars.stage("Checking", None)
        findings = check(problem, answer)
        bars.done(f"{len(findings)} findings")
    return answer, findings


def _statements(path: Path) -> list[Statement]:
    return _shaped(path, "statements", statements_from_csv)


def _incidents(path: Path) -> list[Incident]:
    return _shaped(path, "incidents", incidents_from_csv)


def _shaped(path: Path, what: str, read: Callable[[str], list[Record]]) -> list[Record]:
    try:
        return read(_text(path, what))
    except ShapeRefused as fault:
        raise Refused(f"{path}, {fault}.") from fault


def _text(path: Path, what: str) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as fault:
        raise Refused(f"The {what} file {path} cannot be read: {fault.strerror}. Check the path.") from fault
    except UnicodeDecodeError as fault:
        raise Refused(f"{path} is not UTF-8 text. Save it as UTF-8 and try again.") from fault


def _holidays(path: Path | None) -> frozenset[date]:
    if path is None:
        return frozenset()
    lines = [line.strip() for line in _text(path, "holidays").splitlines()]
    return frozenset(_day(line) for line in lines if line and not line.startswith("#"))


def _calendar(seen: list[Incident], days: str | None, gaps: list[str], unwatched: int | None, holidays: frozenset[date]) -> Calendar:
    whole = _stretch(days) if days else Stretch(first=min(one.day for one in seen), last=max(one.day for one in seen))
    calendar = Calendar(first=whole.first, last=whole.last, gaps=tuple(map(_stretch, gaps)), holidays=holidays)
    return calendar if unwatched is None else replace(calendar, gaps=(*calendar.gaps, *silences(seen, calendar, unwatched)))


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written.strip())
    except ValueError as fault:
        raise Refused(f"{written!r} is not a day: write it as 2026-02-10.") from fault


def _stretch(written: str) -> Stretch:
    first, dots, last = written.partition("..")
    return Stretch(first=_day(first), last=_day(last if dots else first))


def _window(written: str) -> Window:
    first, dots, last = written.partition("..")
    try:
        return Window(first=int(first), last=int(last if dots else first))
    except ValueError as fault:
        if isinstance(fault, BadProblem):
            raise
        raise Refused(f"{written!r} is no window: write it as 0..3, the statement's day being 0.") from fault


def _pair(written: str) -> tuple[str, str]:
    name, sign, value = written.partition("=")
    if not sign or not name.strip() or not value.strip():
        raise Refused(f"{written!r} says nothing: write it as name=value.")
    return name.strip(), value.strip()


def _design(changed: list[str]) -> Design:
    kinds = {one.name: int if isinstance(one.default, int) else float for one in fields(Design)}
    values: dict[str, float] = {}
    for name, value in map(_pair, changed):
        if name not in kinds:
            raise Refused(f"The design has no {name!r}: choose one of {', '.join(kinds)}.")
        try:
            values[name] = kinds[name](value)
        except ValueError as fault:
            raise Refused(f"{name}={value}: {value!r} is no {'whole ' if kinds[name] is int else ''}number.") from fault
    return replace(Design(), **values)  # type: ignore[arg-type] # each value has the kind of its own field, above
