"""Writes docs/reference/commands.md and settings.md from what the program itself declares. `--check` only says whether they are current.

Run by `make docs`. A test fails when a page has fallen behind.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import typer.main

REFERENCE = Path(__file__).resolve().parent.parent / "docs" / "reference"
MADE = "<!-- made by `make docs` from the program itself; edit the command or the table there -->\n"


def _cell(text: str | None) -> str:
    return " ".join((text or "").split()).replace("|", "\\|")


def _parameters(command: Any) -> Iterator[str]:
    """Rows of one command: arguments first, then options with both their spellings."""
    for one in sorted(command.params, key=lambda param: param.param_type_name):
        if one.param_type_name == "argument":
            yield f"| `{one.name.upper()}`{'' if one.required else ' (may be left out)'} | {_cell(one.help)} |"
        elif "--help" not in one.opts and not getattr(one, "hidden", False):
            yield f"| `{'`, `'.join([*one.opts, *one.secondary_opts])}`{' (must be given)' if one.required else ''} | {_cell(one.help)} |"


def command_sections(command: Any, path: str) -> Iterator[str]:
    """One section for each command that a person can type, groups walked through; options of a group stand with the group."""
    inner = getattr(command, "commands", None)
    arguments = [one.name.upper() for one in command.params if one.param_type_name == "argument"]
    rows = list(_parameters(command))
    if inner is None or rows:
        table = ["", "| word | meaning |", "|---|---|", *rows] if rows else []
        yield "\n".join([f"## `{' '.join([path, *arguments])}`", "", (command.help or "").split("\f")[0].strip(), *table, ""])
    for name in sorted(inner or {}):
        if not inner[name].hidden:
            yield from command_sections(inner[name], f"{path} {name}")


def commands_page(command: Any) -> str:
    head = f"# Commands\n\n{MADE}\nEvery command answers `--help`. Exit codes: [exit-codes.md](exit-codes.md).\n"
    return "\n".join([head, *command_sections(command, "sild")])


def settings_page(variables: dict[str, str]) -> str:
    rows = [f"| `{name}` | {_cell(meaning)} |" for name, meaning in variables.items()]
    return "\n".join(
        [
            "# Settings",
            "",
            MADE,
            "The desk reads these environment variables and no others.",
            "",
            "| name | meaning |",
            "|---|---|",
            *rows,
            "",
        ]
    )


def pages() -> dict[str, str]:
    """File name -> text, from the program as it is now."""
    # by name and in this order: the framework must have started before a module that names tables can be imported
    import_module("sild.config.start")
    app, variables = import_module("sild.cli.app").app, import_module("sild.config.environment").VARIABLES
    return {"commands.md": commands_page(typer.main.get_command(app)), "settings.md": settings_page(variables)}


def main(arguments: list[str]) -> int:
    made = pages()
    behind = [
        name for name, text in made.items() if not (REFERENCE / name).exists() or (REFERENCE / name).read_text(encoding="utf-8") != text
    ]
    if "--check" in arguments:
        print(f"behind: {', '.join(behind)}; run: make docs" if behind else "the reference pages are current")
        return int(bool(behind))
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name in behind:
        (REFERENCE / name).write_text(made[name], encoding="utf-8")
        print(f"written: docs/reference/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
