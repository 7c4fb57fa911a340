"""Wings are entered by their front doors, and no check leans on the method that it checks; shown on planted houses."""

from __future__ import annotations

from pathlib import Path

import pytest

from .front_doors import closed_doors, dependent_checks, imports_of
from .tree import PACKAGE, plant

REGISTER = {f"wings/register/{room}.py": "" for room in ("public", "reads", "models", "commands", "pages", "routes")}


def test_wings_are_entered_by_their_front_doors_only() -> None:
    assert closed_doors(imports_of(PACKAGE)) == []


def test_no_check_leans_on_the_method_that_it_checks() -> None:
    assert dependent_checks(imports_of(PACKAGE)) == []


@pytest.mark.parametrize(
    ("importer", "text"),
    [
        ("wings/planning/reads.py", "from sild.wings.register.reads import open_needs"),
        ("wings/planning/reads.py", "import sild.wings.register.models"),
        ("wings/planning/actions/make.py", "from sild.wings.register import reads"),
        ("wings/planning/reads.py", "from sild.wings.register.commands import tell"),
        ("wings/planning/reads.py", "from sild.wings.register import open_needs"),
        ("cli/app.py", "from sild.wings.register.reads import open_needs"),
        ("cli/app.py", "from sild.wings.register.pages import show"),
        ("web/desk.py", "from sild.wings.register.routes import show"),
        ("api/desk.py", "from sild.wings.register.pages import show"),
        ("api/desk.py", "from sild.wings.register.models import Need"),
    ],
)
def test_a_wrong_door_is_found(importer: str, text: str, tmp_path: Path) -> None:
    package = plant(tmp_path, {**REGISTER, importer: text + "\n"})
    found = closed_doors(imports_of(package))
    assert len(found) == 1
    assert found[0].startswith("sild." + importer.removesuffix(".py").replace("/", "."))


def test_the_open_doors_are_open(tmp_path: Path) -> None:
    package = plant(
        tmp_path,
        {
            **REGISTER,
            "wings/planning/reads.py": "from sild.wings.register.public import open_needs\n",
            "wings/register/commands.py": "from sild.wings.register.reads import open_needs\n",
            "cli/app.py": "from sild.wings.register import commands\nfrom sild.wings.register import public\n",
            "web/desk.py": "from sild.wings.register import pages\n",
            "api/desk.py": "from sild.wings.register import routes\n",
        },
    )
    imports = imports_of(package)
    assert ("sild.wings.planning.reads", "sild.wings.register.public") in imports
    assert closed_doors(imports) == []


@pytest.mark.parametrize(
    "modules",
    [
        {"check.py": "from sild.cores.allocation.method import solve\n", "method.py": ""},
        {"check.py": "from sild.cores.allocation import greedy\n", "greedy.py": ""},
        {
            "check.py": "from sild.cores.allocation.answer import Plan\n",
            "answer.py": "from sild.cores.allocation import method\n",
            "method.py": "",
        },
        {"check/limits.py": "from sild.cores.allocation.method.lp import bound\n", "method/lp.py": ""},
    ],
    ids=["directly", "under-another-name", "through-the-answer", "between-packages"],
)
def test_a_check_that_leans_on_the_method_is_found(modules: dict[str, str], tmp_path: Path) -> None:
    package = plant(tmp_path, {f"cores/allocation/{name}": text for name, text in modules.items()})
    assert dependent_checks(imports_of(package))


def test_a_check_may_read_problem_and_answer(tmp_path: Path) -> None:
    package = plant(
        tmp_path,
        {
            "cores/allocation/problem.py": "",
            "cores/allocation/answer.py": "from sild.cores.allocation import problem\n",
            "cores/allocation/method.py": "from sild.cores.allocation import answer\n",
            "cores/allocation/check.py": "from sild.cores.allocation import answer\nfrom sild.cores.allocation import problem\n",
        },
    )
    assert dependent_checks(imports_of(package)) == []
