"""Single sentences in every language, from a table that a domain expert can extend."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

TABLE: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "cases" / "sentences.yaml").read_text(encoding="utf-8"))
WRITERS = {"needy": "Brody Regional Office", "giver": "Norland", "firm": "Kettel Systems Ltd"}
CASES = [pytest.param(*row, id=f"{language}: {row[1]}") for language, rows in TABLE.items() for row in rows]


@pytest.mark.parametrize(("who", "text", "lines"), CASES)
def test_a_sentence_says_what_a_person_reads_in_it(desk: Any, who: str, text: str, lines: list[list[Any]]) -> None:
    read = desk.mail(text, sender=WRITERS[who]).lines
    assert [[line.kind, line.category, None if line.quantity is None else int(line.quantity)] for line in read] == lines
