"""What becomes of every need of the sample, with its own mechanism, supplement and recorded acts, and what planning is worth there."""

from __future__ import annotations

from datetime import date

import pytest

from sild import sample
from sild.kernel.home import Home
from sild.kernel.identity import actor_named, founder
from sild.wings.intake.public import read_decisions, run_inbox
from sild.wings.parties.public import found_mechanism, import_parties, read_mechanism, read_parties
from sild.wings.planning.public import import_supplement, plan_sheet, read_supplement
from sild.wings.register.public import lines
from tests.cast import Cast
from tests.corpus.fates import fates_of
from tests.readers import InProcess

TODAY = date(2026, 2, 10)


@pytest.mark.slow
def test_every_need_of_the_sample_ends_somewhere_with_its_reason_and_planning_beats_first_come(cast: Cast, home: Home) -> None:
    spec = read_mechanism(sample.MECHANISM.read_bytes(), "mechanism.yaml")
    found_mechanism(founder(spec.mechanism, started_by="the tests"), spec)
    run, officer = actor_named(spec.mechanism, "run"), next(one.slug for one in spec.members if "officer" in one.roles)
    import_parties(run, read_parties(sample.PARTIES.read_bytes(), "parties.csv"))
    import_supplement(run, read_supplement(sample.SUPPLEMENT.read_bytes(), "supplement.yaml"))
    acts = read_decisions(sample.DECISIONS.read_bytes(), "decisions.yaml").acts
    made = run_inbox(run, sample.INBOX, home, InProcess(), today=TODAY, acts=acts).plan
    assert made is not None and made.findings == ()
    reader = actor_named(spec.mechanism, officer)
    sheet = plan_sheet(reader)
    assert sheet is not None
    fates = fates_of(reader, sheet, made.answer)
    assert [key for key, told in fates.items() if not told] == [], "no need without a fate, none without its reason"
    assert {line.need_id for line in lines(reader) if line.need_id is not None} <= fates.keys()
    assert {"covered", "partly", "unmet", "left out"} <= set(fates.values()), "each of them happens in the sample"
    value = dict(made.answer["parts"])["value"]
    assert 0 < made.answer["first_come"] < value
    assert sheet.weighing.above_first_come is not None and sheet.weighing.above_first_come > 10
