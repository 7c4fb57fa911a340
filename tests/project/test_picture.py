"""The picture of a terminal shows what was printed, and loads nothing from anywhere."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

CHECKOUT = Path(__file__).resolve().parents[2]


def _maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sild_picture", CHECKOUT / "tools" / "picture.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_picture_holds_the_words_and_no_address() -> None:
    made = _maker().picture("\x1b[1mNeeds\x1b[0m 123 <of> щит\n", "make demo")
    assert "Needs" in made
    assert "щит" in made
    assert "&lt;of&gt;" in made
    assert re.findall(r"https?://[^\"')\s]+", made) == ["http://www.w3.org/2000/svg"]


def test_the_same_text_gives_the_same_picture() -> None:
    maker = _maker()
    assert maker.picture("one\n", "t") == maker.picture("one\n", "t")
