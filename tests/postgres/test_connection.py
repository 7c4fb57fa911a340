"""Addresses and passwords: what is read, what is refused, and that no message gives a password away."""

from __future__ import annotations

from pathlib import Path

import pytest

from sild.postgres.connection import django_database, kept_password, read_password, url_conninfo
from sild.postgres.faults import DatabaseFault
from sild.postgres.places import private_directory, write_private


@pytest.fixture
def passwords(tmp_path: Path) -> Path:
    return private_directory(tmp_path / "passwords")


def test_a_password_is_made_once_and_only_its_owner_reads_it(passwords: Path) -> None:
    first = kept_password(passwords, "sild_app")
    assert len(first) >= 43
    assert kept_password(passwords, "sild_app") == first
    assert kept_password(passwords, "sild_backup") != first
    assert (passwords / "sild_app").stat().st_mode & 0o777 == 0o600


def test_a_password_that_was_half_written_is_made_anew(passwords: Path) -> None:
    (passwords / "sild_app").touch(mode=0o600)
    assert len(kept_password(passwords, "sild_app")) >= 43


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_a_password_that_others_can_read_is_refused(passwords: Path, mode: int) -> None:
    secret = kept_password(passwords, "sild_app")
    (passwords / "sild_app").chmod(mode)
    with pytest.raises(DatabaseFault, match="can be read by others") as caught:
        read_password(passwords, "sild_app")
    assert secret not in str(caught.value)


def test_a_missing_an_empty_and_a_linked_password_are_told_apart(passwords: Path) -> None:
    with pytest.raises(DatabaseFault, match=r"There is no password for the role sild_app .*run `sild init`"):
        read_password(passwords, "sild_app")
    write_private(passwords / "sild_app", "\n")
    with pytest.raises(DatabaseFault, match="is empty"):
        read_password(passwords, "sild_app")
    (passwords / "sild_backup").symlink_to(passwords / "sild_app")
    with pytest.raises(DatabaseFault, match="cannot be read"):
        read_password(passwords, "sild_backup")


def test_the_administrators_address_is_read_with_everything_in_it(passwords: Path) -> None:
    info = url_conninfo("postgresql://ad%40min:p%2Fw@db.example.org:6543/sild?sslmode=verify-full&sslrootcert=/etc/ca.pem", passwords)
    assert info == {
        "host": "db.example.org", "port": 6543, "dbname": "sild", "user": "ad@min", "password": "p/w",
        "sslmode": "verify-full", "sslrootcert": "/etc/ca.pem",
    }  # fmt: skip


def test_a_role_uses_its_own_password_and_not_the_administrators(passwords: Path) -> None:
    secret = kept_password(passwords, "sild_app")
    info = url_conninfo("postgres://admin:word@db.example.org/sild", passwords, "sild_app")
    assert info == {"host": "db.example.org", "port": 5432, "dbname": "sild", "user": "sild_app", "password": secret}
    assert url_conninfo("postgres:///sild?host=/run/postgresql", passwords, "sild_app", "other")["dbname"] == "other"


def test_an_address_without_a_user_is_enough_for_the_roles_and_leaves_the_administrator_to_the_driver(passwords: Path) -> None:
    kept_password(passwords, "sild_app")
    assert url_conninfo("postgresql://host/sild", passwords) == {"host": "host", "port": 5432, "dbname": "sild"}
    assert url_conninfo("postgresql://host/sild", passwords, "sild_app")["user"] == "sild_app"
    pair = url_conninfo("postgresql://one:5433,two/sild?target_session_attrs=primary", passwords, "sild_app")
    assert (pair["host"], pair["port"], pair["target_session_attrs"]) == ("one,two", "5433,5432", "primary")


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("", "is not an address"),
        ("mysql://admin:hidden@host/sild", "is not an address"),
        ("postgresql://admin:hidden@host", "is not an address"),
        ("postgresql://admin:hidden@host/a/b", "is not an address"),
        ("postgresql://admin:hidden@host:port/sild", "cannot be read"),
        ("postgresql://admin:hidden@host:99999/sild", "cannot be read"),
        ("postgresql://admin:hidden@[::1/sild", "cannot be read"),
        ("postgresql://admin:hidden@/sild", "names no host"),
        ("postgresql://admin:hidden@host/sild?options=-cfsync%3Doff", "not known: options"),
        ("postgresql://admin:hidden@host/sild?passfile=/tmp/x&service=y", "not known: passfile, service"),
    ],
)
def test_a_wrong_address_is_refused_in_one_line_without_its_password(passwords: Path, url: str, told: str) -> None:
    with pytest.raises(DatabaseFault, match=told) as caught:
        url_conninfo(url, passwords)
    assert "hidden" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_frameworks_entry_holds_the_same_connection() -> None:
    info: dict[str, str | int] = {
        "host": "/run/x",
        "port": 5432,
        "dbname": "sild",
        "user": "sild_app",
        "password": "w",
        "sslmode": "require",
    }
    assert django_database(info) == {
        "ENGINE": "django.db.backends.postgresql", "NAME": "sild", "USER": "sild_app", "PASSWORD": "w", "HOST": "/run/x", "PORT": "5432",
        "OPTIONS": {"sslmode": "require"},
    }  # fmt: skip
