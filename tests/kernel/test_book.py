"""The book finds every edit, loss and second version, with its files alone."""

from __future__ import annotations

import hashlib
import json
import random
from pathlib import Path

import pytest

from sild.kernel.ledger.book import Book, BookDamaged


def commitments(count: int, start: int = 0) -> list[str]:
    return [hashlib.sha256(str(number).encode()).hexdigest() for number in range(start, start + count)]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    (tmp_path / "ledger").mkdir()
    made = Book(tmp_path / "ledger", tmp_path / "key")
    for start in range(0, 40, 8):
        made.append(commitments(8, start))
    return made


def test_an_untouched_book_has_no_findings(book: Book) -> None:
    assert book.verify() == (40, [])


def test_the_key_is_its_owners_alone(book: Book) -> None:
    assert book.key_file.stat().st_mode & 0o077 == 0


def test_any_changed_digit_of_an_entry_is_found(book: Book) -> None:
    original = book.entries.read_bytes()
    draw = random.Random(1)
    for _ in range(200):
        place = draw.randrange(len(original))
        changed = bytearray(original)
        changed[place] = draw.choice([byte for byte in b"0123456789abcdef \n" if byte != original[place]])
        book.entries.write_bytes(changed)
        assert book.verify()[1], f"byte {place} was changed unseen"


def test_any_dropped_entry_is_found(book: Book) -> None:
    lines = book.entries.read_text().splitlines(keepends=True)
    for number in range(len(lines)):
        book.entries.write_text("".join(lines[:number] + lines[number + 1 :]))
        assert book.verify()[1]


def test_a_truncated_book_is_found(book: Book) -> None:
    lines = book.entries.read_text().splitlines(keepends=True)
    book.entries.write_text("".join(lines[:16]))
    assert any("missing" in finding.what for finding in book.verify()[1])


def test_entries_under_no_signed_state_are_found(book: Book) -> None:
    with book.entries.open("a") as file:
        file.write(f"40 {commitments(1, 99)[0]}\n")
    assert book.verify()[1]


def test_a_changed_checkpoint_is_found(book: Book) -> None:
    lines = book.checkpoints.read_text().splitlines()
    note = json.loads(lines[2])["note"].replace("\n24\n", "\n23\n")
    lines[2] = json.dumps({"note": note})
    book.checkpoints.write_text("\n".join(lines) + "\n")
    assert any("signature" in finding.what for finding in book.verify()[1])


def test_a_second_version_shown_to_a_witness_is_found(book: Book, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = Book(tmp_path / "other", book.key_file)
    other.append(commitments(40, 100))
    note = json.loads(other.checkpoints.read_text().splitlines()[-1])["note"]
    assert any("two versions" in finding.what for finding in book.verify(note)[1])


def test_a_witness_that_saw_more_shows_a_truncation_with_all_its_checkpoints(book: Book) -> None:
    lines = book.checkpoints.read_text().splitlines()
    note = json.loads(lines[-1])["note"]
    book.checkpoints.write_text("\n".join(lines[:2]) + "\n")
    book.entries.write_text("".join(book.entries.read_text().splitlines(keepends=True)[:16]))
    assert book.verify()[1] == []
    assert book.verify(note)[1]


def test_a_line_torn_by_a_crash_is_cut_away_by_the_next_append(book: Book) -> None:
    with book.entries.open("a") as file:
        file.write("40 deadbe")
    book.append(commitments(3, 40))
    assert book.verify() == (43, [])


def test_a_swapped_key_is_found_by_who_noted_the_first(book: Book, tmp_path: Path) -> None:
    noted = book.verifier.read_text()
    other = Book(book.folder, tmp_path / "other-key")
    entries = list(book.commitments())
    book.entries.unlink()
    book.checkpoints.unlink()
    book.verifier.unlink()
    other.append(entries)
    assert book.verify() == (40, [])
    assert book.verify(None, noted)[1]


def test_a_lost_verifier_line_is_made_again_from_the_key(book: Book) -> None:
    book.verifier.unlink()
    book.append(commitments(1, 40))
    assert book.verify() == (41, [])


def test_an_empty_key_signs_nothing(book: Book) -> None:
    book.key_file.write_text("")
    with pytest.raises(BookDamaged, match="is no key"):
        book.append(commitments(1, 40))
