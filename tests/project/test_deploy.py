"""What deploy/ holds fits the program: its commands are there, its secrets kept from those who need none, its guide true."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest
import typer

from sild.cli.app import app
from sild.postgres.roles import BYPASS_ROLES, LOGIN_ROLES, SEQUENCER

CHECKOUT = Path(__file__).resolve().parents[2]
DEPLOY = CHECKOUT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
SCRIPTS = [path for path in sorted(DEPLOY.rglob("*")) if path.is_file() and path.read_bytes().startswith(b"#!")]
PASSWORDS = "/var/lib/sild/home/keys/passwords/"


def words(unit: Path, key: str) -> list[str]:
    """All words of a setting that may stand several times."""
    lines = re.findall(rf"^{key}=(.*)$", unit.read_text(encoding="utf-8"), re.MULTILINE)
    return [word for line in lines for word in shlex.split(line)]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_starts_a_command_that_is_there(unit: Path) -> None:
    program, *rest = words(unit, "ExecStart")
    if not program.endswith("/bin/sild"):
        assert (CHECKOUT / program.removeprefix("/srv/sild/")).is_file()
        return
    verb, *options = [word for word in rest if word != "--plain"]
    command = typer.main.get_command(app).commands[verb]  # type: ignore[attr-defined]  # a group, as the app has several verbs
    assert set(options) <= {option for parameter in command.params for option in parameter.opts}


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_runs_without_rights_and_may_write_one_place(unit: Path) -> None:
    assert words(unit, "User") == ["sild"]
    assert words(unit, "NoNewPrivileges") == words(unit, "PrivateTmp") == words(unit, "PrivateUsers") == ["yes"]
    assert words(unit, "CapabilityBoundingSet") == []
    assert words(unit, "ProtectSystem") == ["strict"]
    assert len(words(unit, "ReadWritePaths")) == 1
    assert words(unit, "MemoryMax") != []
    assert words(unit, "IPAddressDeny") == ["any"]


@pytest.mark.parametrize("name", ["web", "worker", "sequencer"])
def test_no_service_reads_a_password_that_sees_past_row_level_security(name: str) -> None:
    closed = words(DEPLOY / "systemd" / f"sild-{name}.service", "InaccessiblePaths")
    hidden = {path.removeprefix(f"-{PASSWORDS}") for path in closed}
    assert hidden >= set(BYPASS_ROLES)
    assert (SEQUENCER in hidden) == (name == "web")
    assert hidden & set(LOGIN_ROLES) < set(LOGIN_ROLES)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_script_is_whole_and_may_be_run(script: Path) -> None:
    assert script.stat().st_mode & 0o111
    shell = script.read_text(encoding="utf-8").splitlines()[0].split("/")[-1].removeprefix("env ")
    subprocess.run([shell, "-n", script], check=True)


def test_the_guide_names_files_that_are_there() -> None:
    text = (CHECKOUT / "docs" / "how-to" / "production.md").read_text(encoding="utf-8")
    named = set(re.findall(r"/srv/sild/(deploy/[\w./-]+?)(?:[\s*)\"]|$)", text))
    assert {"deploy/as-desk", "deploy/proxy/nginx-sild.conf", "deploy/postgresql/pg_hba.conf"} <= named
    assert [name for name in named if not (CHECKOUT / name).exists()] == []
