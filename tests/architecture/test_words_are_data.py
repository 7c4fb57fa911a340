"""Words of languages stand in the lexicon, where a translator finds them; the rule is shown to bite."""

from __future__ import annotations

from pathlib import Path

import pytest

from .tree import PACKAGE, plant
from .words_are_data import words_stand_in_the_lexicon

MODULE = '"""Прохання, palume, prosimy: a docstring may quote."""\n'
PLANTED = {
    "a word in other letters": '_JOINS = {"and", "та"}\n',
    "a word with a mark": 'x = text.split("für")\n',
    "a pattern with a word of plain letters": 'import re\n_WE = re.compile(r"\\b(?:we|us)\\b")\n',
    "a piece of a pattern": '_SIGN = r"(?:nr\\.?|no\\.?)"\n',
    "a word compared with a word of the text": 'x = word.text == "addition"\n',
    "a list by its name": '_WHO = frozenset(("who", "which"))\nx = word.text in _WHO\n',
    "one of two lists": '_SMALL, _MOST = ("to", "go"), 3\nx = reading.folded[a:b] in _SMALL\n',
    "an ending": 'x = reading.folded[a:b].endswith(("est", "ust"))\n',
    "a word in a text": 'x = "priorit" in place.text.lower()\n',
    "a word of a text in small letters": 'x = element.text.lower() in ("zoll", "tolli")\n',
}
SOUND = (
    MODULE
    + "import re\n"
    + 'x = hit.key == "ask" or unit.name in ("day", "hour") or grammar("joins")\n'
    + '_CAPITAL = re.compile(r"[А-ЯІЇЄҐ][а-яіїєґ]+(?P<name>\\w{2,5})")\n'
    + 'y = reason("the words stand beside the thing")\n'
    + 'z = word.text in grammar("joins") or word.text == "," or word.text[:1] == "x"\n'
)


def test_no_word_of_a_language_stands_in_the_code_that_reads_messages() -> None:
    assert words_stand_in_the_lexicon(PACKAGE) == []


@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED.keys())
@pytest.mark.parametrize("place", ["cores/extraction/method/words.py", "formats/chat.py"])
def test_a_planted_word_is_found(planted: str, place: str, tmp_path: Path) -> None:
    found = words_stand_in_the_lexicon(plant(tmp_path, {place: MODULE + planted}))
    assert len(found) == 1, found
    assert f"sild/{place}:" in found[0]


def test_codes_classes_of_characters_and_docstrings_may_stand(tmp_path: Path) -> None:
    assert words_stand_in_the_lexicon(plant(tmp_path, {"cores/extraction/method/words.py": SOUND})) == []


def test_words_elsewhere_are_other_rules_matter(tmp_path: Path) -> None:
    assert words_stand_in_the_lexicon(plant(tmp_path, {"wings/register/rules.py": MODULE + PLANTED["a word in other letters"]})) == []
