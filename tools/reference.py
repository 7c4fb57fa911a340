"""Writes docs/reference (commands, settings, keys of files, API) from what the program itself declares. `--check` writes nothing.

Run by `make docs`. A test fails when a page has fallen behind.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import typer.main
from pydantic import BaseModel

REFERENCE = Path(__file__).resolve().parent.parent / "docs" / "reference"
NAMED_TYPES: dict[Any, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    Decimal: "number",
    bool: "yes or no",
    date: "day, such as 2026-03-01",
    Any: "anything",
}
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


def exits_page(meanings: dict[Any, str]) -> str:
    rows = [f"| {int(code)} | {_cell(meaning)} |" for code, meaning in meanings.items()]
    return "\n".join(["# Exit codes", "", MADE, "Every command ends with one of these.", "", "| code | meaning |", "|---|---|", *rows, ""])


def _values(kind: Any) -> str:
    """A key's type in the words of a person who writes the file."""
    inner = [one for one in get_args(kind) if one is not type(None)]
    origin = get_origin(kind)
    if origin is Literal:
        return "one of " + ", ".join(f"`{str(one).lower() if one is True else one}`" if one != "" else "nothing" for one in inner)
    if origin in (list, tuple):
        return f"list of: {_values(inner[0])}"
    if origin is dict:
        return f"table of: {_values(inner[1])}"
    if inner:
        return " or ".join(_values(one) for one in inner)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return f"[{kind.__name__}](#{kind.__name__.lower()})"
    return NAMED_TYPES.get(kind, getattr(kind, "__name__", str(kind)))


def _bound(mark: Any) -> str:
    """A limit of a value, as the schema declares it, in words."""
    said = {"min_length": "at least {} long", "max_length": "at most {} long", "ge": "at least {}", "gt": "above {}", "le": "at most {}"}
    said |= {"lt": "below {}", "pattern": "of the form `{}`"}
    return "; ".join(words.format(value) for name, words in said.items() if (value := getattr(mark, name, None)) is not None)


def file_sections(model: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[str]:
    """The keys of one part of a file, then of the parts that it names; each part once."""
    if model in seen:
        return
    seen.add(model)
    rows, parts = [], []
    for name, field in model.model_fields.items():
        bounds = "; ".join(words for mark in field.metadata if (words := _bound(mark)))
        need = "yes" if field.is_required() else ""
        rows.append(f"| `{field.alias or name}` | {need} | {_cell(_values(field.annotation))}{f'; {_cell(bounds)}' if bounds else ''} |")
        parts += _models_in(field.annotation)
    yield "\n".join(
        [f"### {model.__name__}", "", cleandoc(model.__doc__ or ""), "", "| key | must be given | value |", "|---|---|---|", *rows, ""]
    )
    for part in parts:
        yield from file_sections(part, seen)


def _models_in(kind: Any) -> list[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [kind]
    return [model for one in get_args(kind) for model in _models_in(one)]


def files_page(files: dict[str, type[BaseModel]]) -> str:
    """What may stand in each file that a person writes; an unknown key is refused by name."""
    seen: set[type[BaseModel]] = set()
    parts = ["# Keys of files", "", MADE, "A key that is not listed is refused, with its name and place.", ""]
    for title, model in files.items():
        parts += [f"## {title}", "", *file_sections(model, seen)]
    return "\n".join(parts)


def api_page(document: dict[str, Any]) -> str:
    """The operations of the API by subject: what each does, who may do it, what it takes and answers."""
    groups: dict[str, list[str]] = {}
    for path, methods in document["paths"].items():
        for method, one in methods.items():
            what = f"`{method.upper()} {path.removeprefix('/api/v1')}` | {_cell(one['summary'])}"
            row = f"| {what} | {_who(one['x-roles'])} | {_taken(one)} | {_given(one)} |"
            groups.setdefault(one["tags"][0], []).append(row)
    parts = [
        "# API",
        "",
        MADE,
        "Below `/api/v1`; how to begin: [../how-to/api.md](../how-to/api.md). The whole document, with every shape, is",
    ]
    parts += ["`/api/v1/openapi.json` of a running desk (OpenAPI 3.1); `/api/v1/problems` lists the kinds of problems.", ""]
    for name, rows in groups.items():
        parts += [f"## {name}", "", "| operation | does | for | takes | answers |", "|---|---|---|---|---|", *rows, ""]
    return "\n".join(parts)


def _who(roles: list[str]) -> str:
    """Roles in words: everybody, everybody but one, or their names."""
    people = {one.value for one in import_module("sild.kernel.actor").PEOPLE}
    if not roles:
        return "anybody, without a token"
    missing = sorted(people - set(roles))
    return "every role" if not missing else f"every role but {missing[0]}" if len(missing) == 1 else ", ".join(roles)


def _taken(operation: dict[str, Any]) -> str:
    """The fields of a body, or the names of the query."""
    queries = [one["name"] for one in operation["parameters"] if one["in"] == "query"]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    return ", ".join(f"`{name}`" for name in [*queries, *([_shape(body)] if body else [])])


def _given(operation: dict[str, Any]) -> str:
    status, first = next((status, one) for status, one in operation["responses"].items() if status.startswith("2"))
    schema = first.get("content", {}).get("application/json", {}).get("schema")
    return f"{status} `{_shape(schema)}`" if schema else f"{status}"


def _shape(schema: dict[str, Any]) -> str:
    """The name of a shape, as the document has it."""
    if "items" in schema:
        return f"list of {_shape(schema['items'])}"
    return str(schema.get("$ref", schema.get("type", "object"))).rpartition("/")[2].replace("Listed_", "page of ").rstrip("_")


def pages() -> dict[str, str]:
    """File name -> text, from the program as it is now."""
    # by name and in this order: the framework must have started before a module that names tables can be imported
    import_module("sild.config.start")
    app, variables = import_module("sild.cli.app").app, import_module("sild.config.environment").VARIABLES
    files = {
        "Mechanism (`--mechanism`)": import_module("sild.wings.parties.rules").MechanismFile,
        "Decisions of an exercise (`--decisions`)": import_module("sild.wings.intake.rules").DecisionsFile,
        "Register supplement": import_module("sild.wings.planning.rules").SupplementFile,
    }
    return {
        "commands.md": commands_page(typer.main.get_command(app)),
        "settings.md": settings_page(variables),
        "exit-codes.md": exits_page(import_module("sild.cli.exits").MEANINGS),
        "files.md": files_page(files),
        "api.md": api_page(_document()),
    }


def _document() -> dict[str, Any]:
    import_module("sild.api.urls")
    made: dict[str, Any] = import_module("sild.api.document").current()
    return made


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
