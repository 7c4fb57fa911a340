"""SILD_WORDS: an operator's folder of words is taken in when a process of the desk starts, and a wrong one is told at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

LITHUANIAN = Path(__file__).resolve().parents[1] / "cores" / "extraction" / "cases" / "lithuanian"
SENTENCE = "Prašome 25 nešiojamų kompiuterių mūsų skyriams iki kovo 15 d."
READS = f"""
import sild.config.start
from datetime import UTC, datetime
from sild.cores.extraction.fields.bodies import Body, BodyIndex
from sild.cores.extraction.method import extract
from sild.cores.extraction.problem import ExtractionProblem
from sild.values.document import Block, Document, Envelope, Part
from sild.wings.intake.pages.inbox import _language, languages

part = Part(name="body", media="text/plain", blocks=(Block(kind="paragraph", text={SENTENCE!r}, locator="body"),))
sent = Envelope(sent_at=datetime(2026, 1, 12, tzinfo=UTC))
document = Document(name="m", sha256="0" * 64, format="txt", channel="mail", envelope=sent, parts=(part,))
bodies = BodyIndex((Body("Brody Regional Office", (), "UA", "recipient-body"),))
told = extract(ExtractionProblem(document=document, bodies=bodies, sender_body="Brody Regional Office"))
print([(line.kind, line.category, str(line.quantity), line.language) for line in told.lines])
print([_language(code) for code in languages() if code in ("lt", "et")])
"""


def started(words: Path | None, code: str = READS) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name != "SILD_WORDS"}
    given = {} if words is None else {"SILD_WORDS": str(words)}
    return subprocess.run([sys.executable, "-c", code], env=kept | given, capture_output=True, text=True, check=False, timeout=120)


def test_a_language_of_the_operators_own_is_read_from_the_start_and_stands_in_the_list_of_the_inbox() -> None:
    done = started(LITHUANIAN)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["[('request', 'end-user-devices', '25', 'lt')]", "['Estonian', 'Lithuanian']"]
    without = started(None)
    assert "'lt'" not in without.stdout and without.stdout.splitlines()[1] == "['Estonian']"


def test_a_folder_that_cannot_be_taken_ends_the_start_with_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "verbs.yaml").write_text("ask: {lt: prasome}", encoding="utf-8")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "cues.yaml").write_text("ask: [", encoding="utf-8")
    told = {
        tmp_path: "verbs.yaml, which no reader reads",
        tmp_path / "nowhere": "is no folder of lexicon files",
        tmp_path / "broken": "cues.yaml cannot be read",
    }
    for folder, why in told.items():
        done = started(folder, "import sild.config.start")
        assert done.returncode == 1
        assert why in done.stderr and "SILD_WORDS" in done.stderr and "Traceback" not in done.stderr
