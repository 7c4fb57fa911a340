"""Fuzz one reader with atheris, guided by coverage: whatever the bytes, the end is a document, a bundle or a refusal.

    python bench/fuzz_readers.py READER [--runs N] [--seconds N]

READER is one of docx, xlsx, odt, pdf, mail, json, chat, html, csv, msg, tnef, rtf, telegram, page, forward, xls, xlsb, ods, png, jpeg,
tiff, bundle. Seeds are what the tests make; pictures are read with recognition where it is installed. Anything else than those three ends
is printed by atheris with the bytes that caused it, and the run ends with an error.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

with atheris.instrument_imports(include=["sild.formats"]):
    from sild.formats import Unreadable, read_document
    from sild.formats.document_json import document_from_json, document_to_json
    from sild.formats.recognition import Recogniser, installed_languages
    from sild.formats.unpacking import unpack

from tests.formats.rarer_seeds import RARER
from tests.formats.test_any_bytes import BUNDLES, SEEDS

LETTERS = ("docx", "xlsx", "odt", "pdf", "mail", "json", "chat", "html", "csv", "msg", "tnef", "rtf", "telegram", "page", "forward")
PICTURES = ("png", "jpeg", "tiff")
READERS = (*LETTERS, *RARER)


def one_file(data: bytes) -> None:
    """Read the bytes; a document must survive its own JSON."""
    try:
        document = read_document("a", data)
    except Unreadable:
        return
    written = json.dumps(document_to_json(document))
    if document_from_json(json.loads(written)) != document:
        raise AssertionError("the document changed on its way through JSON")


def one_picture(data: bytes) -> None:
    """Read the bytes as a picture, with recognition."""
    languages = installed_languages()
    with contextlib.suppress(Unreadable):
        read_document("a", data, recogniser=Recogniser(languages, seconds=5.0) if languages else None)


def one_bundle(data: bytes) -> None:
    """Unpack the bytes; names must be plain."""
    try:
        bundle = unpack("a", data)
    except Unreadable:
        return
    for member in bundle.members if bundle else ():
        if "/" in member.name or not member.name:
            raise AssertionError(f"a name that is not plain: {member.name!r}")


def _target(reader: str) -> Callable[[bytes], None]:
    if reader == "bundle":
        return one_bundle
    return one_picture if reader in PICTURES else one_file


def main() -> None:
    """Fuzz the reader that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reader", choices=(*READERS, "bundle"))
    parser.add_argument("--runs", type=int, default=20_000)
    parser.add_argument("--seconds", type=int, default=60)
    chosen = parser.parse_args()
    seeds = BUNDLES if chosen.reader == "bundle" else (SEEDS[READERS.index(chosen.reader)],)
    with tempfile.TemporaryDirectory(prefix="sild-fuzz-") as folder:
        for number, seed in enumerate(seeds):
            Path(folder, str(number)).write_bytes(seed)
        limits = [
            f"-runs={chosen.runs}",
            f"-max_total_time={chosen.seconds}",
            "-max_len=200000",
            "-timeout=20",
            "-rss_limit_mb=2048",
            f"-artifact_prefix={folder}/",
        ]
        atheris.Setup([sys.argv[0], folder, *limits], _target(chosen.reader))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
