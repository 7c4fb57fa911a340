"""A language that the package does not know is added by lexicon files alone, and wrong files say what is wrong."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from sild.cores.extraction.fields.lexicon_files import add_folder

CASES = Path(__file__).parent / "cases"
CODES = frozenset(("uk", "en", "et", "pl", "de", "fr", "sv", "ru", "it", "fi"))
TOOL = Path(__file__).parents[3] / "tools" / "language_cases.py"


def run(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(TOOL), str(CASES / "lithuanian.yaml"), "--folder", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_an_eighth_language_is_read_by_its_words_alone(tmp_path: Path) -> None:
    folder = tmp_path / "words"
    shutil.copytree(CASES / "lithuanian", folder)
    result = run(folder)
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.strip().endswith("13 of 13 sentences are read as they should be")


def test_a_term_of_an_unknown_language_is_refused_with_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "words"
    shutil.copytree(CASES / "lithuanian", folder)
    (folder / "languages.yaml").unlink()
    result = run(folder)
    assert result.returncode != 0
    assert "['lt'], which are no language of languages.yaml" in result.stderr


def test_a_folder_with_a_file_that_nobody_reads_is_refused(tmp_path: Path) -> None:
    (tmp_path / "verbs.yaml").write_text("ask: {lt: prasome}", encoding="utf-8")
    result = run(tmp_path)
    assert result.returncode != 0
    assert "verbs.yaml, which no reader reads" in result.stderr


def test_a_list_where_the_other_languages_have_a_text_is_refused_with_its_place(tmp_path: Path) -> None:
    folder = tmp_path / "words"
    shutil.copytree(CASES / "lithuanian", folder)
    (folder / "fields" / "earlier.yaml").write_text("places: {lt: [eilut*, punkt*]}", encoding="utf-8")
    result = run(folder)
    assert result.returncode != 0
    assert "earlier.yaml, places, lt: a list stands where the lexicon has a str" in result.stderr


def test_a_folder_comes_before_the_first_message(tmp_path: Path, desk: object) -> None:
    assert desk is not None
    with pytest.raises(RuntimeError, match="comes too late"):
        add_folder(tmp_path)


READERS = Path(__file__).parent / "eighth_language.py"
READ = {
    "number of the day": ["7"],
    "number behind a year": ["7"],
    "outgoing": ["14"],
    "greeting": "received",
    "answered": "Для службового користування",
    "change": [20.0, 30.0],
    "millions": [2_000_000],
    "pieces": "FortiGate",
    "round the clock": [],
    "our name": "Pelkių balsas",
}


def readings(*folders: Path) -> dict[str, object]:
    command = [sys.executable, str(READERS), *map(str, folders)]
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert result.returncode == 0, result.stderr
    return dict(json.loads(result.stdout))


def test_small_words_endings_and_signs_of_an_eighth_language_are_read_by_its_words_alone() -> None:
    assert readings(CASES / "lithuanian") == READ


def test_without_the_folder_each_of_these_texts_is_read_otherwise() -> None:
    unknown = readings()
    assert [name for name in READ if unknown[name] == READ[name]] == []


# lists by language that a language in Latin letters with articles or cases of its own need not have
NOT_IN_LITHUANIAN = {
    "body_words.not_spelt_out": "Cyrillic words alone",
    "body_cues.regional_letters": "letters that are written alike in all languages",
    "dates.from_endings": "an Estonian case",
    "units.capital_symbols": "French symbols",
    "numbers.thousand_letters": "the letter is the English one",
    "numbers.million_letters": "the letter is the English one",
    "endings.regions": "Lithuanian regions have names of their own",
    "endings.nominative": "names of bodies are turned in three languages",
    "grammar.one_articles": "Lithuanian has no articles",
    "grammar.infinitive_mark": "Lithuanian verbs have none",
}


def test_the_trial_holds_words_for_every_list_that_is_kept_by_language() -> None:
    """But for those of units, numbers and days, whose lists stand deeper and are tried by the sentences."""
    own = CASES.parents[3] / "src/sild/cores/extraction/lexicon"
    missing = []
    for path in [own / "grammar.yaml", own / "edges.yaml", *sorted((own / "fields").glob("*.yaml"))]:
        trial = CASES / "lithuanian" / path.relative_to(own)
        held = yaml.load(trial.read_text(encoding="utf-8"), yaml.BaseLoader) if trial.is_file() else {}
        for key, entry in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader).items():
            by_language = isinstance(entry, dict) and entry and all(name.partition("-")[0] in CODES for name in entry)
            if by_language and "lt" not in held.get(key, {}) and f"{path.stem}.{key}" not in NOT_IN_LITHUANIAN:
                missing.append(f"{path.stem}.{key}")
    assert missing == []
