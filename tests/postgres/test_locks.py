"""Locks: shares are kept when a lone hold is refused, a dead holder frees its lock, a removed file keeps nobody in or out."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from sild.postgres.faults import DatabaseFault
from sild.postgres.locks import FileLock, one_at_a_time


def test_a_share_survives_the_refusal_of_a_lone_hold(tmp_path: Path) -> None:
    first, second = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    first.share()
    second.share()
    assert not first.try_alone()
    second.release()
    third = FileLock(tmp_path / "lock")
    assert not third.try_alone(), "the first one lost its share when it was refused"
    first.release()
    assert third.try_alone()
    third.release()


def test_a_child_that_inherits_the_lock_keeps_it_and_its_death_frees_it(tmp_path: Path) -> None:
    lock, other = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    assert lock.try_alone()
    child = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE, pass_fds=(lock.handle,))
    lock.close()
    assert not other.try_alone()
    child.kill()
    child.communicate()
    assert other.try_alone()
    other.release()


def test_only_one_at_a_time(tmp_path: Path) -> None:
    inside, most = 0, 0
    guard = threading.Lock()

    def enter() -> None:
        nonlocal inside, most
        for _ in range(5):
            with one_at_a_time(lambda: tmp_path / "lock"):
                with guard:
                    inside += 1
                    most = max(most, inside)
                with guard:
                    inside -= 1

    threads = [threading.Thread(target=enter) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


def test_a_lock_whose_file_was_removed_meanwhile_is_taken_at_its_new_place(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    first = FileLock(path)
    assert first.try_alone()
    entered = threading.Event()

    def wait() -> None:
        with one_at_a_time(lambda: path):
            assert FileLock(path).try_alone() is False
            entered.set()

    waiter = threading.Thread(target=wait)
    waiter.start()
    path.unlink()
    first.release()
    waiter.join(10)
    assert entered.is_set()


def test_somebody_who_never_ends_is_named_in_one_line(tmp_path: Path) -> None:
    held = FileLock(tmp_path / "lock")
    assert held.try_alone()
    with pytest.raises(DatabaseFault, match="Another command starts or stops the database"), one_at_a_time(lambda: tmp_path / "lock", 0.05):
        pytest.fail("the lock let two in")
    held.release()
