"""Hostile files through the door itself: each ends as a message that is read, sealed or quarantined with its reason, the original kept.

What the children took is measured by the kernel's own count, not only limited: 10 s and 1 GiB at most, where no picture is recognised.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sild.formats.sandbox import Sandbox
from sild.formats.sandbox.server import ChildLimits
from sild.kernel import originals
from sild.kernel.home import Home
from sild.wings.intake.actions.taking import Taking
from sild.wings.intake.public import messages
from sild.wings.intake.rules import Door
from sild.wings.parties.public import import_parties
from tests.cast import Cast
from tests.formats.bombs import BOMBS
from tests.formats.test_bombs import QUICK
from tests.formats.test_shared_sets import SETS, files_of
from tests.wings.intake.test_run import COUNCIL

LIMITS = ChildLimits()
SAMPLE = 4
"""How many files of each collection the quick test takes, spread over it."""
MANY_MESSAGES = ("box.mbox", "near.mbox")
"""Whole mailboxes of 10,000 messages and more: they cost what so many messages cost, and are taken apart in tests/formats."""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """One sandbox with the limits that hold on a desk."""
    with Sandbox() as opened:
        yield opened


@pytest.fixture
def door(cast: Cast, home: Home, sandbox: Sandbox) -> Taking:
    import_parties(cast.run, [COUNCIL])
    return Taking(cast.run, home, sandbox, Door.UPLOAD)


def wrong_with(door: Taking, sandbox: Sandbox, name: str, data: bytes) -> list[str]:
    """What is wrong with how a file ended at the door; nothing where everything that was promised held."""
    sandbox.spent()
    taken = door.data(data, name)
    spent = sandbox.spent()
    wrong = []
    digest = originals.keep_bytes(door.home.originals, data).digest
    if not taken.sealed and originals.place_of(door.home.originals, digest).read_bytes() != data:
        wrong.append("its original is not what came")
    if not taken.arrived and not taken.sealed and not taken.left_aside:
        wrong.append("nothing is told of it")
    kept = {message.id: message for message in messages(door.actor)}
    for one in taken.arrived:
        message = kept.get(one.message)
        if message is None or message.state not in ("read", "noise", "quarantined"):
            wrong.append(f"{one.name} is {message and message.state}")
        elif message.state == "quarantined" and not (message.why or "").startswith(one.name.split("/")[0]):
            wrong.append(f"{one.name} is quarantined without a reason of its own: {message.why!r}")
        elif not originals.place_of(door.home.originals, message.digest).exists():
            wrong.append(f"the original of {one.name} is lost")
    if sum(child.processor for child in spent if not child.recognising) > LIMITS.seconds:
        wrong.append(f"its children took {sum(child.processor for child in spent):.1f} s together")
    for child in spent:
        most = LIMITS.recognition_seconds if child.recognising else LIMITS.seconds
        if child.processor > most or child.memory > LIMITS.address_space:
            wrong.append(f"a child took {child.processor:.1f} s of processor and {child.memory >> 20} MiB")
    return wrong


def test_bombs_that_are_over_in_a_moment_end_well_at_the_door(door: Taking, sandbox: Sandbox) -> None:
    found = {name: wrong for name in QUICK if (wrong := wrong_with(door, sandbox, name, BOMBS[name]()))}
    assert found == {}
    assert sandbox.restarts == 0


@pytest.mark.parametrize("name", SETS)
def test_some_files_of_each_bad_collection_end_well_at_the_door(name: str, door: Taking, sandbox: Sandbox) -> None:
    files = files_of(name)
    some = files[:: max(1, len(files) // SAMPLE)]
    assert {path.name: wrong for path in some if (wrong := wrong_with(door, sandbox, path.name, path.read_bytes()))} == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", SETS)
def test_every_file_of_a_bad_collection_ends_well_at_the_door(name: str, door: Taking, sandbox: Sandbox) -> None:
    assert {path.name: wrong for path in files_of(name) if (wrong := wrong_with(door, sandbox, path.name, path.read_bytes()))} == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in BOMBS if name not in (*QUICK, *MANY_MESSAGES)])
def test_long_bombs_end_well_at_the_door(name: str, door: Taking, sandbox: Sandbox) -> None:
    assert wrong_with(door, sandbox, name, BOMBS[name]()) == []
