"""Every command, option and setting stands in docs/reference, because the pages are made from the program and compared with it."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from typing import Annotated, Literal

import typer
import typer.main
from pydantic import BaseModel, Field

CHECKOUT = Path(__file__).resolve().parents[2]


def _maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sild_reference", CHECKOUT / "tools" / "reference.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


reference = _maker()


def planted_app() -> typer.Typer:
    app, ledger = typer.Typer(), typer.Typer()
    app.add_typer(ledger, name="ledger")

    @app.command()
    def run(
        inbox: Annotated[Path, typer.Argument(help="A folder | of messages.")], today: Annotated[str, typer.Option(help="The day.")] = ""
    ) -> None:
        """Read a folder."""

    @app.command(hidden=True)
    def inner() -> None:
        """Not for people."""

    @ledger.command("verify")
    def verify(full: Annotated[bool, typer.Option("--full/--quick", help="How much.")] = False) -> None:
        """Verify the ledger."""

    return app


def test_the_reference_pages_are_what_the_program_declares() -> None:
    for name, text in reference.pages().items():
        path = CHECKOUT / "docs" / "reference" / name
        assert path.exists(), f"docs/reference/{name} is missing: run make docs"
        assert path.read_text(encoding="utf-8") == text, f"docs/reference/{name} has fallen behind: run make docs"


def test_the_pages_hold_the_commands_that_the_readme_promises() -> None:
    text = reference.pages()["commands.md"]
    for command in ("sild init", "sild run INBOX", "sild doctor", "sild ledger verify", "sild solve allocation", "sild check allocation"):
        assert f"## `{command}" in text, command
    for option in ("--parties", "--mechanism", "--decisions", "--today", "--lines", "--plan"):
        assert f"`{option}`" in text, option


def test_every_command_and_option_explains_itself() -> None:
    text = reference.pages()["commands.md"]
    assert re.findall(r"^## .*\n\n\s*(?=\n|\|)", text, re.MULTILINE) == [], "a command without a word of help"
    assert re.findall(r"^\| `.*` .*\|\s*\|$", text, re.MULTILINE) == [], "an option without a word of help"


def test_commands_options_and_arguments_reach_the_page_and_hidden_ones_do_not() -> None:
    text = reference.commands_page(typer.main.get_command(planted_app()))
    assert "## `sild run INBOX`" in text
    assert "| `INBOX` | A folder \\| of messages. |" in text
    assert "| `--today` | The day. |" in text
    assert "## `sild ledger verify`" in text
    assert "| `--full`, `--quick` | How much. |" in text
    assert "inner" not in text


def test_every_setting_reaches_the_page() -> None:
    assert "| `SILD_HOME` | Where the data lies. |" in reference.settings_page({"SILD_HOME": "Where the data lies."})


def test_every_exit_code_reaches_the_page() -> None:
    assert "| 2 | refused \\| one line |" in reference.exits_page({2: "refused | one line"})


class PlantedPart(BaseModel):
    """A part."""

    share: float = Field(ge=0, le=1)
    word: str = Field(default="", pattern="^[a-z]$")


class PlantedFile(BaseModel):
    """A file."""

    kind: Literal["civil", "military"]
    parts: list[PlantedPart] = []


def test_every_key_of_a_file_reaches_the_page_with_its_limits() -> None:
    text = reference.files_page({"Planted": PlantedFile})
    assert "## Planted" in text
    assert "| `kind` | yes | one of `civil`, `military` |" in text
    assert "| `parts` |  | list of: [PlantedPart](#plantedpart) |" in text
    assert "### PlantedPart" in text
    assert "| `share` | yes | number; at least 0; at most 1 |" in text
    assert "| `word` |  | text; of the form `^[a-z]$` |" in text
