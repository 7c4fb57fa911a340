"""The vault: what is kept is unreadable on the disk, comes back as it was, and is gone with its key."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sild.kernel import vault
from sild.kernel.home import Home
from sild.kernel.refusals import Refused


@pytest.fixture
def place(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("vault") / "home").prepare()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=4096))
def test_what_is_locked_away_comes_back_as_it_was(place: Home, data: bytes) -> None:
    key = uuid.uuid4()
    wrapped = vault.lock_away(place, key, data)
    assert vault.open_up(place, key, wrapped) == data
    assert len(data) < 8 or data not in vault.place_of(place, key, wrapped).read_bytes()


def test_nothing_readable_lies_on_the_disk(place: Home) -> None:
    key = uuid.uuid4()
    wrapped = vault.lock_away(place, key, b"a very plain sentence" * 100)
    kept = vault.place_of(place, key, wrapped)
    assert b"plain sentence" not in kept.read_bytes()
    assert kept.stat().st_mode & 0o077 == 0
    assert b"plain sentence" not in wrapped


def test_one_file_does_not_stand_in_for_another(place: Home) -> None:
    one, two = uuid.uuid4(), uuid.uuid4()
    wrapped_one, wrapped_two = vault.lock_away(place, one, b"one"), vault.lock_away(place, two, b"two")
    vault.place_of(place, one, wrapped_one).write_bytes(vault.place_of(place, two, wrapped_two).read_bytes())
    for key, wrapped in ((one, wrapped_one), (one, wrapped_two)):
        with pytest.raises(Refused, match="cannot be opened"):
            vault.open_up(place, key, wrapped)


def test_a_damaged_file_and_a_lost_one_are_told_and_not_guessed(place: Home) -> None:
    key = uuid.uuid4()
    wrapped = vault.lock_away(place, key, b"something")
    kept = vault.place_of(place, key, wrapped)
    kept.write_bytes(kept.read_bytes()[:-1] + b"\0")
    with pytest.raises(Refused, match="same backup"):
        vault.open_up(place, key, wrapped)
    vault.wipe(place, key, wrapped)
    vault.wipe(place, key, wrapped)
    with pytest.raises(Refused):
        vault.open_up(place, key, wrapped)


def test_what_is_kept_is_listed_by_name_and_half_written_pieces_are_not(place: Home) -> None:
    key = uuid.uuid4()
    assert vault.kept_in(place) == set()
    wrapped = vault.lock_away(place, key, b"x")
    (vault.place_of(place, key, wrapped).parent / f"{key}.12ab").write_bytes(b"half")
    assert vault.kept_in(place) == {key}


def test_the_same_thing_locked_away_twice_is_there_twice(place: Home) -> None:
    key = uuid.uuid4()
    first, second = vault.lock_away(place, key, b"x"), vault.lock_away(place, key, b"x")
    vault.wipe(place, key, first)
    assert vault.open_up(place, key, second) == b"x"
