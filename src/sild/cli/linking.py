"""`sild link`: lines that somebody else extracted are linked, from a file to a file. Needs no database and no home."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from sild.cores.linkage import BadProblem, Body, BodyRelation, Line, LinkageProblem, check, link, text_of
from sild.cores.linkage.columns.register import ERROR, relink
from sild.cores.linkage.shape import ShapeRefused, lines_from_jsonl, links_to_jsonl
from sild.kernel import terminal
from sild.kernel.refusals import Refused
from sild.vectors import open_embedder
from sild.wings.parties.public import PartyRow, read_parties

STEP = 256  # lines that are embedded between two movements of the bar


def link_lines(
    lines: Annotated[Path, typer.Argument(help="The lines: one JSON object a line, with at least id, kind and text.")],
    out: Annotated[Path, typer.Option("--out", help="Write each line's id, need and relation here, one JSON object a line.")],
    parties: Annotated[
        Path | None, typer.Option("--parties", help="Parties file (CSV): organisations with their names in all languages.")
    ] = None,
    by_meaning: Annotated[
        bool, typer.Option("--vectors/--no-vectors", help="Compare texts by the bundled model's vectors too, where it is installed.")
    ] = True,
    by_fields: Annotated[
        bool, typer.Option("--fields", help="Compare by fields alone: quick, for long registers. Tells no relations.")
    ] = False,
) -> None:
    """Say which extracted lines speak of one need, and how each stands to the first line of its need.

    Read are id, kind, text, quantity, unit, category, beneficiary, provider, sent_by, relayed_by, sent_at, place, needed_by, reference,
    thread, subject, language, channel and message, as far as they are there; whatever else a line holds is not looked at.
    """
    _refuse_unwritable(out, but=lines)
    posed = _problem(lines, parties)
    if by_fields:
        _link_by_fields(posed, out)
        return
    with terminal.bars() as bars:
        if by_meaning:
            bars.stage("Reading by meaning", len(posed.lines))
            posed, told = _with_vectors(posed, bars)
            bars.done(told)
        bars.stage("Linking", None)
        answer = link(posed)
        bars.done(f"{len(posed.lines)} lines, {len(answer.clusters)} needs and offers")
        bars.stage("Checking", None)
        findings = check(posed, answer)
        bars.done(f"{len(findings)} findings")
    if findings:
        raise Refused(f"The answer breaks a promise, and nothing was written: {findings[0]} ({len(findings)} in all). Please report it.")
    _write(out, links_to_jsonl(posed.lines, answer))
    told = f"{len(answer.links)} links, {len(answer.look_alikes) + answer.look_alikes_left_out} look-alikes kept apart: {out}"
    terminal.console().print(terminal.shown(told), markup=False)


def _link_by_fields(posed: LinkageProblem, out: Path) -> None:
    """Relink by columns; each line's id and need are written, without relations, which only the words tell."""
    with terminal.bars() as bars:
        bars.stage("Linking by fields", None)
        first = relink(posed.lines, bodies=posed.bodies).first
        bars.done(f"{len(posed.lines)} lines, {len(set(first.values()))} needs and offers")
    told = ({"id": line.id, "need": first.get(line.id)} for line in posed.lines)
    _write(out, "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in told))
    said = f"Of the links that join them about one in {round(1 / ERROR)} is expected to be wrong: {out}"
    terminal.console().print(terminal.shown(said), markup=False)


def _with_vectors(posed: LinkageProblem, bars: terminal.Bars) -> tuple[LinkageProblem, str]:
    """The problem with the vectors of its lines, and what is to be said of them: how many, or what the desk lacks."""
    vectors: dict[str, Sequence[float]] = {}
    with closing(open_embedder()) as model:
        for start in range(0, len(posed.lines), STEP):
            some = posed.lines[start : start + STEP]
            for line, vector in zip(some, model.embed([text_of(line) for line in some]), strict=True):
                bars.step()
                if vector is not None:
                    vectors[line.id] = vector
        lacking = model.lacking
    return replace(posed, vectors=vectors or None), lacking or f"{len(vectors)} of {len(posed.lines)} lines have a vector"


def _problem(lines: Path, parties: Path | None) -> LinkageProblem:
    try:
        given: list[Line] = lines_from_jsonl(_read(lines, "lines").decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise Refused(f"{lines} is not UTF-8 text. Save it as UTF-8 and try again.") from fault
    except ShapeRefused as fault:
        raise Refused(f"{lines}, {fault}.") from fault
    rows = read_parties(_read(parties, "parties"), parties.name) if parties is not None else []
    try:
        return LinkageProblem(lines=tuple(given), bodies=tuple(map(_body, rows)), relations=tuple(_relations(rows)))
    except BadProblem as fault:
        raise Refused(f"{lines}: {fault}.") from fault


def _body(row: PartyRow) -> Body:
    return Body(id=row.name, names=tuple(name for _, name in row.aliases), country=row.country, kind=row.kind, sector=row.sector or None)


def _relations(rows: list[PartyRow]) -> list[BodyRelation]:
    return [BodyRelation(lower=row.name, upper=row.parent) for row in rows if row.parent]


def _read(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise Refused(f"The {what} file {path} cannot be read: {fault.strerror}. Check the path.") from fault


def _refuse_unwritable(out: Path, but: Path) -> None:
    """Refuse before the work what could not be written after it, and the file that is being read."""
    parent = out.absolute().parent
    if not parent.is_dir():
        raise Refused(f"There is no folder {parent} to write {out.name} into. Make it first.")
    if out.is_dir() or not os.access(out if out.exists() else parent, os.W_OK):
        raise Refused(f"{out} cannot be written: it is a folder, or you may not write there. Name another place.")
    if out.exists() and but.exists() and out.samefile(but):
        raise Refused(f"{out} is the file of the lines itself. Name another place with --out.")


def _write(out: Path, text: str) -> None:
    fresh = out.with_name(f".{out.name}.part")
    try:
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(out)
    except OSError as fault:
        fresh.unlink(missing_ok=True)
        raise Refused(f"{out} cannot be written: {fault.strerror}. Name another place.") from fault
