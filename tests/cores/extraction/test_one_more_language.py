"""A language that the package does not know is added by lexicon files alone, and wrong files say what is wrong."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sild.cores.extraction.fields.lexicon_files import add_folder

CASES = Path(__file__).parent / "cases"
TOOL = Path(__file__).parents[3] / "tools" / "language_cases.py"


def run(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(TOOL), str(CASES / "lithuanian.yaml"), "--folder", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_an_eighth_language_is_read_by_its_words_alone(tmp_path: Path) -> None:
    folder = tmp_path / "words"
    shutil.copytree(CASES / "lithuanian", folder)
    result = run(folder)
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.strip().endswith("9 of 9 sentences are read as they should be")


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


def test_a_folder_comes_before_the_first_message(tmp_path: Path, desk: object) -> None:
    assert desk is not None
    with pytest.raises(RuntimeError, match="comes too late"):
        add_folder(tmp_path)
