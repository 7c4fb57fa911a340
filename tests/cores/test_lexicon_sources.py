"""Every file of words says at its head where its words are from, as the page on adding a language promises."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sild.cores import extraction, linkage

FILES = [path for core in (extraction, linkage) for path in sorted((Path(core.__file__).parent / "lexicon").rglob("*.yaml"))]
SOURCE = re.compile(r"^(?:# )?source: (?P<said>.+)$", re.MULTILINE)
HEAD = 12  # lines


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-4:]))
def test_a_file_of_words_tells_its_source_at_its_head(path: Path) -> None:
    head = "".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:HEAD])
    told = SOURCE.search(head)
    assert told is not None, f"{path.name} begins without a line 'source: ...'"
    assert len(told["said"].split()) >= 2, f"{path.name} names no source"


def test_both_cores_are_looked_at() -> None:
    assert {path.name for path in FILES} >= {"cues.yaml", "weights.yaml", "places.yaml", "months.yaml"}
    assert len({path.parent for path in FILES}) == 3
