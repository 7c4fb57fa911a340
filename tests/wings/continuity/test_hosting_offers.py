"""Offers of hosting in the register become hosts; what many share and somebody objects to is told beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sild.kernel.actor import acting
from sild.kernel.home import Home
from sild.kernel.refusals import NotThere
from sild.values.marking import Marking
from sild.wings.clearance.actions import Raised, raise_objection
from sild.wings.clearance.rules import Ground, Severity
from sild.wings.continuity.actions import HostFacts, record_host
from sild.wings.continuity.models import Host
from sild.wings.continuity.reads import host_record, hosting_offers
from sild.wings.intake.public import run_inbox
from sild.wings.parties.public import import_parties
from sild.wings.register.public import Line
from tests.cast import Cast
from tests.readers import InProcess
from tests.wings.attribution.test_pages import page, sent
from tests.wings.intake.test_run import COUNCIL, TODAY, mail

OFFER = "Estonia offers co-location hosting: 4 racks in a Tier IV data centre for Lviv City Council, free of charge."


def test_an_offer_of_hosting_becomes_a_host_and_objections_to_it_stand_beside_it(cast: Cast, home: Home, tmp_path: Path) -> None:
    import_parties(cast.run, [COUNCIL])
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "offer.eml").write_bytes(mail(OFFER, 1))
    run_inbox(cast.run, folder, home, InProcess(), today=TODAY)
    officer = cast.officer
    [offered] = hosting_offers(officer)
    assert offered.host is None and offered.row.category == "colocation-hosting"
    text = page(officer, "continuity.hosts")[1]
    assert "Make a host of it" in text
    assert offered.row.title in page(officer, "continuity.new-host", offer=str(offered.row.id))[1]
    status, where = sent(officer, "continuity.new-host", name="Tier four", country="EE", offer=str(offered.row.id), marking="3")
    assert status == 302, where
    [made] = hosting_offers(officer)
    assert made.host is not None and "Make a host of it" not in page(officer, "continuity.hosts")[1]
    with acting(officer):
        [line] = Line.objects.filter(offer_id=offered.row.id)
    for ground in (Ground.DUPLICATION, Ground.SHARED_PLATFORM):
        raised = Raised(ground=ground, severity=Severity.BLOCKING, asks="a rack of our own")
        raise_objection(officer, line.id, raised, reason="others share the hall")
    found = host_record(officer, made.host)
    assert found.offer_title == offered.row.title and found.row.marking == Marking.AMBER_STRICT
    assert [one.ground for one in found.objections] == [Ground.SHARED_PLATFORM, Ground.DUPLICATION]
    assert "a rack of our own" in page(officer, "continuity.host", made.host)[1]
    with pytest.raises(NotThere):
        record_host(cast.authority, HostFacts(name="Somebody else's"), offer=offered.row.id)
    with acting(cast.authority):
        assert not Host.objects.exists()


def test_who_may_not_see_what_is_amber_strict_is_told_so(cast: Cast) -> None:
    assert cast.donor.ceiling < Marking.AMBER_STRICT
    for name in ("continuity.board", "continuity.hosts"):
        text = page(cast.donor, name)[1]
        assert "Your seat sees up to" in text and "TLP:AMBER" in text and "down</a>" not in text
    assert sent(cast.donor, "continuity.new-system", code="A", name="A")[0] == 409
