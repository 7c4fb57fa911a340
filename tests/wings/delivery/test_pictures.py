"""What was agreed as a picture: each agreement once, where its least part stands, with a table that adds up to it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.urls import reverse

from sild.wings.delivery.actions import Packing, Receipt, depart_consignment, prepare_consignment, receive_consignment
from sild.wings.delivery.public import journeys, picture_of_commitments
from tests.web.signed import signed_in
from tests.wings.delivery.conftest import Depot


def test_an_agreement_counts_once_where_its_least_part_stands(depot: Depot) -> None:
    cast = depot.cast
    assert picture_of_commitments(cast.asker).rows[0][3:] == ("Committed, not on its way", 1)
    one = prepare_consignment(cast.donor, depot.agreement, Packing(quantity=Decimal(2), due=date(2026, 2, 20)))
    depart_consignment(cast.donor, one)
    receive_consignment(cast.asker, one, Receipt())
    drawn = picture_of_commitments(cast.officer)
    assert drawn.rows[0][3:] == ("Committed, not on its way", 1), "four of six have not set out"
    assert drawn.total[-1] == sum(int(str(row[-1])) for row in drawn.rows) == 1
    [journey] = journeys(cast.asker)
    assert (journey.quantity, journey.left is not None, journey.due) == (2, True, date(2026, 2, 20))
    page = signed_in(cast.officer).get(reverse("delivery.flow")).content.decode()
    assert 'role="img"' in page
    assert "Agreements: 1" in page
    assert "Committed, not on its way" in page


def test_who_sees_no_agreement_sees_none_in_the_picture(depot: Depot) -> None:
    drawn = picture_of_commitments(depot.cast.outsider)
    assert drawn.picture is None
    assert drawn.rows == ()
    page = signed_in(depot.cast.outsider, mechanism="strangers").get(reverse("delivery.flow")).content.decode()
    assert "There is nothing to draw yet." in page
    assert '<svg class="desk-drawing"' not in page


def test_the_old_calendar_leads_to_the_one_that_there_is(depot: Depot) -> None:
    answer = signed_in(depot.cast.donor).get(reverse("delivery.renewals"))
    assert (answer.status_code, answer.headers["Location"]) == (301, reverse("outlook.sustainment"))
