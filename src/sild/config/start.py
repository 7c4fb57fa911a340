"""Starts the framework. Imported first, before any wing: tables are known from then on, and the operator's own words for reading."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

import django

from sild.cores.extraction.fields.lexicon_files import add_folder, check_folders

WORDS = "SILD_WORDS"


def _take_words(folder: str) -> None:
    """Take the words of an operator's folder in before the first message; ends the process, with what is wrong, where they are none."""
    try:
        add_folder(Path(folder).expanduser())
        check_folders()
    except (ValueError, RuntimeError) as fault:
        how = f"Mend the folder, or leave {WORDS} out; docs/how-to/add-a-language.md says how."
        sys.exit(f"The words that {WORDS} names cannot be taken: {fault}. {how}")


if os.environ.get(WORDS):
    _take_words(os.environ[WORDS])
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sild.config.settings")
# what is loaded here stays to the end: the collector finds nothing in it, and looking through it again and again is a quarter of a start
gc.disable()
django.setup()
gc.freeze()
gc.enable()
