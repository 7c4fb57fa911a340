"""The directories of a cluster are private, checked, and never somebody else's."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

import pytest

from sild.postgres import places
from sild.postgres.faults import DatabaseFault
from sild.postgres.places import prepare_place, private_directory, public_directory, system_account, write_private
from sild.postgres.supervisor import Server

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the server as another account")


def test_a_private_directory_is_made_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        assert private_directory(tmp_path / "one").stat().st_mode & 0o777 == 0o700
        os.umask(0o277)
        assert private_directory(tmp_path / "two").stat().st_mode & 0o777 == 0o700
    finally:
        os.umask(before)


def test_a_directory_that_others_may_enter_is_refused_and_not_changed(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o755)
    with pytest.raises(DatabaseFault, match="has mode 755 instead of 700"):
        private_directory(tmp_path / "open")
    assert (tmp_path / "open").stat().st_mode & 0o777 == 0o755


def test_a_link_in_the_place_of_a_directory_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(DatabaseFault, match="is not a directory"):
        private_directory(tmp_path / "link")


@as_root
def test_a_directory_of_another_account_is_refused(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir(mode=0o700)
    os.chown(tmp_path / "theirs", 12345, 12345)
    with pytest.raises(DatabaseFault, match="belongs to uid 12345, not to uid 0"):
        private_directory(tmp_path / "theirs")


@pytest.mark.parametrize("path", ["", "/"])
def test_a_home_that_is_no_place_of_its_own_is_refused(path: str) -> None:
    with pytest.raises(DatabaseFault, match="name a directory of its own"):
        prepare_place(Path(path))


def test_a_home_that_is_a_file_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a directory")
    with pytest.raises(DatabaseFault, match=r"cannot be used .*File exists.*set SILD_HOME") as caught:
        prepare_place(tmp_path / "file")
    assert "\n" not in str(caught.value)
    with pytest.raises(DatabaseFault, match=r"cannot be used .*Not a directory"):
        prepare_place(tmp_path / "file" / "home")


def test_a_home_that_was_there_before_keeps_its_mode(home: Path) -> None:
    home.mkdir()
    home.chmod(0o755)
    prepare_place(home)
    assert home.stat().st_mode & 0o777 == 0o755
    assert (home / "postgres").stat().st_mode & 0o777 == 0o700


def test_a_private_file_is_never_readable_by_others(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        write_private(tmp_path / "secret", "first\n")
        write_private(tmp_path / "secret", "second\n")
    finally:
        os.umask(before)
    assert (tmp_path / "secret").read_text() == "second\n"
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_a_planted_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("untouched")
    (tmp_path / "secret").symlink_to(tmp_path / "victim")
    write_private(tmp_path / "secret", "word\n")
    assert (tmp_path / "victim").read_text() == "untouched"
    assert not (tmp_path / "secret").is_symlink()


@as_root
def test_the_server_of_root_cannot_write_its_own_rules(home: Path) -> None:
    server = Server(home, durable=False).start()
    place, account = server.place, server.place.account
    server.stop()
    assert account is not None
    assert place.base.is_relative_to(places.SYSTEM_ROOT)
    for path in (place.base, place.settings, place.settings / "pg_hba.conf", place.settings / "postgresql.conf"):
        found = path.stat()
        assert (found.st_uid, found.st_gid) == (0, account.gid)
        assert found.st_mode & 0o027 == 0, path
    assert place.data.stat().st_uid == account.uid
    assert account.name not in ("nobody", "root")


@as_root
def test_a_copied_home_does_not_share_the_cluster_of_the_original(home: Path, tmp_path: Path) -> None:
    original = prepare_place(home)
    twin = tmp_path / "twin"
    (twin / "postgres").mkdir(parents=True, mode=0o700)
    write_private(twin / "postgres" / "cluster", f"{original.base}\n")
    with pytest.raises(DatabaseFault, match="is a copy of"):
        prepare_place(twin)


@as_root
def test_a_pointer_that_leads_out_of_the_clusters_is_refused(home: Path) -> None:
    prepare_place(home)
    places.remove_place(prepare_place(home))
    (home / "postgres").mkdir(mode=0o700)
    write_private(home / "postgres" / "cluster", "/etc\n")
    with pytest.raises(DatabaseFault, match="names /etc, which is not under"):
        prepare_place(home)
    (home / "postgres" / "cluster").unlink()


@as_root
def test_the_cluster_of_a_deleted_home_is_not_taken_over(home: Path) -> None:
    first = prepare_place(home)
    for path in sorted(first.keys.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    first.keys.rmdir()
    second = prepare_place(home)
    assert second.base != first.base
    assert first.base.exists()
    for path in sorted(first.base.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    first.base.rmdir()


@as_root
def test_a_place_for_clusters_that_others_may_write_is_refused(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    (tmp_path / "root").chmod(0o777)
    with pytest.raises(DatabaseFault, match="nobody else may write"):
        public_directory(tmp_path / "root")


@as_root
def test_an_account_of_a_person_is_not_used_for_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    person = pwd.struct_passwd(("sild", "x", 1000, 1000, "", "/home/sild", "/bin/bash"))
    monkeypatch.setattr(places.pwd, "getpwnam", lambda name: person)
    with pytest.raises(DatabaseFault, match="is a person's"):
        system_account()


@as_root
def test_a_machine_that_cannot_make_accounts_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places.shutil, "which", lambda name, path: None)
    with pytest.raises(DatabaseFault, match=r"no `useradd` .*start as a normal user"):
        system_account("sild-not-there")
