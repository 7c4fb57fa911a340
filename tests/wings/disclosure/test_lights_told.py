"""A report says of a need what can be delivered of the agreements that all its readers and its maker see, and of no others."""

from __future__ import annotations

from sild.wings.disclosure.reads.composing import count_needs
from sild.wings.disclosure.rules import View, seen_by_both


def view(**agreed: str | None) -> View:
    """One reader's: a need, and the light of each agreement for it that they see."""
    return {
        "needs": {"need": {"id": "need", "quantity": "3"}},
        "agreements": {name: {"id": name} for name in agreed},
        "lights": {
            name: {"id": name, "need": "need", "light": light, "blocker": "requester" if light == "fail" else "", "mover": ""}
            for name, light in agreed.items()
        },
        "pieces": {},
    }


def told(reader: View, maker: View) -> tuple[str | None, str]:
    found = seen_by_both(reader, maker)
    count_needs(found)
    need = found["needs"]["need"]
    return need["light"], need["blocker"]


def test_two_who_see_two_agreements_with_one_light_learn_nothing_of_each_other() -> None:
    assert told(view(theirs="fail"), view(ours="fail")) == ("", "")
    assert told(view(theirs="fail", both="pass"), view(ours="fail", both="pass")) == ("pass", "")
    assert told(view(both="fail", theirs="pass"), view(both="fail")) == ("fail", "requester")


def test_the_worst_that_both_see_is_told_and_what_one_does_not_know_is_not_known() -> None:
    assert told(view(one="pass", two="fail"), view(one="pass", two="fail")) == ("fail", "requester")
    assert told(view(one="pass"), view(one=None)) == (None, "")
    assert told(view(one="pass", two=None), view(one="pass", two=None)) == (None, "")
    assert told(view(), view()) == ("", "")
