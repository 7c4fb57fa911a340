"""Reads a few texts of a language that the package does not know, with its words from a folder, and prints as JSON what was read.

It runs in a process of its own, since words are added before the first message: `python eighth_language.py [FOLDER]`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from sild.cores.extraction.classification import classification_of
from sild.cores.extraction.fields.bodies import Body, BodyIndex
from sild.cores.extraction.fields.changes import find_change
from sild.cores.extraction.fields.lexicon_files import add_folder
from sild.cores.extraction.fields.money import find_money
from sild.cores.extraction.fields.numbers import find_numbers
from sild.cores.extraction.fields.products import find_product
from sild.cores.extraction.fields.references import find_reference
from sild.cores.extraction.method import extract
from sild.cores.extraction.problem import ExtractionProblem
from sild.cores.extraction.replies import reply_in
from sild.values.document import Block, Document, Envelope, Part


def mail(*texts: str, subject: str = "") -> Document:
    blocks = tuple(Block(kind="paragraph", text=text, locator="body") for text in texts)
    parts = (Part(name="body", media="text/plain", blocks=blocks),)
    return Document(name="case", sha256="0" * 64, format="made", channel="mail", envelope=Envelope(subject=subject), parts=parts)


def sender(*texts: str) -> str | None:
    """For whom the first line of a mail without a sender's name is."""
    problem = ExtractionProblem(document=mail(*texts), bodies=BodyIndex([Body("Brody Regional Office", (), "UA", "recipient-body")]))
    lines = extract(problem).lines
    return lines[0].beneficiary if lines else None


def readings() -> dict[str, object]:
    """What each reader makes of a text whose words stand in the lists of endings, small words and signs."""
    answer = reply_in(mail("Gerbiamieji kolegos,", "gavome"))
    sealed = classification_of(mail("...", subject="Ats: [Для службового користування] 12 laptops"))
    return {
        "number of the day": [found.number for found in find_reference("Nr. 7 nuo 2026-03-12")],
        "number behind a year": [found.number for found in find_reference("2026-03-12 m. Nr. 7")],
        "outgoing": [found.number for found in find_reference("išs. Nr. 14")],
        "greeting": answer and answer.word,
        "answered": sealed and sealed.mark,
        "change": [float(number) for number in find_change("for 12 schools instead of 20, o jau 30") or ()],
        "millions": [int(found.money.amount) for found in find_money("EUR 2 mlj")],
        "pieces": (product := find_product("FortiGate 60 vnt")) and product.verbatim,
        "round the clock": [found.verbatim for found in find_numbers("24 val/7") if found.kind == "count"],
        "our name": sender("Mes, krašto radijas „Pelkių balsas“, esame užlieti.", "Prašome 12 nešiojamų kompiuterių."),
    }


if __name__ == "__main__":
    for folder in sys.argv[1:]:
        add_folder(Path(folder))
    sys.stdout.write(json.dumps(readings(), ensure_ascii=False))
