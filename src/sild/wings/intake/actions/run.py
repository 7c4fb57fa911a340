"""The run: a folder of messages to a linked register and a provisional plan.

Each message commits by itself; a killed run goes on where it stopped.
Every file of the folder is accounted for: read, quarantined with a reason, known already, or left aside with a reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from uuid import UUID

from django.db import DataError

from sild.formats import Unreadable
from sild.kernel import originals
from sild.kernel.action import action
from sild.kernel.actor import Actor, Role
from sild.kernel.home import Home
from sild.kernel.identity import actor_named
from sild.kernel.progress import Progress, Silence
from sild.kernel.refusals import Refused
from sild.kernel.turns import turn
from sild.wings.intake.actions.messages import keep_text
from sild.wings.intake.actions.replay import note_replay, replay_act
from sild.wings.intake.actions.taking import Reader, Taking
from sild.wings.intake.reads import pending_acts, without_text
from sild.wings.intake.rules import Act, Door, act_keys, visible_name
from sild.wings.linkage.public import Ahead, Embedded, Linked, ask_ahead, asked_ahead, embed_lines, link_register
from sild.wings.parties.public import mechanism_file, organisation_ids
from sild.wings.planning.public import PlanMade, make_plan
from sild.wings.register.public import apply_release_rule, lines


@dataclass(slots=True, kw_only=True)
class RunResult:
    """What a run did. `names` maps each message of the folder to the file names under which it stands there; `to_confirm` holds
    the resends (name, first name) that a person is to look at, where the mechanism's file says so;
    `doubts` counts what the check of the reading has against lines of new messages."""

    files: int = 0
    fresh: int = 0
    known: int = 0
    resent: int = 0
    to_confirm: list[tuple[str, str]] = field(default_factory=list)
    doubts: int = 0
    left_aside: list[tuple[str, str]] = field(default_factory=list)
    names: dict[UUID, list[str]] = field(default_factory=dict)
    replayed: int = 0
    not_replayed: list[str] = field(default_factory=list)
    fit_nothing: list[str] = field(default_factory=list)
    embedded: Embedded | None = None
    linked: Linked | None = None
    plan: PlanMade | None = None


@action("intake.run-inbox", roles=frozenset({Role.SERVICE}), stepwise=True)
def run_inbox(
    actor: Actor, folder: Path, home: Home, reader: Reader, *, today: date, acts: Sequence[Act] = (), progress: Progress | None = None
) -> RunResult:
    """Read a folder, link, replay an exercise's acts, plan. Raises Refused when the folder or the acts cannot be taken."""
    watch = progress or Silence()
    result = RunResult()
    with turn(actor.mechanism, "run"), asked_ahead() as ahead:
        pending = pending_acts(actor, acts) if acts else []
        _read_folder(Taking(actor, home, reader, Door.FOLDER), folder, result, watch, ahead)
        if mechanism_file(actor).resend.identical == "link":
            # the mechanism's file settles it: the same bytes are a resend, and nobody is asked
            result.to_confirm.clear()
        apply_release_rule(actor)
        watch.stage("Comparing what lines mean, whatever their languages", None)
        result.embedded = embed_lines(actor, ahead)
        watch.done(result.embedded.lacking or f"{result.embedded.fresh} new vectors")
        # acts are done on the register as it was linked when the first of them was: a replay that was broken off goes on there,
        # and is not linked in between by half of its own rulings
        broken_off = bool(pending) and len(pending) < len(acts) and not result.fresh
        if not broken_off:
            watch.stage("Linking lines in all languages", None)
            result.linked = link_register(actor)
            watch.done(f"{result.linked.needs} needs, {result.linked.offers} offers")
        if pending:
            _replay(actor, acts, pending, result, watch)
            watch.stage("Linking again, with people's rulings", None)
        if pending or result.linked is None:
            result.linked = link_register(actor)
            watch.done(f"{result.linked.needs} needs, {result.linked.offers} offers")
        watch.stage("Planning, and checking the plan", None)
        result.plan = make_plan(actor, today)
        watch.done("checked" if not result.plan.findings else f"the check found {len(result.plan.findings)} faults")
    return result


def _files(folder: Path, result: RunResult) -> list[Path]:
    try:
        entries = sorted(folder.iterdir(), key=lambda path: path.name)
    except FileNotFoundError as problem:
        raise Refused(f"There is no folder {folder}. Check the path and run again.") from problem
    except NotADirectoryError as problem:
        raise Refused(f"{folder} is a file, not a folder. Name the folder that holds the messages.") from problem
    except PermissionError as problem:
        raise Refused(f"The folder {folder} may not be read by you. Ask its owner for access, or copy it.") from problem
    files = []
    for entry in entries:
        if entry.is_symlink():
            result.left_aside.append((visible_name(entry.name), "is a link to another place: put the file itself into the folder"))
        elif entry.is_dir():
            result.left_aside.append((visible_name(entry.name), "is a folder: run it by itself"))
        elif not entry.is_file():
            result.left_aside.append((visible_name(entry.name), "is no ordinary file"))
        else:
            files.append(entry)
    result.files = len(files)
    if not files:
        raise Refused(f"There are no messages in {folder}. Put the files themselves into it (folders and links are left aside).")
    return files


def _read_folder(taking: Taking, folder: Path, result: RunResult, watch: Progress, ahead: Ahead) -> None:
    files = _files(folder, result)
    originals.sweep(taking.home.originals)
    watch.stage("Reading messages", len(files))
    for path in files:
        _take(taking, path, result, ahead)
        watch.step(visible_name(path.name))
    watch.done(f"{result.fresh} new, {result.known} known already, {result.resent} resent, {len(result.left_aside)} left aside")
    _keep_missing_texts(taking.actor, taking.home, taking.reader, watch)


def _keep_missing_texts(actor: Actor, home: Home, reader: Reader, watch: Progress) -> None:
    """Messages that were read before their text was kept are read again from the store of originals; their lines stay."""
    missing = without_text(actor)
    if not missing:
        return
    watch.stage("Keeping the text of earlier messages", len(missing))
    kept = 0
    for key, name, digest in missing:
        try:
            document = reader.read(name, originals.place_of(home.originals, digest).read_bytes())
            keep_text(actor, key, document)
            kept += 1
        except (OSError, Unreadable, DataError, ValueError):
            # the page of the message says that its text is not there; the next run tries again
            continue
        finally:
            watch.step(name)
    watch.done(f"{kept} of {len(missing)}")


def _take(taking: Taking, path: Path, result: RunResult, ahead: Ahead) -> None:
    name = visible_name(path.name)
    try:
        taken = taking.file(path)
    except OSError as problem:
        result.left_aside.append((name, f"cannot be read or kept: {problem.strerror}. Give yourself access to it, and run again"))
        return
    result.left_aside += taken.left_aside
    if taken.sealed:
        told = "bears a classification line: it was sealed unread, and the officers are asked. Take the file out of the folder"
        result.left_aside.append((name, told))
    for arrived in taken.arrived:
        names = result.names.setdefault(arrived.message, [])
        if arrived.fresh:
            result.fresh += 1
            result.doubts += arrived.doubts
            ask_ahead(taking.actor, ahead, arrived.message)
        elif names:
            result.resent += 1
            result.to_confirm.append((arrived.name, names[0]))
        else:
            result.known += 1
        names.append(arrived.name)


def _replay(actor: Actor, acts: Sequence[Act], pending: Sequence[int], result: RunResult, watch: Progress) -> None:
    spec = mechanism_file(actor)
    watch.stage("Replaying the exercise's recorded decisions", len(pending))
    everybody = [identity for identity in organisation_ids(actor).values() if identity == actor.organisation]
    keys = act_keys(acts)
    for place in pending:
        act = acts[place]
        person = actor_named(spec.mechanism, act.member, started_by=actor.name)
        outcome = replay_act(person, act, lines(actor), everybody=everybody, reason=act.reason)
        if outcome.done:
            # what does not fit today may fit when its message has arrived
            note_replay(actor, act, keys[place])
        result.replayed += bool(outcome.done)
        if outcome.told:
            (result.fit_nothing if outcome.fits_nothing else result.not_replayed).append(outcome.told)
        watch.step(act.act)
    watch.done(f"{result.replayed} done, {len(result.not_replayed) + len(result.fit_nothing)} do not fit")
