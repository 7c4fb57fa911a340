"""What the readers say of a file is said in the reader's language; no sentence of theirs is without its words."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from sild import formats
from sild.wings.intake.reads.file_words import in_words

FORMATS = Path(str(formats.__file__)).parent


def text_of(node: ast.expr) -> str:
    """A literal as it may come out, a 7 in each of its places; "" for what is no literal."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)
    return ""


def told_by_the_readers() -> Iterator[str]:
    """Every sentence that a reader is seen to say: refusals with their next step, and warnings."""
    for path in FORMATS.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            if name == "refusal" and text_of(call.args[1]) and text_of(call.args[2]):
                yield f"letter: of May.pdf: {text_of(call.args[1]).replace('it 7', 'it needs OCR')}. {text_of(call.args[2])}."
            elif name == "warn" and text_of(call.args[0]).startswith("7: ") and text_of(call.args[0]) not in ("7: 7", "7: 7: 7"):
                yield text_of(call.args[0]).replace("that 7)", "that needs OCR)")


def test_every_sentence_of_the_readers_has_its_words_in_ukrainian() -> None:
    said = sorted(set(told_by_the_readers()))
    assert len(said) > 60
    with translation.override("uk"):
        assert [one for one in said if in_words(one) == one or not in_words(one).isprintable()] == []
        assert [one for one in said if ". Ask" in in_words(one)] == []


@pytest.mark.parametrize("odd", ["", ": ", "{many}", "it is {kind}", "a.pdf: something that nobody says. Do this."])
def test_what_stands_in_no_list_is_shown_as_it_was_kept(odd: str) -> None:
    with translation.override("uk"):
        assert in_words(odd) == odd


def test_values_and_names_stay_as_they_are() -> None:
    with translation.override("uk"):
        assert in_words("it is empty: scan {1}.pdf: page 3 has no text layer and was not read (it may be a picture that needs OCR)") == (
            "it is empty: scan {1}.pdf: сторінка 3 не має текстового шару, її не прочитано (можливо, це зображення, яке треба розпізнати)"
        )
