"""The rules of the house that a syntax tree can show. Each rule reads a package and returns its findings as sentences.

A finding names the file, what is wrong and what to do. No rule knows whether it reads the real tree or a planted one.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator
from pathlib import Path

from .tree import FunctionNode, called_name, functions, nodes, parsed, python_files

Rule = Callable[[Path], list[str]]

FILE_LINES, SETTINGS_LINES, FUNCTION_LINES, PARAMETERS = 600, 250, 80, 7
# a command's parameters are the options that a person may type: a declaration, not an interface between parts
COMMAND_PARAMETERS = 12

HOMELESS = re.compile(r"^(utils?|helpers?|common|commons|services?|managers?|handlers?|misc|tools?|stuff|base|lib)$")

WINGS = frozenset(
    [
        "exercise",
        "disclosure",
        "exchange",
        "intake",
        "delivery",
        "response",
        "continuity",
        "planning",
        "attribution",
        "linkage",
        "clearance",
        "agreements",
        "screening",
        "outlook",
        "money",
        "register",
        "signals",
        "diplomacy",
        "capacity",
        "parties",
    ]
)
ROOMS = frozenset(["rules", "events", "models", "reads", "actions", "forms", "schemas", "pages", "routes", "jobs", "commands", "public"])
FURNITURE = frozenset({"__init__.py", "apps.py", "migrations", "templates", "__pycache__"})
CORE_ROOMS = frozenset({"problem", "answer", "check"})

# the framework must be set up before anything that declares tables can be imported; only the start of the house does that
LATE_IMPORTS_ALLOWED = frozenset({"__main__.py"})

WALL_CLOCK = re.compile(r"(^|\.)(datetime\.(now|utcnow|today)|date\.today|time\.(time|time_ns|localtime|gmtime|ctime))$")
CHANCE = re.compile(
    r"^(random\.(?!Random$|SystemRandom$)\w+|(np|numpy)\.random\.(?!default_rng$|Generator$|SeedSequence$)\w+|uuid\.uuid[14]|uuid4|os\.urandom|secrets\.\w+)$"
)
UNSEEDED = re.compile(r"(^|\.)(default_rng|Random)$")


def _place(package: Path, path: Path, line: int = 0) -> str:
    return f"{path.relative_to(package.parent)}:{line}" if line else str(path.relative_to(package.parent))


def file_budget(package: Path) -> list[str]:
    """600 lines a file, 250 for settings."""
    findings = []
    for path in python_files(package):
        lines = path.read_text(encoding="utf-8").count("\n")
        limit = SETTINGS_LINES if path.stem == "settings" else FILE_LINES
        if lines > limit:
            findings.append(f"{_place(package, path)}: {lines} lines, {limit} at most: cut it along its subject")
    return findings


def function_budget(package: Path) -> list[str]:
    """80 lines a function."""
    return [
        f"{_place(package, path, node.lineno)} {node.name}: {length} lines, {FUNCTION_LINES} at most: name its steps"
        for path in python_files(package)
        for node in functions(parsed(path))
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    ]


def parameter_budget(package: Path) -> list[str]:
    """7 parameters a function (self and cls aside), 12 options a command."""
    findings = []
    for path in python_files(package):
        for node in functions(parsed(path)):
            named = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            count = len([one for one in named if one.arg not in {"self", "cls"}])
            is_command = any(called_name(mark).endswith((".command", ".callback")) for mark in node.decorator_list)
            limit = COMMAND_PARAMETERS if is_command else PARAMETERS
            if count > limit:
                findings.append(
                    f"{_place(package, path, node.lineno)} {node.name}: {count} parameters, {limit} at most: give them a record"
                )
    return findings


def no_homeless_names(package: Path) -> list[str]:
    """No file or folder whose name says nothing about what lives in it."""
    named = {path for file in python_files(package) for path in (file, *file.parents) if package in path.parents}
    return [
        f"{_place(package, path)}: '{path.stem}' is a room that the house does not have: name it after its subject"
        for path in sorted(named)
        if HOMELESS.match(path.stem)
    ]


def modules_introduce_themselves(package: Path) -> list[str]:
    """Every module with code starts with a docstring: what lives here and what it promises."""
    return [
        f"{_place(package, path)}: no docstring: say in 1-5 lines what lives here and what it promises"
        for path in python_files(package)
        if (tree := parsed(path)).body and not ast.get_docstring(tree)
    ]


def imports_stand_at_the_top(package: Path) -> list[str]:
    """No import inside a function, class body or method: what a file leans on is seen in its first lines."""
    findings = []
    for path in python_files(package):
        if str(path.relative_to(package)) in LATE_IMPORTS_ALLOWED:
            continue
        inside = {
            node.lineno
            for holder in nodes(path)
            if isinstance(holder, FunctionNode | ast.ClassDef)
            for node in ast.walk(holder)
            if isinstance(node, ast.Import | ast.ImportFrom)
        }
        findings += [
            f"{_place(package, path, line)}: a hidden import: move it to the top, or the code to where it may be" for line in sorted(inside)
        ]
    return findings


def only_known_rooms(package: Path) -> list[str]:
    """Wings from the plan, and in each wing only the rooms of the plan (a module or a package of that name)."""
    findings = []
    for wing in sorted((package / "wings").glob("*/")):
        if wing.name == "__pycache__":
            continue
        if wing.name not in WINGS:
            findings.append(f"{_place(package, wing)}: no such wing in the plan: put it into one, or decide a new one in docs/decisions")
        for path in sorted(wing.iterdir()):
            is_room = path.stem in ROOMS and (path.is_dir() or path.suffix == ".py")
            if path.name not in FURNITURE and not is_room:
                findings.append(f"{_place(package, path)}: no such room: a wing has {', '.join(sorted(ROOMS))}")
    return findings


def _action_modules(package: Path) -> Iterator[Path]:
    for wing in sorted((package / "wings").glob("*/")):
        yield from sorted([*wing.glob("actions.py"), *wing.glob("actions/**/*.py")])


def every_verb_is_an_action(package: Path) -> list[str]:
    """Every public function in an `actions` room carries @action: checked, in one transaction, undoable, in the ledger."""
    return [
        f"{_place(package, path, node.lineno)} {node.name}: no @action: nothing checks, records or undoes what it writes"
        for path in _action_modules(package)
        for node in parsed(path).body
        if isinstance(node, FunctionNode)
        and not node.name.startswith("_")
        and not any(called_name(mark).rpartition(".")[2] == "action" for mark in node.decorator_list)
    ]


def no_model_signals(package: Path) -> list[str]:
    """No model signals: news travels through the outbox, where it can be seen, ordered and switched off by nobody."""
    findings = []
    for path in python_files(package):
        for node in nodes(path):
            brought = [one.name for one in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            source = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
            full = {f"{source}.{name}" if source else name for name in brought}
            if any(name.startswith("django.db.models.signals") for name in full) or called_name(node).endswith("models.signals"):
                findings.append(
                    f"{_place(package, path, getattr(node, 'lineno', 0))}: a model signal: queue an event in the action instead"
                )
    return findings


def cores_have_their_rooms(package: Path) -> list[str]:
    """Each core reads problem -> method -> answer -> check; `method` may be a package or bear the method's own name."""
    findings = []
    for core in sorted((package / "cores").glob("*/")):
        if not any(core.rglob("*.py")) or not any(path.stat().st_size for path in core.rglob("*.py")):
            continue
        here = {path.stem for path in core.iterdir()}
        findings += [
            f"{_place(package, core)}: no {room}: a core is problem -> method -> answer -> check" for room in sorted(CORE_ROOMS - here)
        ]
    return findings


def cores_know_no_clock_and_no_chance(package: Path) -> list[str]:
    """Values and cores are deterministic: today and the seed are arguments. Measuring a time limit is not telling the time."""
    findings = []
    for storey in ("values", "cores"):
        for path in python_files(package):
            if path.relative_to(package).parts[0] != storey:
                continue
            for node in nodes(path):
                name = called_name(node) if isinstance(node, ast.Call) else ""
                unseeded = isinstance(node, ast.Call) and UNSEEDED.search(name) and not node.args and not node.keywords
                if WALL_CLOCK.search(name) or CHANCE.search(name) or unseeded:
                    findings.append(f"{_place(package, path, node.lineno)}: {name}(): take the day or the seed as an argument")
    return findings


def silenced_checks_say_why(package: Path) -> list[str]:
    """A `noqa` or `type: ignore` names what it silences and has its reason beside it (same line, or a comment above)."""
    findings = []
    for path in python_files(package):
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines()
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type != tokenize.COMMENT or not re.search(r"#\s*(noqa|type:\s*ignore)", token.string):
                continue
            reason = re.sub(r"(noqa(:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*)?|type:\s*ignore(\[[\w\-, ]*\])?|[#\W])+", " ", token.string).strip()
            above = lines[token.start[0] - 2].strip() if token.start[0] > 1 else ""
            if len(reason) < 8 and not above.startswith("#"):
                findings.append(f"{_place(package, path, token.start[0])}: {token.string.strip()}: the reason is missing beside it")
            elif not re.search(r"noqa:\s*[A-Z]+\d|type:\s*ignore\[", token.string):
                findings.append(f"{_place(package, path, token.start[0])}: {token.string.strip()}: name the check that it silences")
    return findings


PROOF = re.compile(r"\bassert\b|\b(raises|warns)\(|\bexpect|\bcheck_")


def tests_without_assertion(tests: Path) -> list[str]:
    """Test functions that hold no assertion, expect no error and call nothing in their file that does."""
    findings = []
    for path in sorted(tests.rglob("test_*.py")):
        texts = {node.name: ast.unparse(node) for node in functions(parsed(path))}
        proving = {name for name, text in texts.items() if PROOF.search(text)}
        while more := {
            name for name, text in texts.items() if name not in proving and any(re.search(rf"\b{one}\(", text) for one in proving)
        }:
            proving |= more
        findings += [
            f"{path.relative_to(tests)} {name}: asserts nothing" for name in texts if name.startswith("test") and name not in proving
        ]
    return findings


RULES: tuple[Rule, ...] = (
    file_budget,
    function_budget,
    parameter_budget,
    no_homeless_names,
    modules_introduce_themselves,
    imports_stand_at_the_top,
    only_known_rooms,
    every_verb_is_an_action,
    no_model_signals,
    cores_have_their_rooms,
    cores_know_no_clock_and_no_chance,
    silenced_checks_say_why,
)
