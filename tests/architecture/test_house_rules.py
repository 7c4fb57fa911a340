"""The real tree keeps every rule, and every rule is shown to bite: on planted trees, each wrong in one way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from . import house_rules as rules
from .tree import PACKAGE, forget, plant

MODULE = '"""A module that says what lives in it."""\n'

# rule -> what to plant: path below the package, text
PLANTED: list[tuple[rules.Rule, str, str]] = [
    (rules.file_budget, "values/money.py", MODULE + "x = 1\n" * 600),
    (rules.file_budget, "config/settings.py", MODULE + "x = 1\n" * 250),
    (rules.function_budget, "values/money.py", MODULE + "def add():\n" + "    x = 1\n" * 80),
    (rules.function_budget, "values/money.py", MODULE + "class Money:\n    async def add(self):\n" + "        x = 1\n" * 80),
    (rules.parameter_budget, "values/money.py", MODULE + "def add(a, b, c, d, *, e, f, g, h): ...\n"),
    (rules.parameter_budget, "cli/app.py", MODULE + "@app.command()\ndef run(a, b, c, d, e, f, g, h, i, j, k, l, m): ...\n"),
    (rules.no_homeless_names, "values/utils.py", MODULE),
    (rules.no_homeless_names, "kernel/services/clock.py", MODULE),
    (rules.no_homeless_names, "wings/register/handlers.py", MODULE),
    (rules.modules_introduce_themselves, "values/money.py", "x = 1\n"),
    (rules.imports_stand_at_the_top, "values/money.py", MODULE + "def add():\n    import decimal\n"),
    (
        rules.imports_stand_at_the_top,
        "values/money.py",
        MODULE + "class Money:\n    def add(self):\n        if self:\n            from decimal import Decimal\n",
    ),
    (rules.only_known_rooms, "wings/register/views.py", MODULE),
    (rules.only_known_rooms, "wings/register/actions.txt", ""),
    (rules.only_known_rooms, "wings/warehouse/rules.py", MODULE),
    (rules.every_verb_is_an_action, "wings/register/actions.py", MODULE + "def endorse_need(actor): ...\n"),
    (rules.every_verb_is_an_action, "wings/register/actions/merge.py", MODULE + "@transaction.atomic\ndef merge(actor): ...\n"),
    (rules.no_model_signals, "wings/register/apps.py", MODULE + "from django.db.models.signals import post_save\n"),
    (rules.no_model_signals, "wings/register/apps.py", MODULE + "from django.db.models import signals\n"),
    (rules.no_model_signals, "wings/register/apps.py", MODULE + "from django.db import models\nmodels.signals.post_save.connect(print)\n"),
    (rules.cores_have_their_rooms, "cores/allocation/problem.py", MODULE),
    (rules.cores_know_no_clock_and_no_chance, "cores/allocation/method.py", MODULE + "from datetime import date\nnow = date.today()\n"),
    (rules.cores_know_no_clock_and_no_chance, "cores/allocation/method.py", MODULE + "import datetime\nnow = datetime.datetime.now()\n"),
    (rules.cores_know_no_clock_and_no_chance, "cores/allocation/method.py", MODULE + "import random\nrandom.shuffle([])\n"),
    (rules.cores_know_no_clock_and_no_chance, "cores/allocation/method.py", MODULE + "import numpy as np\nrng = np.random.default_rng()\n"),
    (rules.silenced_checks_say_why, "values/money.py", MODULE + "x = 1  # noqa: S603\n"),
    (rules.silenced_checks_say_why, "values/money.py", MODULE + "x = 1  # type: ignore[arg-type]\n"),
    (rules.silenced_checks_say_why, "values/money.py", MODULE + "x = 1  # noqa  the list above is ours alone\n"),
]

# what the rules must let stand: a rule that calls everything wrong would pass the list above
SOUND: dict[str, str] = {
    "values/money.py": MODULE + "x = 1  # noqa: S603 the command line is ours, word by word\n" + "x = 1\n" * 597,
    "values/period.py": MODULE + "def span(self, a, b, c, *, d, e, f, g):\n" + "    x = 1\n" * 79,
    "cli/app.py": MODULE + "@app.command()\ndef run(a, b, c, d, e, f, g, h): ...\n",
    "wings/register/actions/__init__.py": MODULE + "from sild.wings.register.actions.merge import merge\n",
    "wings/register/actions/merge.py": MODULE + '@action("register.merge")\ndef merge(actor): ...\n\ndef _rows(): ...\n',
    "wings/register/migrations/0001_first.py": "x = 1\n" * 700,
    "wings/register/templates/register/need.html": "",
    "cores/allocation/problem.py": MODULE,
    "cores/allocation/method/greedy.py": MODULE
    + "import time\nimport numpy as np\nstart = time.monotonic()\nrng = np.random.default_rng(7)\n",
    "cores/allocation/answer.py": MODULE,
    "cores/allocation/check.py": MODULE,
    "__main__.py": MODULE + "def main():\n    from sild.cli import app\n",
}


@pytest.fixture(scope="module", autouse=True)
def _trees() -> Iterator[None]:
    """Each module is parsed once for all rules, and not kept for longer."""
    yield
    forget()


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_its_rule(rule: rules.Rule) -> None:
    assert (PACKAGE / "__init__.py").is_file(), "the package was not found: this test would have read nothing"
    findings = rule(PACKAGE)
    assert not findings, "\n".join([rule.__doc__ or "", *findings])


@pytest.mark.parametrize(("rule", "path", "text"), PLANTED, ids=[f"{rule.__name__}-{path}" for rule, path, _ in PLANTED])
def test_a_planted_violation_is_found_and_named(rule: rules.Rule, path: str, text: str, tmp_path: Path) -> None:
    findings = rule(plant(tmp_path, {path: text}))
    assert findings, f"{rule.__name__} did not see the violation planted in {path}"
    named = Path("sild", path)
    assert any(str(one) in findings[0] for one in (named, *list(named.parents)[:-2])), findings


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_a_sound_house_has_no_findings(rule: rules.Rule, tmp_path: Path) -> None:
    assert rule(plant(tmp_path, SOUND)) == []


def test_every_rule_has_a_planted_violation() -> None:
    assert {rule for rule, _, _ in PLANTED} == set(rules.RULES)


def test_every_test_can_fail() -> None:
    """A test that asserts nothing proves nothing: each one holds an assertion, an expected error, or calls one that does."""
    tests = PACKAGE.parents[1] / "tests"
    assert not rules.tests_without_assertion(tests)


def test_a_test_that_asserts_nothing_is_found(tmp_path: Path) -> None:
    (tmp_path / "test_money.py").write_text(
        "def test_money_adds_up():\n    1 + 1\n\n"
        "def adds_up():\n    assert 1\n\ndef twice():\n    adds_up()\n\n"
        "def test_once():\n    assert 1\n\ndef test_twice():\n    twice()\n",
        encoding="utf-8",
    )
    assert rules.tests_without_assertion(tmp_path) == ["test_money.py test_money_adds_up: asserts nothing"]
