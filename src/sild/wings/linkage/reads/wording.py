"""Why two lines are related, in the reader's language: a sentence for each comparison and its outcome, with the values filled in.

The sentences are those of the core's weights, said so that a person who knows neither understands them. What has no sentence here
is shown as it was kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.template import engines
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from sild.values.units import FORMS
from sild.wings.linkage.reads.things import things

SENTENCES: dict[tuple[str, str], str] = {
    ("prior", "need"): noop("Two lines about such things are seldom one need."),
    ("prior", "offer"): noop("Two lines about such things are seldom one offer."),
    ("body", "same"): noop("Both are for {a}."),
    ("body", "alike"): noop("{a} and {b} are very likely one body."),
    ("body", "superior"): noop("Of {a} and {b}, one stands above the other and may write for it."),
    ("body", "superior-names-it"): noop("Of {a} and {b}, one stands above the other and names it."),
    ("body", "superior-for-itself"): noop("Of {a} and {b}, one stands above the other, but asks for itself."),
    ("body", "superior-names-a-sister"): noop("Of {a} and {b}, one stands above the other, and names another body below it."),
    ("body", "above-by-rule"): noop("Of {a} and {b}, one may by its office write for the other."),
    ("body", "sender-names-the-other"): noop("Of {a} and {b}, one is only the sender, and its text names the other."),
    ("body", "sent-from-abroad"): noop("Both are for {a}, but one comes from a like body of another country."),
    ("body", "text-names-the-other"): noop("{a} and {b} differ, but the text of one line names the body of the other."),
    ("body", "unlisted"): noop("{a} and {b} differ by name, and the parties file does not know both."),
    ("body", "sender-relays"): noop("Of {a} and {b}, one is only the sender, an office that mostly writes for others."),
    ("body", "sender"): noop("One line names no body, and was sent by the body of the other ({a}, {b})."),
    ("body", "named-in-text"): noop("The text of one line names the body of the other ({a}, {b})."),
    ("body", "its-sort-named"): noop("The text of one line names the sort of body that the other is for ({a}, {b})."),
    ("body", "sender-is-another"): noop("One line names no body and was sent by another than that of the other ({a}, {b})."),
    ("body", "one-unknown"): noop("Only one line says for whom it is ({a}, {b})."),
    ("body", "both-unknown-same-sender"): noop("Neither says for whom it is; both have one sender."),
    ("body", "both-unknown"): noop("Neither says for whom it is."),
    ("body", "sister"): noop("{a} and {b} are different bodies of one house."),
    ("body", "stranger"): noop("{a} and {b} are different bodies."),
    ("provider", "same"): noop("Both are given by {a}."),
    ("provider", "alike"): noop("{a} and {b} are very likely one giver."),
    ("provider", "sender-names-the-other"): noop("Of {a} and {b}, one is only the sender, and its text names the other."),
    ("provider", "sender"): noop("One line names no giver, and was sent by the giver of the other ({a}, {b})."),
    ("provider", "named-in-text"): noop("The text of one line names the giver of the other ({a}, {b})."),
    ("provider", "one-unknown"): noop("Only one line says who gives ({a}, {b})."),
    ("provider", "both-unknown-same-sender"): noop("Neither says who gives; both have one sender."),
    ("provider", "both-unknown"): noop("Neither says who gives."),
    ("provider", "same-country"): noop("{a} and {b} are different givers of one country."),
    ("provider", "other"): noop("{a} and {b} are different givers."),
    ("provider", "unlisted"): noop("{a} and {b} differ by name, and the parties file does not know both."),
    ("earmark", "agrees"): noop("Both are meant for {a}."),
    ("earmark", "not-both-told"): noop("Not both say for whom they are meant ({a}, {b})."),
    ("earmark", "other"): noop("One is meant for {a}, the other for {b}."),
    ("category", "same"): noop("Both are of the category {a}."),
    ("category", "near"): noop("The categories {a} and {b} are easily confused."),
    ("category", "other-for-one-thing"): noop("The categories are {a} and {b}, but the thing is one and the same."),
    ("category", "other"): noop("The categories differ: {a} and {b}."),
    ("category", "unknown"): noop("Not both have a category ({a}, {b})."),
    ("item", "same"): noop("Both speak of {a}."),
    ("item", "same-activity-other-subject"): noop("Both speak of {a}, on different subjects."),
    ("item", "named-beside"): noop("What one asks for, the other names beside it ({a}, {b})."),
    ("item", "named-by-an-activity"): noop("One asks for a thing, the other for an activity about it ({a}, {b})."),
    ("item", "other-but-near"): noop("The words name different things, {a} and {b}, but the texts are near in meaning."),
    ("item", "other-in-one-voice"): noop("One sender speaks of {a} and of {b}."),
    ("item", "related"): noop("{a} and {b} are of one family of things."),
    ("item", "other"): noop("The things differ: {a} and {b}."),
    ("item", "unknown"): noop("What one of the lines asks for is not in the lexicon ({a}, {b})."),
    ("rarity", "rare"): noop("Few ask for {a}."),
    ("rarity", "usual"): noop("Some ask for {a}."),
    ("rarity", "common"): noop("Very many ask for {a}."),
    ("rarity", "unknown"): noop("They share no thing ({a}, {b})."),
    ("place", "same"): noop("Both are for {a}."),
    ("place", "other"): noop("One is for {a}, the other for {b}."),
    ("place", "same-named"): noop("Both texts name {a}."),
    ("place", "other-named"): noop("One text names {a}, the other {b}."),
    ("place", "unknown"): noop("Not both name a place ({a}, {b})."),
    ("serial", "same"): noop("Both name the place numbered {a}."),
    ("serial", "other"): noop("One names the place numbered {a}, the other {b}."),
    ("serial", "unknown"): noop("Not both name a numbered place ({a}, {b})."),
    ("period", "same"): noop("Both are for the year {a}."),
    ("period", "other"): noop("They are for different years: {a} and {b}."),
    ("period", "changed"): noop("The year {a} became {b}, and the later line speaks of a change."),
    ("period", "unknown"): noop("Not both say for which year ({a}, {b})."),
    ("rating", "same"): noop("The machines are of one size ({a}, {b})."),
    ("rating", "other"): noop("The machines are of different sizes ({a}, {b})."),
    ("rating", "changed"): noop("The size {a} became {b}, and the later line speaks of a change."),
    ("rating", "unknown"): noop("Not both say how large the machine is ({a}, {b})."),
    ("deal", "same"): noop("Both ask not for the thing itself, but for {a}."),
    ("deal", "only-one"): noop("One asks for the thing, the other for its renewal, repair, parts or rent ({a}, {b})."),
    ("deal", "other"): noop("What is to be done with the thing differs: {a} and {b}."),
    ("deal", "none"): noop("Neither asks for a renewal, a repair or parts."),
    ("aside", "names-the-other-as-another"): noop("One line names what the other asks for as something else ({a}; {b})."),
    ("aside", "names-the-other-s-body"): noop("One line says that the body of the other asks for itself ({a}; {b})."),
    ("aside", "says-so-of-others"): noop("What one line sets itself apart from is not the other ({a}; {b})."),
    ("aside", "none"): noop("Neither sets itself apart from anything."),
    ("meaning", "very-near"): noop("The two texts mean nearly the same."),
    ("meaning", "near"): noop("The two texts are near in meaning."),
    ("meaning", "near-but-apart"): noop("The texts are near in meaning, but not in what tells them apart."),
    ("meaning", "rather-near"): noop("The two texts are rather near in meaning."),
    ("meaning", "between"): noop("The two texts are neither near nor far in meaning."),
    ("meaning", "rather-far"): noop("The two texts are rather far in meaning."),
    ("meaning", "far"): noop("The two texts are far in meaning."),
    ("meaning", "unknown"): noop("Not both texts could be compared by meaning."),
    ("purpose", "share-several"): noop("Both are for the same purposes ({a}; {b})."),
    ("purpose", "share"): noop("They share a purpose ({a}; {b})."),
    ("purpose", "share-and-differ"): noop("They share one purpose and differ in another ({a}; {b})."),
    ("purpose", "differ"): noop("Their purposes differ ({a}; {b})."),
    ("purpose", "differ-thinly"): noop("Each names one purpose, of another sort ({a}; {b})."),
    ("purpose", "whole-and-part"): noop("What one is for takes in what the other is for ({a}; {b})."),
    ("purpose", "clash"): noop("They are for different hands, places or systems ({a}; {b})."),
    ("purpose", "unknown"): noop("Not both say what it is for ({a}; {b})."),
    ("quantity", "equal-rare"): noop("The quantity of both is {a}, a number that hardly ever coincides."),
    ("quantity", "equal-telling"): noop("The quantity of both is {a}, a number that seldom coincides."),
    ("quantity", "equal-round"): noop("The quantity of both is {a}."),
    ("quantity", "stands-in-text"): noop("The quantity of one stands in the text of the other ({a}, {b})."),
    ("quantity", "names-the-other"): noop("The later line names the quantity of the earlier ({a}, {b})."),
    ("quantity", "equal-small"): noop("The quantity of both is {a}, a common number."),
    ("quantity", "equal-one"): noop("Both speak of one piece."),
    ("quantity", "equal-other-unit"): noop("The same number in different units ({a}, {b})."),
    ("quantity", "replaces"): noop("The later line says that {b} replaces {a}."),
    ("quantity", "a-share"): noop("Of {a} and {b}, one line says that it is a part of the other."),
    ("quantity", "total-of"): noop("Of {a} and {b}, the office above counts the smaller in its total."),
    ("quantity", "amended"): noop("The quantity changed from {a} to {b}."),
    ("quantity", "changed-by-cue"): noop("{a} became {b}, and the later line speaks of a change."),
    ("quantity", "rounded"): noop("{a} and {b} differ by rounding."),
    ("quantity", "other-unit"): noop("{a} and {b} are counted in different units."),
    ("quantity", "differs-some"): noop("The quantities differ: {a} and {b}."),
    ("quantity", "differs"): noop("The quantities are far apart: {a} and {b}."),
    ("quantity", "one-unknown"): noop("Only one line gives a quantity ({a}, {b})."),
    ("quantity", "both-unknown"): noop("Neither gives a quantity."),
    ("reference", "same"): noop("Both bear the number {a}."),
    ("reference", "changes-that-letter"): noop("The later one changes what the letter {a} asked for."),
    ("reference", "named-as-another"): noop("One line names the letter of the other as something else ({a}, {b})."),
    ("reference", "cited"): noop("One recalls the letter of the other ({a}, {b})."),
    ("reference", "two-numbers"): noop("They are different letters ({a}, {b})."),
    ("reference", "two-numbers-one-sender"): noop("They are two letters of one sender ({a}, {b})."),
    ("reference", "another-is-cited"): noop("The later line recalls another letter than the earlier one's."),
    ("reference", "unknown"): noop("Not both bear a number ({a}, {b})."),
    ("message", "one-message"): noop("Two lines of one message: normally two needs."),
    ("message", "repeats-itself"): noop("One message that says the same twice."),
    ("message", "resend"): noop("Byte for byte the same message again."),
    ("message", "resend-other-line"): noop("Another line of a message that was sent again."),
    ("message", "one-thread"): noop("Both stand in one thread of mail."),
    ("message", "one-subject"): noop("They have one sender and one subject line."),
    ("message", "two-messages"): noop("They come from two messages."),
    ("voice", "other-voice"): noop("They were told by {a} and by {b}."),
    ("voice", "same-voice-and-says-so"): noop("{a} tells it again and says so."),
    ("voice", "same-voice-other-language"): noop("{a} tells it in another language."),
    ("voice", "same-voice-long-after"): noop("{a} speaks again after weeks and does not say that it repeats itself."),
    ("voice", "other-voice-after-weeks"): noop("Told by {a} and, weeks later, by {b}, without a word of the earlier."),
    ("voice", "same-voice-and-urges"): noop("{a} speaks again, and it is urgent."),
    ("voice", "other-voice-long-after"): noop("Told by {a} and, half a year later, by {b}, without a word of the earlier."),
    ("voice", "same-voice"): noop("{a} speaks twice and does not say that it repeats itself."),
    ("voice", "unknown"): noop("Not both say who sent them ({a}, {b})."),
    ("batch", "later-is-additional"): noop("The later line calls itself a further batch."),
    ("batch", "earlier-is-additional"): noop("The earlier line was a further batch."),
    ("batch", "both-additional"): noop("Both call themselves a further batch."),
    ("batch", "part-and-apart"): noop("One line is a part of a greater order, the other goes its own way."),
    ("batch", "as-many-too"): noop("The later line says that another need has that number too."),
    ("relay", "forwarded-from"): noop("One of them is what the author of the other wrote, forwarded by another office ({a}, {b})."),
    ("relay", "one-office"): noop("Both came through the hands of one office ({a}, {b})."),
    ("relay", "other-offices"): noop("One was forwarded, but by no office of the other ({a}, {b})."),
    ("relay", "unknown"): noop("Neither was forwarded by another office."),
    ("batch", "set-apart"): noop("One line sets itself apart from others."),
    ("batch", "later-sets-itself-apart"): noop("One sender, and the later line sets itself apart."),
    ("batch", "plain"): noop("Neither calls itself a further batch."),
    ("kind", "change-of-earlier"): noop("The later line changes an earlier one: {b}."),
    ("kind", "change-before-request"): noop("A change came before what it changes: {a}, then {b}."),
    ("kind", "two-requests"): noop("The kinds of the lines: {a} and {b}."),
    ("recall", "agrees"): noop("The later line recalls the month in which the earlier was sent."),
    ("recall", "other-month"): noop("The later line recalls another month."),
    ("recall", "none"): noop("No month is recalled."),
    ("wording", "near-copy"): noop("The words are nearly the same."),
    ("wording", "much"): noop("Much of the wording agrees."),
    ("wording", "some"): noop("Some of the words agree."),
    ("wording", "alike-but-apart"): noop("The wording agrees, but not what tells the two apart."),
    ("wording", "little"): noop("One language, and hardly a word in common."),
    ("wording", "other-language"): noop("They are in two languages."),
    ("names", "share-several"): noop("They share several names ({a}; {b})."),
    ("names", "share"): noop("They share a name ({a}; {b})."),
    ("names", "none-shared"): noop("They name different things ({a}; {b})."),
    ("names", "unknown"): noop("Not both name anything."),
    ("deadline", "same"): noop("Both are needed by {a}."),
    ("deadline", "other"): noop("One is needed by {a}, the other by {b}."),
    ("deadline", "stands-as-long"): noop("Both offers stand until {a}."),
    ("deadline", "one-after-the-other"): noop("One offer ends before the other begins ({a}, {b})."),
    ("deadline", "unknown"): noop("Not both give a date."),
    ("channel", "same"): noop("Both are {a}."),
    ("channel", "other"): noop("One is {a}, the other {b}."),
    ("channel", "unknown"): noop("Not both say whether they are civil or military."),
    ("ruling", "same-as"): noop("A person ruled: they are the same."),
    ("ruling", "supersedes"): noop("A person ruled: the later one replaces the earlier."),
    ("ruling", "escalates"): noop("A person ruled: the later one repeats the earlier with more urgency."),
    ("ruling", "part-of"): noop("A person ruled: the later one is part of the earlier."),
    ("ruling", "withdraws"): noop("A person ruled: the later one withdraws the earlier."),
    ("ruling", "second-batch"): noop("A person ruled: the later one is a second batch."),
    ("ruling", "not-the-same"): noop("A person ruled: they are not the same."),
}
"""(comparison, level) -> sentence with {a} and {b}, the values of the earlier and the later line."""

APART: dict[str, str] = {
    "each belongs more surely with other lines, which do not fit together": noop(
        "Each belongs more surely with other lines, and those do not fit together."
    ),
    "nothing speaks against it, but too little speaks for it": noop("Nothing speaks against it, but too little speaks for it."),
    "one message, two lines: normally two needs": noop("Two lines of one message: normally two needs."),
    "the later line calls itself a further batch": noop("The later line calls itself a further batch."),
    "each of the two lines calls itself a further batch": noop("Each of the two lines calls itself a further batch."),
    "one sender, and the later line sets itself apart": noop("One sender, and the later line sets itself apart."),
    "one sender asks for different hands, places or systems": noop("One sender asks for different hands, places or systems."),
    "one of the two bodies stands above the other, but asks for itself": noop(
        "One of the two bodies stands above the other, but asks for itself."
    ),
    "two courses, audits or their like on different subjects": noop("Two courses, audits or their like on different subjects."),
    "one line names what the other asks for as something else": noop("One line names what the other asks for as something else."),
    "the two quantities are far apart and neither line says that it changes the other": noop(
        "The two quantities are far apart, and neither line says that it changes the other."
    ),
}
"""What kept two lines apart where no comparison says it."""

FILTERS = {"category": "category", "deadline": "day", "kind": 'words:"kind"', "channel": 'words:"channel"', "prior": 'words:"side"'}
"""Comparisons whose values are codes or days, and the filter that says them to a reader."""
OF_THINGS = frozenset(("item", "rarity", "aside"))
"""Comparisons whose values are names of concepts."""
_SINGULAR = {several: one for _context, one, several in FORMS}  # the core counts in English
ONE_KIND = noop("Both lines are of one kind: {a}.")


def reason_in_words(reason: Mapping[str, Any]) -> str:
    """One kept reason as a sentence in the active language."""
    pattern = SENTENCES.get((str(reason["comparison"]), str(reason["level"])))
    if pattern is None:
        return str(reason["sentence"])
    if reason["comparison"] == "kind" and reason["level"] == "two-requests" and reason["value_a"] == reason["value_b"]:
        pattern = ONE_KIND
    return _(pattern).format(a=_value(reason, "value_a"), b=_value(reason, "value_b"))


def apart_in_words(why: str, reasons: tuple[Mapping[str, Any], ...]) -> str:
    """What kept two lines apart: the sentence of the comparison that said it, else the desk's own."""
    for reason in reasons:
        if reason["sentence"] == why:
            return reason_in_words(reason)
    ruled = why.removeprefix("a person ruled: ")
    if ruled != why and ("ruling", ruled) in SENTENCES:
        return _(SENTENCES["ruling", ruled])
    return _(APART[why]) if why in APART else why


def _value(reason: Mapping[str, Any], name: str) -> str:
    value = str(reason[name])
    if value == "-":
        return _("not said")
    comparison = str(reason["comparison"])
    if comparison in OF_THINGS:
        return things(value)
    number, _blank, unit = value.partition(" ")
    if comparison == "quantity" and unit:
        return _filtered("number|amount }} {{ unit|unit:number", number=Decimal(number), unit=_SINGULAR.get(unit, unit))
    return _filtered("value|" + FILTERS[comparison], value=value) if comparison in FILTERS else value


def _filtered(expression: str, **values: Any) -> str:
    """What the desk's filters make of values: they know the reader's words, and a wing reaches them through the templates alone."""
    template = "{% load desk %}{% autoescape off %}{{ " + expression + " }}{% endautoescape %}"
    return engines["django"].from_string(template).render(values)
