"""What leans on what as a picture, and the countries of hosts as a map, with their tables; each reader's own."""

from __future__ import annotations

from decimal import Decimal

from sild.wings.continuity.actions import DependencyFacts, HostFacts, record_host, tie
from sild.wings.continuity.reads import map_of_hosts, picture_of_leaning
from tests.wings.attribution.test_pages import page
from tests.wings.continuity.conftest import Inventory


def test_what_leans_on_what_is_drawn_in_layers_with_a_table_of_the_same_ties(inventory: Inventory) -> None:
    systems = inventory.systems
    tie(inventory.officer, systems["ID"], DependencyFacts(needs_id=systems["PORTAL"]))
    drawn = picture_of_leaning(inventory.officer)
    assert drawn.picture is not None and len(drawn.rows) == 6
    assert ("ID", "PORTAL", "unknown how much it leans", None, "yes") in drawn.rows
    assert "1 tie goes against the order of layers" in drawn.summary and "stand in a ring" in drawn.summary
    assert picture_of_leaning(inventory.cast.donor).picture is None
    text = page(inventory.officer, "continuity.leaning", gone=str(systems["LAND"]))[1]
    assert "desk-drawing" in text and "LAND → EXCHANGE → PORTAL" in text
    assert "Take in a sheet" in page(inventory.officer, "continuity.board")[1]
    assert "There is no system to draw" in page(inventory.cast.donor, "continuity.leaning")[1]


def test_a_host_is_on_the_map_by_its_country_alone(inventory: Inventory) -> None:
    record_host(inventory.officer, HostFacts(name="Embassy two", country="EE", free=Decimal(3)))
    drawn = map_of_hosts(inventory.officer)
    assert drawn.picture is not None
    assert drawn.rows == (("Estonia", 1, 0, Decimal(3), ""), ("Luxembourg", 1, 1, Decimal(40), ""))
    assert "Of 1 host the country is not known" in drawn.summary
    assert "Embassy" not in str(drawn)
    assert "desk-drawing" in page(inventory.officer, "continuity.hosts")[1]
    assert map_of_hosts(inventory.cast.donor).rows == ()
