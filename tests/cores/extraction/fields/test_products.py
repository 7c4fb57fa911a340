"""Products and who makes them, as letters name them."""

from __future__ import annotations

from typing import Any

import pytest

from sild.cores.extraction.fields.products import find_product


@pytest.mark.parametrize(
    ("text", "product", "vendor"),
    [
        ("20 FortiGate 60F", "FortiGate 60F", "Fortinet"),
        ("Cisco Catalyst 9200L switches", "Cisco Catalyst 9200L", "Cisco"),
        ("50 YubiKey 5 NFC", "YubiKey", "Yubico"),
        ("15 ноутбуків Lenovo ThinkPad", "Lenovo ThinkPad", "Lenovo"),
        ("200 ліцензій Microsoft 365", "Microsoft 365", "Microsoft"),
        ("EcoFlow Delta 2 - 4 шт", "EcoFlow Delta 2", "EcoFlow"),
        ("старлінки", "старлінки", "SpaceX"),
        ("2 x Dell PowerEdge R750", "Dell PowerEdge R750", "Dell"),
        ("licences Falcon", "Falcon", "CrowdStrike"),
    ],
)
def test_a_product_is_named_with_its_maker(text: str, product: str, vendor: str) -> None:
    found = find_product(text)
    assert found is not None and (found.verbatim, found.vendor, found.named) == (product, vendor, True)
    assert text[found.start : found.end] == product


def test_a_maker_alone_is_no_product() -> None:
    found = find_product("ten HP laptops")
    assert found is not None and (found.vendor, found.named) == ("HP", False)


@pytest.mark.parametrize("text", ["office chairs for the office", "we wire the office", "a falcon flew over the umbrella"])
def test_a_common_word_is_no_name(text: str) -> None:
    assert find_product(text) is None


def test_a_line_tells_product_and_vendor_with_their_words(desk: Any) -> None:
    (line,) = desk.mail("We need 20 FortiGate 60F for our offices.").lines
    assert (line.product, line.vendor) == ("FortiGate 60F", "Fortinet")
    assert line.fields["product"].span.text == "FortiGate 60F"
