"""Turns what a command printed into an SVG picture for the documents: `... | picture.py TITLE OUT.svg`. No font and no address in it.

FORCE_COLOR=1 SERVE=no make -s demo | .venv/bin/python tools/picture.py "make demo" docs/images/demo.svg
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

COLUMNS = 150


def picture(printed: str, title: str) -> str:
    """The SVG of a text with terminal colours; one text gives one picture, byte for byte."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi(printed.rstrip("\n")))
    made = console.export_svg(title=title, unique_id="sild")
    # as it comes it loads its font from the network: the reader's own fixed font does as well
    made = re.sub(r"@font-face \{.*?\}\s*|<!--.*?-->\s*", "", made, flags=re.DOTALL)
    return made.replace("Fira Code", "ui-monospace")


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print(__doc__)
        return 2
    title, out = arguments[0], Path(arguments[1])
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(picture(sys.stdin.read(), title), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
