"""`sild influence`: from two files of rows to sentences or JSON, without a home; and how it refuses."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from sild.cli.influence_words import ASIDE, LACKS, VERDICTS
from sild.cores.influence import Aside, Lack, Verdict

from .telling import refused, told

FIRST = date(2025, 1, 1)
SPOKEN = [FIRST + timedelta(days=30 + 29 * number) for number in range(11)]
QUICK = ("--set", "permutations=199", "--set", "power_trials=50")


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Two or three incidents a day in a year; eight more on the day after each statement of EE, in EE."""
    statements, incidents = tmp_path / "statements.csv", tmp_path / "incidents.csv"
    told = [f"{day},{'EE' if number % 4 else 'EU'},condemnation\n" for number, day in enumerate(SPOKEN)]
    statements.write_text("date,who,kind\n" + "".join(told), encoding="utf-8")
    days = [FIRST + timedelta(days=number) for number in range(365)]
    rows = [f"{day},{2 + day.toordinal() % 2},{'EE' if day.toordinal() % 5 else 'PL'}\n" for day in days]
    rows += [f"{day + timedelta(days=1)},8,EE\n" for day in SPOKEN]
    incidents.write_text("day,count,country\n" + "".join(rows), encoding="utf-8")
    return statements, incidents


def test_what_follows_is_said_in_sentences_with_its_figures(files: tuple[Path, Path]) -> None:
    said = told("influence", *files, "--rows", *QUICK)
    assert "days 0..3: FOLLOWS" in said
    assert "After 11 statements:" in said and "more than expected; by chance after" in said
    assert "Just before (days -2 to -1)" in said
    assert "Its ends are those of the incidents" in said
    assert said.count("condemnation") == 0 and said.count("(line ") == 12  # the heaviest statement is named once more


def test_the_whole_answer_is_json(files: tuple[Path, Path]) -> None:
    answer = json.loads(
        told("influence", *files, "--window", "0..1", "--window", "0..3", "--days", "2025-01-01..2025-12-31", "--json", *QUICK)
    )
    assert [one["question"] for one in answer["findings"]] == ["days 0..1", "days 0..3"]
    assert answer["calendar"] == {"first": "2025-01-01", "last": "2025-12-31", "gaps": [], "holidays": []}
    assert answer["findings"][0]["effect"]["incidents"] == sum(row["incidents"] for row in answer["findings"][0]["rows"])


def test_questions_are_made_by_speaker_and_by_property(files: tuple[Path, Path]) -> None:
    said = told("influence", *files, "--by", "speaker", *QUICK)
    assert "in the speaker's country" in said and "3 statements whose speaker was never a victim" in said
    said = told("influence", *files, "--by", "country", *QUICK)
    assert "days 0..3, country EE: FOLLOWS" in said and "days 0..3, country PL" in said and "corrected for 2 questions" in said


def test_silence_counts_as_unwatched_where_it_is_said_so(files: tuple[Path, Path], tmp_path: Path) -> None:
    statements, incidents = files
    lines = incidents.read_text(encoding="utf-8").splitlines(keepends=True)
    incidents.write_text("".join(line for line in lines if not line.startswith("2025-06-1")), encoding="utf-8")
    assert "365 days, 365 of them watched" in told("influence", statements, incidents, *QUICK)
    assert "365 days, 355 of them watched" in told("influence", statements, incidents, "--unwatched", 3, *QUICK)
    assert "365 days, 355 of them watched" in told("influence", statements, incidents, "--gap", "2025-06-10..2025-06-19", *QUICK)


def test_thin_data_say_what_is_missing(files: tuple[Path, Path]) -> None:
    said = told("influence", *files, "--where", "who=EU", *QUICK)
    assert "TOO-THIN" in said and "There are 3 statements that count; 5 are needed." in said


def test_what_cannot_be_read_or_asked_is_named(files: tuple[Path, Path], tmp_path: Path) -> None:
    statements, incidents = files
    assert "nowhere.csv cannot be read" in refused("influence", tmp_path / "nowhere.csv", incidents)
    assert "is no window" in refused("influence", *files, "--window", "soon")
    assert "ends before it begins" in refused("influence", *files, "--window", "3..0")
    assert "is no property" in refused("influence", *files, "--by", "weather")
    assert "is no property" in refused("influence", *files, "--where", "weather=rain")
    assert "says nothing" in refused("influence", *files, "--where", "UA")
    assert "no record says its topic" in refused("influence", *files, "--by", "topic")
    assert "is not a day" in refused("influence", *files, "--days", "2025..2026")
    assert "no 'mood'" in refused("influence", *files, "--set", "mood=1")
    assert "is no whole number" in refused("influence", *files, "--set", "seed=x")
    assert "lies in a gap" in refused("influence", *files, "--gap", "2025-06-10")
    statements.write_text("date,who\n2025-02-30,EE\n", encoding="utf-8")
    assert "statements.csv, line 2: '2025-02-30' is not a day" in refused("influence", *files)
    statements.write_text("when,who\n", encoding="utf-8")
    assert "there is no column day" in refused("influence", *files)
    statements.write_bytes(b"\xff\xfe\x00")
    assert "is not UTF-8" in refused("influence", *files)
    statements.write_text("day,who\n2025-03-03,EE\n", encoding="utf-8")
    incidents.write_text("day,count\n2025-03-03,-1\n", encoding="utf-8")
    assert "incidents.csv, line 2: the count '-1' is no whole number" in refused("influence", *files)


def test_every_verdict_every_lack_and_every_reason_has_its_words() -> None:
    assert set(VERDICTS) == set(Verdict)
    assert set(LACKS) == set(Lack)
    assert set(ASIDE) == set(Aside)
