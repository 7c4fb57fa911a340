"""Sealed files: opened by the named alone, whole or not at all, never written over."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyrage import x25519

from sild.custody.faults import CustodyFault
from sild.custody.sealing import new_key, read_keys, seal_bytes, seal_file, unseal_bytes, unseal_file

Officers = dict[str, tuple[Path, str]]


def test_who_is_named_opens_it_and_nobody_else(tmp_path: Path, officers: Officers) -> None:
    plain, sealed = tmp_path / "place.txt", tmp_path / "place.age"
    plain.write_text("Kesklinna 5, keller\n")
    seal_file(plain, sealed, [officers["anna"][1], officers["bohdan"][1]])
    assert b"Kesklinna" not in sealed.read_bytes()
    for name in ("anna", "bohdan"):
        unseal_file(sealed, tmp_path / f"{name}.txt", officers[name][0])
        assert (tmp_path / f"{name}.txt").read_text() == "Kesklinna 5, keller\n"
        assert stat.S_IMODE((tmp_path / f"{name}.txt").stat().st_mode) == 0o600
    with pytest.raises(CustodyFault, match="not sealed for the key"):
        unseal_file(sealed, tmp_path / "celine.txt", officers["celine"][0])
    assert not (tmp_path / "celine.txt").exists() and not list(tmp_path.glob(".sild-*"))


def test_a_changed_byte_opens_nothing(tmp_path: Path, officers: Officers) -> None:
    key, public = officers["anna"]
    sealed = bytearray(seal_bytes(b"x" * 5000, [public], armoured=False))
    sealed[len(sealed) // 2] ^= 1
    with pytest.raises(CustodyFault, match="was changed"):
        unseal_bytes(bytes(sealed), key)
    source = tmp_path / "bad.age"
    source.write_bytes(sealed)
    with pytest.raises(CustodyFault):
        unseal_file(source, tmp_path / "out", key)
    assert not (tmp_path / "out").exists()


@given(data=st.binary(max_size=200))
def test_what_is_sealed_comes_back_as_it_was_and_as_text_too(data: bytes) -> None:
    identity = x25519.Identity.generate()
    sealed = seal_bytes(data, [str(identity.to_public())])
    assert sealed.startswith(b"-----BEGIN AGE ENCRYPTED FILE-----") and sealed.isascii()


def test_a_key_is_never_written_over_and_is_read_by_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "mine.key"
    public = new_key(file)
    assert re.fullmatch(r"age1[0-9a-z]{58}", public) and stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_bytes()
    with pytest.raises(CustodyFault, match="never written over"):
        new_key(file)
    assert file.read_bytes() == before and str(read_keys(file)[0].to_public()) == public
    file.chmod(0o644)
    with pytest.raises(CustodyFault, match="chmod 600"):
        read_keys(file)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], "Name those"),
        (["age1nobody"], "no public key"),
        (["AGE-SECRET-KEY-1QQ"], "secret key"),
        (["ssh-ed25519 AAAA"], "no public key"),
    ],
)
def test_what_is_no_public_key_is_refused_in_words(names: list[str], said: str) -> None:
    with pytest.raises(CustodyFault, match=said):
        seal_bytes(b"x", names)


def test_nothing_is_written_over_and_a_missing_file_is_named(tmp_path: Path, officers: Officers) -> None:
    plain = tmp_path / "a"
    plain.write_bytes(b"a")
    with pytest.raises(CustodyFault, match="there already"):
        seal_file(plain, plain, [officers["anna"][1]])
    with pytest.raises(CustodyFault, match="cannot be read"):
        seal_file(tmp_path / "none", tmp_path / "b", [officers["anna"][1]])
    with pytest.raises(CustodyFault, match="no folder"):
        seal_file(plain, tmp_path / "c" / "d", [officers["anna"][1]])
