"""Whatever the bytes are, the end is a document or a refusal, and a document survives its own JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sild.formats import Unreadable, read_document
from sild.formats.document_json import document_from_json, document_to_json
from sild.formats.kinds import Kind, kind_of
from sild.formats.place import plain_name
from sild.formats.sandbox import Sandbox
from sild.formats.template import TEMPLATE, check_sheets, find_template
from sild.formats.unpacking import unpack
from sild.values.document import Document
from tests.drawing import drawn

from .seeds import BUNDLES, SEEDS, Seed

WOUNDS = st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6), st.integers(0, 40)), min_size=1, max_size=6)
FEW, MANY = 20, 1_000
GIVES_UP = ("xls", "xlsb")
"""Kinds whose parser asks for all memory there is when a damaged file claims a sheet of millions of columns: read in the sandbox alone."""
Reader = Callable[[str, bytes], Document]
NAMES = st.sampled_from(
    ["a.eml", "a.docx", "a.pdf", "a.csv", "a.json", "a.txt", "a.html", "a.xlsx", "a.xls", "a.ods", "a.png", "a", "", "../a\x00\ud800.eml"]
)


def ends_well(name: str, data: bytes, read: Reader = read_document) -> bool:
    """Whether the bytes end as a document that survives its own JSON, or as a refusal with a reason."""
    try:
        document = read(name, data)
    except Unreadable as refused:
        return bool(refused.reason)
    json.dumps(document_to_json(document), ensure_ascii=False).encode("utf-8")
    written = json.dumps(document_to_json(document))
    return document_from_json(json.loads(written)) == document


@settings(max_examples=drawn(150), deadline=None)
@given(NAMES, st.binary(max_size=600))
def test_any_bytes_end_as_a_document_or_a_refusal(name: str, data: bytes) -> None:
    assert ends_well(name, data)


@settings(max_examples=drawn(150), deadline=None)
@given(NAMES, st.text(max_size=600))
def test_any_text_ends_as_a_document_or_a_refusal(name: str, text: str) -> None:
    assert ends_well(name, text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_kind_that_is_declared_has_a_seed(kind: Kind) -> None:
    assert [label for label, seed in SEEDS.items() if seed.kind == kind]


@pytest.mark.parametrize("label", SEEDS)
def test_every_seed_is_read_by_its_reader(label: str) -> None:
    seed = SEEDS[label]
    assert kind_of(seed.name, seed.data) == seed.kind
    if seed.kind != "picture":
        texts = [block.text for _, _, block in read_document(seed.name, seed.data).blocks()]
        assert any(seed.seen in text for text in texts)


def wounded(data: bytes, wounds: list[tuple[float, bytes, int]]) -> bytes:
    """The bytes with a few of them cut out, and others put in their place."""
    damaged = bytearray(data)
    for place, put, cut in wounds:
        at = int(place * len(damaged))
        damaged[at : at + cut] = put
    return bytes(damaged)


@pytest.fixture(scope="module")
def limited() -> Iterator[Sandbox]:
    """A sandbox that limits memory and time; it is enough here, since nothing in these files looks for a way out."""
    with Sandbox(bubblewrap=False) as opened:
        yield opened


def meet(seed: Seed, data: bytes, name: str, limited: Sandbox) -> None:
    """What a reader gives for damaged bytes; what may still be a sheet of the template is looked through as one."""
    assert ends_well(name, data, limited.read if seed.kind in GIVES_UP else read_document)
    if seed.kind != "xlsx":
        return
    try:
        parts = read_document(seed.name, data).parts
    except Unreadable:
        return
    found = find_template(TEMPLATE, parts[0])
    if found is not None:
        check_sheets(TEMPLATE, found)


def damage(label: str, examples: int, limited: Sandbox) -> int:
    """So many damaged copies of a seed, under its own name and others, so many random bytes behind its first ones; how many were read."""
    seed, read = SEEDS[label], Counter[str]()

    @settings(max_examples=examples, deadline=None, database=None)
    @given(st.one_of(st.just(seed.name), NAMES), WOUNDS)
    def wounds_anywhere(name: str, wounds: list[tuple[float, bytes, int]]) -> None:
        meet(seed, wounded(seed.data, wounds), name, limited)
        read["wounded"] += 1

    @settings(max_examples=examples, deadline=None, database=None)
    @given(st.floats(0, 1), st.binary(max_size=400))
    def another_end(kept: float, end: bytes) -> None:
        meet(seed, seed.data[: max(8, int(kept * len(seed.data)))] + end, seed.name, limited)
        read["with another end"] += 1

    wounds_anywhere()
    another_end()
    return min(read["wounded"], read["with another end"])


@pytest.mark.parametrize("label", SEEDS)
def test_a_file_damaged_anywhere_ends_as_a_document_or_a_refusal(label: str, limited: Sandbox) -> None:
    assert damage(label, FEW, limited) >= FEW


@pytest.mark.slow
@pytest.mark.parametrize("label", SEEDS)
def test_a_thousand_damaged_files_end_as_documents_or_refusals(label: str, limited: Sandbox) -> None:
    assert damage(label, MANY, limited) >= MANY


def damage_bundle(label: str, examples: int) -> int:
    """So many damaged copies of a bundle: whatever comes out has a plain name, whatever does not has a reason; how many were looked at."""
    looked_at = Counter[str]()

    @settings(max_examples=examples, deadline=None, database=None)
    @given(WOUNDS)
    def wounds_anywhere(wounds: list[tuple[float, bytes, int]]) -> None:
        bundle = unpack("b", wounded(BUNDLES[label], wounds))
        for member in bundle.members if bundle else ():
            assert member.name == plain_name(member.name) != ""
            assert member.data
        assert all(name and reason for name, reason in (bundle.left_aside if bundle else ()))
        looked_at["bundles"] += 1

    wounds_anywhere()
    return looked_at["bundles"]


@pytest.mark.parametrize("label", BUNDLES)
def test_a_bundle_damaged_anywhere_gives_plain_names_and_reasons(label: str) -> None:
    assert damage_bundle(label, FEW) >= FEW


@pytest.mark.slow
@pytest.mark.parametrize("label", BUNDLES)
def test_a_thousand_damaged_bundles_give_plain_names_and_reasons(label: str) -> None:
    assert damage_bundle(label, MANY) >= MANY


HEADER_PIECES = (
    *("Subject: ", "From: ", "Date: 99", "To: a@b, \xff", "Content-Type: multipart/mixed; ", "Content-Type: message/rfc822"),
    *("Content-Transfer-Encoding: base64", "Content-Disposition: attachment; ", "filename*0*=koi8-u''", "charset=", "utf-7"),
    *("boundary=x", "--x", "--", "=?utf-8?b?", "?=", "%FF", "<", ">", "@", "\r\n", " ", "a", "=", '"', ";"),
)


@settings(max_examples=drawn(150), deadline=None)
@given(st.lists(st.sampled_from(HEADER_PIECES), max_size=40))
def test_any_jumble_of_headers_ends_as_a_document_or_a_refusal(pieces: list[str]) -> None:
    assert ends_well("a.eml", b"From: a@b.example\r\nSubject: s\r\n" + "".join(pieces).encode("latin-1"))
