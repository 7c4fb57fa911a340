"""The import contracts of .importlinter hold, and each of them is shown to break on a planted import."""

from __future__ import annotations

import os
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

from .tree import CHECKOUT, PACKAGE, plant

CONTRACTS = CHECKOUT / ".importlinter"
_LINT = "import sys; from importlinter.cli import lint_imports_command as lint; sys.argv[0] = 'lint-imports'; lint()"

# contract -> planted module, its text
PLANTED: list[tuple[str, str, str]] = [
    ("storeys", "values/money.py", "import sild.cores.allocation"),
    ("storeys", "cores/allocation/method.py", "import sild.formats"),
    ("storeys", "formats/mail.py", "import sild.postgres"),
    ("storeys", "formats/mail.py", "import sild.vectors"),
    ("storeys", "vectors/bundled.py", "import sild.kernel"),
    ("storeys", "sample/inbox.py", "import sild.kernel"),
    ("storeys", "kernel/ledger.py", "import sild.wings.parties"),
    ("storeys", "wings/parties/reads.py", "import sild.cli"),
    ("storeys", "cli/app.py", "import sild.config"),
    ("storeys", "config/settings.py", "import sild.__main__"),
    ("storeys", "attic/box.py", ""),
    ("wings", "wings/parties/reads.py", "import sild.wings.register"),
    ("wings", "wings/register/reads.py", "import sild.wings.planning"),
    ("wings", "wings/warehouse/__init__.py", ""),
    ("rooms", "wings/register/rules.py", "import sild.wings.register.models"),
    ("rooms", "wings/register/models.py", "import sild.wings.register.reads"),
    ("rooms", "wings/register/reads.py", "import sild.wings.register.actions"),
    ("rooms", "wings/register/actions.py", "import sild.wings.register.public"),
    ("rooms", "wings/register/pages.py", "import sild.wings.register.public"),
    ("rooms", "wings/register/views.py", ""),
    ("pure", "values/money.py", "import django"),
    ("pure", "cores/linkage/method.py", "from django.db import models"),
    ("pure", "formats/mail.py", "import httpx"),
    ("pure", "vectors/bundled.py", "import django"),
    ("pure", "postgres/supervisor.py", "import psycopg"),
    ("pure", "wings/register/rules.py", "from sild.kernel import clock"),
    ("pure", "wings/register/events.py", "from django.db import models"),
    ("independent-cores", "cores/linkage/method.py", "from sild.cores.allocation import problem"),
]
# rooms that a planted import must be able to reach
TARGETS = {
    **{f"wings/register/{room}.py": "" for room in ("rules", "events", "models", "reads", "actions", "public")},
    "kernel/clock.py": "",
    "cores/allocation/problem.py": "",
}


def lint(package: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    chosen = [word for contract in contracts for word in ("--contract", contract)]
    return subprocess.run(
        [sys.executable, "-c", _LINT, "--no-cache", "--no-logo", "--config", str(CONTRACTS), *chosen],
        cwd=package.parent,
        env={**os.environ, "PYTHONPATH": str(package.parent), "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def names() -> dict[str, str]:
    """Contract identifier -> its name as the report prints it."""
    read = ConfigParser()
    read.read(CONTRACTS, encoding="utf-8")
    prefix = "importlinter:contract:"
    return {section.removeprefix(prefix): read[section]["name"] for section in read.sections() if section.startswith(prefix)}


def test_the_house_keeps_its_contracts() -> None:
    done = lint(PACKAGE)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(names())} kept, 0 broken" in done.stdout


@pytest.mark.parametrize(("contract", "module", "text"), PLANTED, ids=[f"{contract}-{module}" for contract, module, _ in PLANTED])
def test_a_planted_import_breaks_its_contract(contract: str, module: str, text: str, tmp_path: Path) -> None:
    done = lint(plant(tmp_path, {**TARGETS, module: text + "\n"}), contract)
    assert done.returncode != 0, done.stdout
    assert f"{names()[contract]} BROKEN" in done.stdout, done.stdout + done.stderr


def test_an_import_downstairs_breaks_nothing(tmp_path: Path) -> None:
    package = plant(
        tmp_path,
        {
            **TARGETS,
            "values/money.py": "",
            "cores/linkage/method.py": "from sild.values import money\n",
            "wings/planning/actions.py": "import sild.kernel.clock\nimport sild.wings.register.public\nimport sild.cores\n",
            "cli/app.py": "from sild.wings.register import public\n",
        },
    )
    done = lint(package)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_contract_has_a_planted_violation() -> None:
    assert {contract for contract, _, _ in PLANTED} == set(names())
