"""The source tree as the rules read it: files, their parsed form, and a small planted house that stands in for the real one."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGE = CHECKOUT / "src" / "sild"

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef

# the storeys that every contract names; empty files are enough to stand on
SKELETON = (
    "__init__.py",
    "values/__init__.py",
    "cores/__init__.py",
    "cores/allocation/__init__.py",
    "cores/linkage/__init__.py",
    "formats/__init__.py",
    "custody/__init__.py",
    "postgres/__init__.py",
    "sample/__init__.py",
    "vectors/__init__.py",
    "kernel/__init__.py",
    "wings/__init__.py",
    "wings/parties/__init__.py",
    "wings/register/__init__.py",
    "wings/planning/__init__.py",
    "cli/__init__.py",
    "config/__init__.py",
    "__main__.py",
)


def python_files(package: Path) -> Iterator[Path]:
    """Every module of `package` in a fixed order; migrations are written by a machine and left out."""
    for path in sorted(package.rglob("*.py")):
        if "migrations" not in path.relative_to(package).parts:
            yield path


def parsed(path: Path) -> ast.Module:
    """The syntax tree of one module, read once for all rules; a file that Python cannot read fails here, by name."""
    return _parsed(path, path.stat().st_mtime_ns)


@cache
def _parsed(path: Path, _written: int) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def _nodes(tree: ast.Module) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree))


def forget() -> None:
    """Let the trees go: they are large."""
    _nodes.cache_clear()
    _parsed.cache_clear()


def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Everything in a module's tree, walked once for all rules."""
    return _nodes(parsed(path))


def functions(tree: ast.AST) -> Iterator[FunctionNode]:
    """Every function and method, nested ones included."""
    for node in _nodes(tree) if isinstance(tree, ast.Module) else ast.walk(tree):
        if isinstance(node, FunctionNode):
            yield node


def called_name(node: ast.AST) -> str:
    """`a.b.c` as text, through calls and subscripts; "" for anything else."""
    if isinstance(node, ast.Call):
        return called_name(node.func)
    if isinstance(node, ast.Attribute):
        return f"{called_name(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def plant(folder: Path, modules: Mapping[str, str]) -> Path:
    """Build a small house under `folder`, lay `modules` (path below the package -> text) over it; the package's path."""
    package = folder / "sild"
    for name, text in {**dict.fromkeys(SKELETON, ""), **modules}.items():
        path = package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        for between in path.relative_to(package).parents:
            if path.suffix == ".py":
                (package / between / "__init__.py").touch()
        path.write_text(text, encoding="utf-8")
    return package
