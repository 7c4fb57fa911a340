"""Custody copies in real repositories: whole, resumed after a kill, damage found, restored from custody alone, closed to others."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sild.custody import copies as kept
from sild.custody.faults import CustodyFault
from sild.custody.manifest import difference, manifest_of, read_manifest
from sild.custody.restic import Repository
from tests.custody.conftest import KEY
from tests.custody.s3_store import store

COPYING = """
import sys
from pathlib import Path
from sild.custody.copies import make_copy
from sild.custody.restic import Repository
make_copy(Repository(sys.argv[1], sys.argv[2]), Path(sys.argv[3]), "register")
"""


def test_a_copy_is_verified_restored_and_taken_away_with_a_receipt_for_each(restic: str, register: Path, tmp_path: Path) -> None:
    place = Repository(str(tmp_path / "custody"), KEY)
    made = kept.make_copy(place, register, "register")
    assert (made.deed, made.files, made.bytes) == ("copied", 4, manifest_of(register).size)
    assert kept.verify_copy(place, "register").sound
    back = kept.restore_copy(
        place, "register", tmp_path / "back", check=lambda folder: "" if (folder / "rows.csv").is_file() else "no rows"
    )
    assert (back.sound, back.manifest, back.copy, back.checked_by) == (True, made.manifest, made.copy, "files and a check")
    assert not difference(manifest_of(register), manifest_of(tmp_path / "back"))
    assert (tmp_path / "back" / "людина" / "остання").is_symlink() and (tmp_path / "back" / "людина" / "порожня").is_dir()
    (register / "rows.csv").write_text("id;name\n")
    second = kept.make_copy(place, register, "register")
    assert [name for name, _one in kept.copies(place)] == ["register", "register"] and second.manifest != made.manifest
    assert kept.take_away(place, "register") == 2 and kept.copies(place) == [] and place.snapshots() == []
    with pytest.raises(CustodyFault, match="no copy called"):
        kept.verify_copy(place, "register")


def test_the_keeper_and_a_strangers_key_read_nothing(restic: str, register: Path, tmp_path: Path) -> None:
    kept.make_copy(Repository(str(tmp_path / "custody"), KEY), register, "register")
    stored = b"".join(file.read_bytes() for file in (tmp_path / "custody").rglob("*") if file.is_file())
    assert "Олена".encode() not in stored and b"rows.csv" not in stored and b"register" not in stored
    stranger = Repository(str(tmp_path / "custody"), "f0" * 32)
    for deed in (stranger.exists, stranger.snapshots, stranger.unlock):
        with pytest.raises(CustodyFault, match="key does not open"):
            deed()


def test_a_flipped_bit_is_found_and_what_is_damaged_is_not_called_restored(restic: str, register: Path, tmp_path: Path) -> None:
    place = Repository(str(tmp_path / "custody"), KEY)
    kept.make_copy(place, register, "register")
    pack = max((file for file in (tmp_path / "custody" / "data").rglob("*") if file.is_file()), key=lambda file: file.stat().st_size)
    data = bytearray(pack.read_bytes())
    data[len(data) // 3] ^= 4
    pack.chmod(0o600)
    pack.write_bytes(data)
    told = kept.verify_copy(place, "register")
    assert not told.sound and (pack.name[:8] in told.found or "blob" in told.found or "Pack" in told.found)
    with pytest.raises(CustodyFault, match="restic"):
        kept.restore_copy(place, "register", tmp_path / "back")


def test_a_copy_that_was_killed_half_way_goes_on_and_is_whole(restic: str, tmp_path: Path) -> None:
    folder = tmp_path / "big"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:03}.bin").write_bytes(os.urandom(1_000_000))
    words = [sys.executable, "-c", COPYING, str(tmp_path / "custody"), KEY, str(folder)]
    copying = subprocess.Popen(words, start_new_session=True)
    began = time.monotonic()
    while not any(file.is_file() for file in (tmp_path / "custody" / "data").rglob("*")) and time.monotonic() - began < 60:
        time.sleep(0.02)
    os.killpg(copying.pid, signal.SIGKILL)
    assert copying.wait() == -signal.SIGKILL, "it was killed before it was done"
    place = Repository(str(tmp_path / "custody"), KEY)
    kept.make_copy(place, folder, "big")
    shutil.rmtree(folder)
    assert kept.verify_copy(place, "big").sound and kept.restore_copy(place, "big", tmp_path / "back").sound


def test_what_changes_while_it_is_copied_is_no_copy(restic: str, register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Repository(str(tmp_path / "custody"), KEY)
    whole = place.copy

    def meanwhile(folder: Path, *rest: object) -> str:
        (folder / "rows.csv").write_text("changed meanwhile")
        return whole(folder, *rest)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(place, "copy", meanwhile)
    with pytest.raises(CustodyFault, match=r"rows\.csv changed while it was copied"):
        kept.make_copy(place, register, "register")
    assert kept.copies(place) == []


def test_a_copy_without_its_manifest_or_into_a_full_folder_is_refused(restic: str, register: Path, tmp_path: Path) -> None:
    place = Repository(str(tmp_path / "custody"), KEY)
    kept.make_copy(place, register, "register")
    with pytest.raises(CustodyFault, match="not empty"):
        kept.restore_copy(place, "register", register)
    place.forget([one.id for one in place.snapshots(kept.MANIFEST)])
    with pytest.raises(CustodyFault, match="has no manifest"):
        kept.restore_copy(place, "register", tmp_path / "back")


def test_a_store_that_speaks_s3_keeps_copies_too(restic: str, register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "made-up")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "made-up-too")
    with store() as server:
        place = Repository(f"{server.address}/custody", KEY)
        kept.make_copy(place, register, "register")
        assert kept.verify_copy(place, "register").sound
        assert kept.restore_copy(place, "register", tmp_path / "back").sound
        assert "Олена".encode() not in b"".join(server.buckets["custody"].values())


@pytest.mark.parametrize("address", ["repo", "s3:https://me:secret@host/bucket", "sftp:host:/place", ""])
def test_an_address_that_is_none_or_tells_a_password_is_refused(restic: str, address: str) -> None:
    with pytest.raises(CustodyFault, match="no repository"):
        Repository(address, KEY)


def test_manifests_are_read_back_and_differences_are_named(register: Path, tmp_path: Path) -> None:
    whole = manifest_of(register)
    assert read_manifest(whole.as_lines()) == whole and read_manifest(whole.as_lines()).digest == whole.digest
    other = tmp_path / "other"
    shutil.copytree(register, other, symlinks=True)
    (other / "rows.csv").write_text("id;name\n1;Олег\n")
    (other / "empty").unlink()
    (other / "new").write_text("new")
    told = difference(whole, manifest_of(other))
    assert (told.missing, told.changed, told.beside) == (("empty",), ("rows.csv",), ("new",)) and "rows.csv" in told.said()
    with pytest.raises(CustodyFault, match="no manifest"):
        read_manifest(b"{}\n")
