"""`sild init --production` refuses what is not fit for real data. What it makes is tried in tests/postgres/test_own_cluster.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from sild import sample
from tests.cli.conftest import start

FIT = {
    "SILD_HOSTS": "desk.example.org",
    "SILD_PROXIES": "1",
    "DATABASE_URL": "postgresql://u:p@localhost:1/sild?sslmode=verify-full&sslrootcert=/x",
}


@pytest.fixture
def words(tmp_path: Path) -> list[str]:
    """A command line that lacks nothing."""
    mechanism = tmp_path / "mechanism.yaml"
    mechanism.write_bytes(sample.DEFAULT_MECHANISM.read_bytes())
    parties = tmp_path / "parties.csv"
    parties.write_text("canonical_name,country,kind,sector\nMinistry of Health,UA,recipient-body,health\n", encoding="utf-8")
    return ["init", "--production", "--mechanism", str(mechanism), "--parties", str(parties), "--officer-email", "officer@example.org"]


def refused(home: Path, words: list[str], **environment: str) -> str:
    told = start(home, *words, **environment)
    assert told.returncode == 2, told.stdout + told.stderr
    assert not home.exists()
    assert told.stderr.count("\n") == 1
    return told.stderr


@pytest.mark.parametrize("missing", ["--mechanism", "--parties", "--officer-email"])
def test_it_names_what_it_needs(tmp_path: Path, words: list[str], missing: str) -> None:
    at = words.index(missing)
    assert "--production needs" in refused(tmp_path / "home", words[:at] + words[at + 2 :], **FIT)


def test_an_exercise_is_not_for_real_data(tmp_path: Path, words: list[str]) -> None:
    words[words.index("--mechanism") + 1] = str(sample.MECHANISM)
    assert "describes an exercise" in refused(tmp_path / "home", words, **FIT)


@pytest.mark.parametrize("hosts", ["", "localhost", "127.0.0.1,[::1],desk.localhost", " , "])
def test_a_desk_that_only_this_machine_reaches_is_a_demo(tmp_path: Path, words: list[str], hosts: str) -> None:
    assert "SILD_HOSTS names no host" in refused(tmp_path / "home", words, **FIT | {"SILD_HOSTS": hosts})


def test_a_desk_without_a_proxy_for_tls_is_refused(tmp_path: Path, words: list[str]) -> None:
    assert "SILD_PROXIES is 0" in refused(tmp_path / "home", words, **FIT | {"SILD_PROXIES": "0"})


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("", "set DATABASE_URL"),
        ("postgresql://u:p@db.example.org/sild", "does not ask for proven TLS"),
        ("postgresql://u:p@db.example.org/sild?sslmode=require", "does not ask for proven TLS"),
        ("postgresql://u:p@/sild?host=/nonexistent", "cannot be reached"),
    ],
    ids=["embedded", "open", "unproven", "a-socket-needs-none"],
)
def test_the_way_to_the_database_is_a_cluster_of_ones_own_over_proven_tls(tmp_path: Path, words: list[str], url: str, told: str) -> None:
    ended = start(tmp_path / "home", *words, **FIT | {"DATABASE_URL": url})
    assert (ended.returncode, told in ended.stderr) == (2, True), ended.stderr


def test_an_officers_address_without_production_is_refused(tmp_path: Path) -> None:
    assert "--officer-email belongs to --production" in refused(tmp_path / "home", ["init", "--officer-email", "officer@example.org"])
