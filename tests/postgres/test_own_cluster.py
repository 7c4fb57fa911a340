"""The desk on an operator's own cluster: the oldest PostgreSQL that is promised, TLS, an administrator who is no superuser."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sild import sample
from tests.cli.conftest import start
from tests.postgres.debian import Cluster, oldest_programs

ADMINISTRATOR = "sild_operator:word"
MAKE_OPERATOR = "CREATE ROLE sild_operator LOGIN CREATEROLE CREATEDB BYPASSRLS PASSWORD 'word'"
MAKE_BYPASSING = ("CREATE ROLE sild_migrate BYPASSRLS", "CREATE ROLE sild_backup BYPASSRLS")
SCRIPTS = Path(__file__).resolve().parents[2] / "deploy" / "backup"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A running cluster with an operator, before the first start of Sild."""
    programs = oldest_programs()
    if programs is None or shutil.which("openssl") is None:
        if "own-cluster" in os.environ.get("SILD_REQUIRE", ""):
            pytest.fail("PostgreSQL 15 or newer of Debian's is required here (apt install postgresql-15) and not installed")
        pytest.skip("no PostgreSQL of Debian's here: apt install postgresql-15")
    own = Cluster(programs)
    try:
        own.start()
        own.superuser(MAKE_OPERATOR)
        yield own
    finally:
        own.remove()


@pytest.fixture(scope="module")
def desk(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose desk works on the cluster."""
    home = tmp_path_factory.mktemp("own") / "home"
    if int(cluster.superuser("SHOW server_version_num")) < 160000:
        told = start(home, "init", DATABASE_URL=cluster.address(ADMINISTRATOR))
        assert told.returncode == 2
        assert "have one run CREATE ROLE sild_migrate BYPASSRLS; CREATE ROLE sild_backup BYPASSRLS;" in told.stderr
        cluster.superuser(*MAKE_BYPASSING)
    told = start(home, "init", DATABASE_URL=cluster.address(ADMINISTRATOR))
    assert told.returncode == 0, told.stderr
    return home


def test_the_doctor_is_green_there_with_the_administrator_and_without(cluster: Cluster, desk: Path) -> None:
    for user in (ADMINISTRATOR, ""):
        told = start(desk, "--plain", "doctor", DATABASE_URL=cluster.address(user))
        red = [line for line in told.stdout.splitlines() if line.startswith("RED") and "sandbox" not in line]
        assert red == [], told.stdout
        assert "database.version: the server's version number is" in told.stdout
        assert "database.locale: texts are UTF-8, sorted by code points" in told.stdout


def test_texts_of_every_language_are_sorted_by_code_points_there(cluster: Cluster, desk: Path) -> None:
    words = ["Zürich", "abc", "Ärzte", "Єдність", "Їжа", "õun", "łaska", "ABC", "é", "e\u0301", "_", "~"]
    listed = ", ".join(f"('{word}')" for word in words)
    told = cluster.superuser(f"SELECT string_agg(w, '|' ORDER BY w) FROM (VALUES {listed}) v(w)", database="sild")
    assert told.split("|") == sorted(words)
    assert cluster.superuser("SELECT lower('ЄЇҐÕŁÉ')", database="sild") == "єїґõłé"


def test_nobody_gets_in_without_tls_or_by_another_name_than_the_certificates(cluster: Cluster, desk: Path) -> None:
    open_line = cluster.address().partition("?")[0] + "?sslmode=disable"
    told = start(desk, "doctor", DATABASE_URL=open_line)
    assert (told.returncode, "no encryption" in told.stderr) == (2, True)
    other = cluster.address().replace("@localhost", "@127.0.0.1").replace("//localhost", "//127.0.0.1")
    told = start(desk, "doctor", DATABASE_URL=other)
    assert (told.returncode, "does not match host name" in told.stderr) == (2, True)


def test_a_home_that_made_no_roles_asks_for_the_administrator(cluster: Cluster, tmp_path: Path) -> None:
    told = start(tmp_path / "home", "init", DATABASE_URL=cluster.address())
    assert told.returncode == 2
    assert "name the administrator in DATABASE_URL" in told.stderr


def test_a_process_without_the_password_of_migrations_works_on_tables_that_are_up_to_date_or_not_at_all(
    cluster: Cluster, desk: Path
) -> None:
    kept = desk / "keys" / "passwords" / "sild_migrate"
    word = kept.read_text()
    kept.unlink()  # a unit makes it unreadable; root, who runs tests too, reads everything that is there
    try:
        assert start(desk, "init", DATABASE_URL=cluster.address()).returncode == 0
        last = "(SELECT max(id) FROM django_migrations WHERE app = 'intake')"
        cluster.superuser(f"UPDATE django_migrations SET app = 'gone' WHERE id = {last}", database="sild")
        told = start(desk, "init", DATABASE_URL=cluster.address())
        assert (told.returncode, "lacks 1 changes of its tables" in told.stderr) == (2, True)
        cluster.superuser("UPDATE django_migrations SET app = 'intake' WHERE app = 'gone'", database="sild")
    finally:
        kept.write_text(word)
        kept.chmod(0o600)


def test_a_backup_of_the_working_desk_is_restored_into_an_empty_home_and_another_database(
    cluster: Cluster, desk: Path, tmp_path: Path
) -> None:
    path = f"{cluster.programs}:{Path(sys.executable).parent}:{os.environ['PATH']}"
    words = {"PATH": path, "SILD_HOME": str(desk), "DATABASE_URL": cluster.address()}
    made = subprocess.run([SCRIPTS / "sild-backup", tmp_path / "kept"], env=words, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    backup = Path(made.stdout.strip())
    assert stat.S_IMODE(backup.stat().st_mode) == 0o700
    words |= {"SILD_HOME": str(tmp_path / "again"), "DATABASE_URL": cluster.address(ADMINISTRATOR, "again")}
    for expected in (0, 2):  # the second finds a home that is not empty
        told = subprocess.run([SCRIPTS / "sild-restore", backup], env=words, capture_output=True, text=True, check=False)
        assert told.returncode == expected, told.stderr
    told = start(tmp_path / "again", "--plain", "doctor", DATABASE_URL=cluster.address(database="again"))
    assert [line for line in told.stdout.splitlines() if line.startswith("RED") and "sandbox" not in line] == []
    assert "book and database hold the same 1 entries" in told.stdout
    assert start(tmp_path / "again", "ledger", "verify").returncode == 0


def test_a_database_that_holds_tables_is_not_taken_for_a_restore(cluster: Cluster, desk: Path) -> None:
    told = start(desk, "init", "--for-restore", DATABASE_URL=cluster.address(ADMINISTRATOR))
    assert (told.returncode, "holds tables already" in told.stderr) == (2, True)


HOLD = """
import sys
import sild.config.start
from django.db import OperationalError, close_old_connections, connection
from sild.kernel import house
with house.opened():
    for _ in sys.stdin:
        close_old_connections()  # what every request begins with
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM kernel_mechanism")
                print(cursor.fetchone()[0], flush=True)
        except OperationalError:
            print("out of reach", flush=True)
"""


def test_a_process_that_works_on_finds_the_cluster_again_after_it_was_started_anew(cluster: Cluster, desk: Path) -> None:
    words = os.environ | {"SILD_HOME": str(desk), "DATABASE_URL": cluster.address()}
    with subprocess.Popen([sys.executable, "-c", HOLD], env=words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def ask() -> str:
            assert process.stdin is not None and process.stdout is not None
            process.stdin.write("\n")
            process.stdin.flush()
            return process.stdout.readline().strip()

        assert ask() == "0"  # nobody acts: no rows
        cluster.stop()
        assert ask() == "out of reach"
        told = start(desk, "init", DATABASE_URL=cluster.address())
        assert (told.returncode, "cannot be reached" in told.stderr) == (2, True)
        cluster.start()
        assert ask() == "0"
        process.communicate(timeout=60)
    assert process.returncode == 0


PRODUCTION = {"SILD_HOSTS": "desk.example.org", "SILD_PROXIES": "1"}


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Words of the command line: a mechanism of its own that is no exercise, and one party."""
    mechanism = tmp_path / "mechanism.yaml"
    text = sample.DEFAULT_MECHANISM.read_text(encoding="utf-8")
    mechanism.write_text(text.replace("mechanism: desk", "mechanism: harbour"), encoding="utf-8")
    parties = tmp_path / "parties.csv"
    parties.write_text("canonical_name,country,kind,sector\nMinistry of Health,UA,recipient-body,health\n", encoding="utf-8")
    return ["--mechanism", str(mechanism), "--parties", str(parties)]


def test_a_desk_for_real_data_is_founded_with_one_link_and_nobody_in_it(cluster: Cluster, desk: Path, files: list[str]) -> None:
    if shutil.which("bwrap") is None and "sandbox" not in os.environ.get("SILD_REQUIRE", ""):
        pytest.skip("no bubblewrap here: the doctor is red, and nobody is invited")
    words = ["--plain", "init", "--production", *files, "--officer-email", "officer@example.org"]
    links = []
    for _ in range(2):  # the same command again ends the first link and gives another
        told = start(desk, *words, DATABASE_URL=cluster.address(ADMINISTRATOR), **PRODUCTION)
        assert told.returncode == 0, told.stdout + told.stderr
        assert ", 0 red" in told.stdout
        links += re.findall(r"https://desk\.example\.org/join/(\S+)/", told.stdout)
    assert len(set(links)) == 2
    assert cluster.superuser("SELECT count(*) FROM kernel_account", database="sild") == "0"
    found = cluster.superuser("SELECT withdrawn, digest FROM kernel_invitation ORDER BY created_at", database="sild").splitlines()
    assert found == [f"{ended}|{hashlib.sha256(link.encode()).hexdigest()}" for ended, link in zip(("t", "f"), links, strict=True)]
    cluster.superuser("UPDATE kernel_member SET account_id = gen_random_uuid() WHERE slug = 'officer'", database="sild")
    told = start(desk, *words, DATABASE_URL=cluster.address(ADMINISTRATOR), **PRODUCTION)
    assert (told.returncode, "is taken" in told.stderr) == (2, True)


def test_real_data_do_not_stand_beside_an_exercise(cluster: Cluster, tmp_path: Path, files: list[str]) -> None:
    exercise = ["init", "--mechanism", str(sample.MECHANISM)]
    address = cluster.address(ADMINISTRATOR, "mixed")
    assert start(tmp_path / "home", *exercise, DATABASE_URL=address).returncode == 0
    words = ["init", "--production", *files, "--officer-email", "officer@example.org"]
    told = start(tmp_path / "home", *words, DATABASE_URL=address, **PRODUCTION)
    assert (told.returncode, "holds the exercise bridge-exercise" in told.stderr) == (2, True)
