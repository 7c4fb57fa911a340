"""Erasing: what was said is in no table and no file any more; what the register states, the acts and the tree stay."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from sild.kernel import clock
from sild.kernel.action import last_act
from sild.kernel.actor import acting
from sild.kernel.casework import add_note, set_next_step
from sild.kernel.history import Change
from sild.kernel.home import Home
from sild.kernel.identity import actor_named
from sild.kernel.refusals import NotForRole, NotThere, Refused
from sild.kernel.undo import undo
from sild.postgres.supervisor import Server
from sild.values.redaction import pattern_of, redacted
from sild.wings.intake.actions.erasing import erase_message, erase_person, keep_retention
from sild.wings.intake.actions.taking import Taking
from sild.wings.intake.models import Message, MessageText
from sild.wings.intake.reads.held import held_on
from sild.wings.intake.reads.inbox import Wanted
from sild.wings.intake.reads.sure import sure_lines
from sild.wings.intake.rules import Door, MessageState
from sild.wings.linkage.public import link_register
from sild.wings.parties.public import change_mechanism
from sild.wings.parties.rules import RetentionEntry
from sild.wings.register.public import Line, accept_line, lines
from tests.cast import MECHANISM, Cast
from tests.keeping import asked
from tests.readers import InProcess
from tests.web.signed import signed_in

WHO = "Zdobyslava Quenneville"
ADDRESS = "z.quenneville@hospital.example"
LETTER = (
    f"From: {WHO} <{ADDRESS}>\nSubject: Laptops, asks {WHO}\nDate: Mon, 9 Feb 2026 10:00:00 +0200\nMessage-ID: <1@hospital.example>\n\n"
    f"Dear colleagues,\n\nWe request 20 laptops for the regional hospital by 15 March 2026.\n\nKind regards\n{WHO}\n"
).encode()
NOISE = b"From: news@example.org\nSubject: Newsletter\nDate: Mon, 9 Feb 2026 10:00:00 +0200\n\nUnsubscribe here. Our newsletter.\n"


@pytest.fixture
def letter(cast: Cast, home: Home) -> UUID:
    """A letter that was read, accepted, noted upon and linked."""
    taken = Taking(cast.run, home, InProcess(), Door.FOLDER).data(LETTER, f"ask of {WHO}.eml")
    [arrived] = taken.arrived
    [line] = [one for one in lines(cast.officer) if one.message_id == arrived.message]
    accept_line(cast.officer, line.id, reason=f"{WHO} rang")
    add_note(cast.officer, "register.Line", line.id, f"call {WHO} back")
    set_next_step(cast.officer, "register.Line", line.id, f"ask {WHO}", None)
    link_register(cast.run)
    return arrived.message


def places_of(server: Server, word: str) -> set[str]:
    """Every table in which the word stands, in any column."""
    tables = [name for (name,) in asked(server, "select tablename from pg_tables where schemaname = 'public'")]
    standing = " union all ".join(
        f"select '{name}' where exists (select 1 from {name} one where to_jsonb(one)::text ilike '%{word}%')" for name in tables
    )
    return {name for (name,) in asked(server, standing)}


def test_an_erased_message_is_said_nowhere_and_its_facts_stay(cast: Cast, home: Home, server: Server, letter: UUID) -> None:
    assert {"intake_message", "kernel_change", "kernel_act", "kernel_note", "register_line"} <= places_of(server, "Quenneville")
    erased = erase_message(cast.officer, letter, reason="asked for by the person")
    assert (erased.messages, erased.reasons) == (1, 1)
    assert places_of(server, "Quenneville") == set()
    assert [path for path in home.originals.rglob("*") if path.is_file()] == []
    [line] = lines(cast.officer)
    assert "laptops" in line.item
    assert (line.quantity, line.state, line.evidence) == (20, "accepted", [])
    with acting(cast.officer):
        message = Message.objects.get(id=letter)
        assert (message.state, message.digest != "", message.reference != "") == (MessageState.ERASED, True, True)
        assert not MessageText.objects.exists()


def test_a_draft_whose_words_were_erased_is_never_among_the_surest(cast: Cast, home: Home) -> None:
    [arrived] = Taking(cast.run, home, InProcess(), Door.FOLDER).data(LETTER, "ask.eml").arrived
    assert sure_lines(cast.officer, Wanted(), 0.5).drafts == 1
    erase_message(cast.officer, arrived.message, reason="asked for by the person")
    found = sure_lines(cast.officer, Wanted(), 0.5)
    assert (found.chosen, found.drafts) == ((), 0)


def test_erased_whole_the_lines_say_nothing_and_stand_for_no_need(cast: Cast, home: Home, server: Server, letter: UUID) -> None:
    erase_message(cast.officer, letter, reason="it was never meant for us", whole=True)
    assert places_of(server, "laptops") <= {"intake_bundle"}
    assert [(line.item, line.state) for line in lines(cast.officer)] == [("", "rejected")]


def test_a_person_is_blotted_out_and_the_message_stays_readable(cast: Cast, home: Home, server: Server, letter: UUID) -> None:
    told = held_on(cast.officer, [WHO, ADDRESS])
    assert [message["sender"] for message in told["messages"]] == [f"{WHO} <{ADDRESS}>"]
    assert (told["notes"], told["reasons"]) == ([f"call {WHO} back"], [f"{WHO} rang"])
    erased = erase_person(cast.officer, [WHO, ADDRESS], reason="asked for by the person")
    assert erased.messages == 1
    assert places_of(server, "Quenneville") == set()
    assert places_of(server, ADDRESS) == set()
    assert held_on(cast.officer, [WHO, ADDRESS])["messages"] == []
    assert [path for path in home.originals.rglob("*") if path.is_file()] == []
    with acting(cast.officer):
        [text] = MessageText.objects.all()
        [line] = Line.objects.all()
        said = [block["text"] for part in text.document["parts"] for block in part["blocks"]]
    assert "We request 20 laptops for the regional hospital by 15 March 2026." in said
    assert line.evidence


def test_no_hash_of_a_record_that_held_a_name_stays_in_the_ledger(cast: Cast, server: Server, letter: UUID) -> None:
    with acting(cast.officer):
        acts = [str(key) for key in Change.objects.filter(record_id=letter).values_list("act_id", flat=True)]
    before = asked(server, "select plain from kernel_ledgerentry where plain <> ''")
    assert any(act in plain for (plain,) in before for act in acts), "the entries are there"
    erase_person(cast.officer, [WHO, ADDRESS], reason="asked for by the person")
    after = asked(server, "select plain from kernel_ledgerentry where plain <> ''")
    assert not [plain for (plain,) in after for act in acts if act in plain]


def test_an_original_that_another_mechanism_has_too_stays_until_it_is_erased_there(cast: Cast, home: Home, letter: UUID) -> None:
    strangers = actor_named("strangers", "run")
    [theirs] = Taking(strangers, home, InProcess(), Door.FOLDER).data(LETTER, "theirs.eml").arrived
    erase_message(cast.officer, letter, reason="asked for by the person")
    kept = [path.read_bytes() for path in home.originals.rglob("*") if path.is_file()]
    assert kept == [LETTER]
    Taking(cast.run, home, InProcess(), Door.FOLDER).data(LETTER, "again.eml")
    assert [path.read_bytes() for path in home.originals.rglob("*") if path.is_file()] == [LETTER]
    erase_message(cast.outsider, theirs.message, reason="asked for by the person")
    assert [path for path in home.originals.rglob("*") if path.is_file()] == []


def test_it_cannot_be_taken_back_and_is_in_history_with_its_reason(cast: Cast, letter: UUID) -> None:
    erase_message(cast.officer, letter, reason="asked for by the person")
    done = last_act()
    assert done is not None
    with pytest.raises(Refused):
        undo(cast.officer, done, reason="a mistake")


@pytest.fixture
def browser(cast: Cast) -> Client:
    """The officer of the exercise in a browser."""
    return signed_in(cast.officer)


def hidden(page: str) -> dict[str, str]:
    """What the form that erases sends along."""
    form = page.partition('action="/erase/now/"')[2].partition("</form>")[0]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def test_an_officer_erases_a_message_in_the_browser_after_seeing_what_goes(
    browser: Client, cast: Cast, home: Home, server: Server, letter: UUID
) -> None:
    before = places_of(server, "Quenneville")
    assert "quenneville" not in browser.get(f"/erase/?name={letter}").content.decode().casefold()
    found = browser.post("/erase/", {"what": "message", "name": "laptops hospital"}).content.decode()
    assert "20 laptops" in found and "Original files: 1" in found and "Notes: 1" in found, "found by its words"
    sent = hidden(found)
    assert places_of(server, "Quenneville") == before, "foretelling keeps nothing"
    assert [path for path in home.originals.rglob("*") if path.is_file()] != []
    for missing in ({"typed": "no", "reason": "asked for"}, {"typed": "", "reason": ""}):
        refused = browser.post("/erase/now/", sent | missing)
        assert refused.status_code == 422
        assert "Nothing was erased" in refused.content.decode() or "Say why" in refused.content.decode()
    add_note(cast.officer, "register.Line", lines(cast.officer)[0].id, "another")
    [reference] = re.findall(r"type <strong>([^<]+)<", found)
    confirmed = sent | {"typed": reference.lower(), "reason": "asked for by the person"}
    changed = browser.post("/erase/now/", confirmed)
    assert changed.status_code == 422 and "changed since you looked" in changed.content.decode()
    done = browser.post("/erase/now/", confirmed | hidden(changed.content.decode()), follow=True).content.decode()
    assert "This went for good" in done and "Notes: 2" in done
    assert places_of(server, "Quenneville") == set()
    assert "This went for good" not in browser.get("/erase/").content.decode()


def test_an_officer_erases_a_person_in_the_browser(browser: Client, cast: Cast, home: Home, server: Server, letter: UUID) -> None:
    assert browser.post("/erase/", {"what": "person", "words": "Bob"}).status_code == 422
    assert "Nothing that you see" in browser.post("/erase/", {"what": "person", "words": "Nobody Anywhere"}).content.decode()
    shown = browser.post("/erase/", {"what": "person", "words": f"{WHO}\n{ADDRESS}"}).content.decode()
    assert "Reasons of acts: 1" in shown and "Messages: 1" in shown
    sent = hidden(shown) | {"words": f"{WHO}\n{ADDRESS}", "typed": WHO, "reason": "asked for"}
    named = browser.post("/erase/now/", sent | {"reason": f"{WHO} asked"})
    assert named.status_code == 422 and "Say it without" in named.content.decode()
    assert browser.post("/erase/now/", sent).status_code == 302
    assert places_of(server, "Quenneville") <= {"django_session"} and places_of(server, ADDRESS) <= {"django_session"}
    assert "quenneville" not in browser.get("/erase/").content.decode().casefold()


def test_the_same_bytes_again_do_not_bring_the_words_back(cast: Cast, home: Home, server: Server, letter: UUID) -> None:
    erase_message(cast.officer, letter, reason="asked for by the person")
    taken = Taking(cast.run, home, InProcess(), Door.FOLDER).data(LETTER, f"again of {WHO}.eml")
    assert taken.fresh == 0
    assert places_of(server, "Quenneville") == set()
    assert [path for path in home.originals.rglob("*") if path.is_file()] == []


def test_of_an_archive_that_held_it_the_rest_stays(cast: Cast, home: Home, server: Server) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("ask.eml", LETTER)
        archive.writestr("news.eml", NOISE)
    taking = Taking(cast.run, home, InProcess(), Door.FOLDER)
    asked = next(one for one in taking.data(packed.getvalue(), "letters.zip").arrived if one.name.endswith("ask.eml"))
    erase_message(cast.officer, asked.message, reason="asked for by the person")
    taking.data(packed.getvalue(), "letters.zip")
    kept = [path.read_bytes() for path in home.originals.rglob("*") if path.is_file()]
    assert NOISE in kept
    assert LETTER not in kept
    assert places_of(server, "Quenneville") == set()


def test_what_cannot_be_erased_is_refused_with_its_reason(cast: Cast, letter: UUID) -> None:
    with pytest.raises(Refused, match="Say why"):
        erase_message(cast.officer, letter, reason=" ")
    with pytest.raises(Refused, match="too short"):
        erase_person(cast.officer, ["Bob"], reason="asked for")
    with pytest.raises(Refused, match="Say it without"):
        erase_person(cast.officer, [WHO], reason=f"{WHO} asked")
    with pytest.raises(NotForRole):
        erase_message(cast.donor, letter, reason="no")
    with pytest.raises(NotThere):
        erase_message(cast.officer, UUID(int=5), reason="no such")


def test_the_clock_erases_what_is_past_its_time_and_nothing_else(
    cast: Cast, home: Home, letter: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    Taking(cast.run, home, InProcess(), Door.FOLDER).data(NOISE, "news.eml")
    change_mechanism(cast.run, MECHANISM.model_copy(update={"retention": RetentionEntry(noise=30)}))
    later = clock.now() + timedelta(days=4000)
    assert keep_retention(cast.run) in (0, 1)
    monkeypatch.setattr(clock, "now", lambda: later)
    keep_retention(cast.run)
    assert keep_retention(cast.run) == 0
    with acting(cast.officer):
        states = dict(Message.objects.values_list("format", "state"))
        assert set(Message.objects.values_list("state", flat=True)) == {MessageState.READ, MessageState.ERASED}, states


def test_blots_are_as_long_as_the_words() -> None:
    pattern = pattern_of(["Олена", "a.b@c.example"])
    assert redacted({"x": ["ОЛЕНА пише", "до A.B@C.example"], "n": 5}, pattern) == {"x": ["█████ пише", "до █████████████"], "n": 5}
    for words in ([], ["  "], ["ab"]):
        with pytest.raises(ValueError, match="at least"):
            pattern_of(words)
