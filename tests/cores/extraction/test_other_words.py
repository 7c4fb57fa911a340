"""Known bodies under other words than their list holds: in seven languages, inflected, by another kind word, by ordinals, cut short."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from sild.cores.extraction.fields.bodies import Body, BodyIndex
from sild.cores.extraction.method import extract
from sild.cores.extraction.problem import ExtractionProblem
from sild.values.document import Block, Document, Envelope, Part

TABLES: dict[str, list[dict[str, Any]]] = yaml.safe_load((Path(__file__).parent / "cases" / "other_words.yaml").read_text(encoding="utf-8"))
DONOR = Body("Sweden", ("Швеція", "Sverige", "Rootsi", "Szwecja"), "SE", "donor-state")
INDEXES = {
    name: BodyIndex([*(Body(row["name"], tuple(row["aliases"]), row.get("country", "UA"), "recipient-body") for row in rows), DONOR])
    for name, rows in TABLES.items()
}
ASKS = {
    "fr": "Nous transmettons une demande. {} demande 6 ordinateurs portables.",
    "de": "Wir leiten eine Bitte weiter. {} bittet um 6 Laptops.",
    "sv": "Vi vidarebefordrar ett önskemål. {} söker 6 bärbara datorer.",
    "et": "Edastame soovi. {} vajab 6 sülearvutit.",
    "pl": "Przekazujemy prośbę. {} prosi o 6 laptopów.",
    "en": "We pass on a request. {} asks for 6 laptops.",
    "uk": "Передаємо прохання. {} просить 6 ноутбуків.",
}
GENITIVE = "Передаємо прохання: 6 ноутбуків для {}."


def beneficiary(text: str, index: BodyIndex) -> str | None:
    """Whom the one line of a mail from Sweden is for."""
    envelope = Envelope(sender_name="Sweden", sender_address="desk@x.example", sent_at=datetime(2026, 2, 2, tzinfo=UTC))
    part = Part(name="body", media="text/plain", blocks=(Block(kind="paragraph", text=text, locator="body"),))
    document = Document(name="m", sha256="0" * 64, format="made", channel="mail", envelope=envelope, parts=(part,))
    lines = extract(ExtractionProblem(document=document, bodies=index)).lines
    return lines[0].beneficiary if len(lines) == 1 else None


@pytest.mark.parametrize(("table", "row"), [pytest.param(table, row, id=row["name"]) for table, rows in TABLES.items() for row in rows])
def test_a_body_is_known_under_other_words_in_seven_languages(table: str, row: dict[str, Any]) -> None:
    said = [(language, words) for language, all_words in row["said"].items() for words in all_words]
    texts = [GENITIVE.format(words[1:]) if words.startswith("<") else ASKS[language].format(words) for language, words in said]
    missed = {text: found for text in texts if (found := beneficiary(text, INDEXES[table])) != row["name"]}
    assert missed == {}
