"""Keys split among officers: enough of them open it, in any choice; too few, a stranger or a mistyped word opens nothing."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from sild.custody.faults import CustodyFault
from sild.custody.quorum import KEYRING, fingerprint_of, key_from_shares, make_keyring, read_keyring
from sild.custody.sealing import new_key, unseal_bytes

Officers = dict[str, tuple[Path, str]]


def opened(folder: Path, officers: Officers) -> dict[str, Path]:
    """Each officer's share, opened with their own key."""
    files = {}
    for name, (key, _public) in officers.items():
        files[name] = folder / f"{name}.words"
        files[name].write_bytes(unseal_bytes((folder / f"share-{name}.age").read_bytes(), key))
    return files


def test_any_two_of_three_make_the_key_and_one_makes_nothing(tmp_path: Path, officers: Officers) -> None:
    folder = tmp_path / "keys"
    ring = make_keyring(folder, {name: public for name, (_key, public) in officers.items()}, 2)
    assert read_keyring(folder / KEYRING) == ring
    files = opened(folder, officers)
    keys = {key_from_shares(pair, ring.fingerprint) for pair in itertools.combinations(files.values(), 2)}
    assert len(keys) == 1 and fingerprint_of(keys.pop()) == ring.fingerprint
    for few in ([files["anna"]], [files["anna"], files["anna"]], []):
        with pytest.raises(CustodyFault, match="do not open the key"):
            key_from_shares(few, ring.fingerprint)


def test_no_file_but_the_opened_shares_holds_what_opens_the_key(tmp_path: Path, officers: Officers) -> None:
    folder = tmp_path / "keys"
    make_keyring(folder, {name: public for name, (_key, public) in officers.items()}, 2)
    files = opened(folder, officers)
    key = key_from_shares([files["anna"], files["bohdan"]])
    words = {file.read_text().strip() for file in files.values()}
    written = [(folder / KEYRING).read_text(), *((folder / f"share-{name}.age").read_text() for name in officers)]
    assert not any(key in text or any(word in text for word in words) for text in written)


def test_a_sealed_a_mistyped_or_a_strangers_share_is_refused_without_telling_a_word_of_it(tmp_path: Path, officers: Officers) -> None:
    folder, other = tmp_path / "keys", tmp_path / "others"
    publics = {name: public for name, (_key, public) in officers.items()}
    ring = make_keyring(folder, publics, 2)
    make_keyring(other, publics, 2)
    files, strangers = opened(folder, officers), opened(other, officers)
    with pytest.raises(CustodyFault, match="still sealed"):
        key_from_shares([folder / "share-anna.age", files["bohdan"]])
    with pytest.raises(CustodyFault, match="not this repository's"):
        key_from_shares([strangers["anna"], strangers["bohdan"]], ring.fingerprint)
    words = files["anna"].read_text().split()
    files["anna"].write_text(" ".join([*words[:-1], "academic" if words[-1] != "academic" else "acid"]))
    for pair in ([files["anna"], files["bohdan"]], [strangers["anna"], files["bohdan"]]):
        with pytest.raises(CustodyFault) as refused:
            key_from_shares(pair)
        assert not set(words[:12]) & set(str(refused.value).split())


def test_a_quorum_that_is_none_is_refused(tmp_path: Path, officers: Officers) -> None:
    publics = {name: public for name, (_key, public) in officers.items()}
    for named, needed in ((publics, 1), (publics, 4), ({"anna": publics["anna"]}, 2)):
        with pytest.raises(CustodyFault, match="how many of them"):
            make_keyring(tmp_path / "keys", named, needed)
    with pytest.raises(CustodyFault, match="same public key"):
        make_keyring(tmp_path / "keys", {"anna": publics["anna"], "twin": publics["anna"]}, 2)
    with pytest.raises(CustodyFault, match="name of a share"):
        make_keyring(tmp_path / "keys", {"../anna": publics["anna"], "b": publics["bohdan"]}, 2)
    assert not (tmp_path / "keys").exists()
    assert new_key(tmp_path / "fourth.key").startswith("age1")
