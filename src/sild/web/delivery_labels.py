"""What the words of delivery are called: states, kinds, acts, places of pieces, questions. Joined to the other labels."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

DELIVERY_LABELS: dict[str, dict[str, str]] = {
    "consignment": {
        "prepared": noop("prepared"),
        "under-way": noop("under way"),
        "arrived": noop("there"),
        "handed-over": noop("handed over"),
        "accepted": noop("taken over"),
        "disputed": noop("disputed"),
        "returned": noop("sent back"),
        "lost": noop("lost"),
        "called-off": noop("called off"),
    },
    "consignment-kind": {
        "goods": noop("Goods (pieces)"),
        "licences": noop("Licences (seats)"),
        "services": noop("Services (days of work)"),
        "hosting": noop("Hosting (terabytes)"),
    },
    "speaker": {
        "giver": noop("the giver"),
        "carrier": noop("the carrier"),
        "requester": noop("the recipient"),
        "secretariat": noop("the secretariat"),
    },
    "deed": {
        "depart": noop("It set out (services, hosting: the work began)"),
        "arrive": noop("It came: the end of the leg under way"),
        "hand-over": noop("It was handed over (licences: the keys were sent)"),
        "lose": noop("Pieces were lost: they are owed again"),
        "count-use": noop("So many seats are activated, days worked or terabytes hosted by now"),
        "extend": noop("It is given for longer"),
        "call-off": noop("It is called off before it sets out"),
        "dispute": noop("Pieces are not as promised"),
        "reply": noop("A reply to what is disputed"),
        "settle": noop("What was disputed is taken over after all"),
        "return": noop("Pieces go back to the giver"),
    },
    "deed-done": {
        "prepare": noop("prepared it"),
        "route": noop("planned the way"),
        "depart": noop("set out"),
        "arrive": noop("came"),
        "hand-over": noop("handed it over"),
        "receive": noop("answered"),
        "lose": noop("lost pieces"),
        "count-use": noop("said how much is used"),
        "extend": noop("gave it for longer"),
        "call-off": noop("called it off"),
        "dispute": noop("disputed pieces"),
        "reply": noop("replied"),
        "settle": noop("took over what was disputed"),
        "return": noop("sent pieces back"),
    },
    "amount-of": {
        "quantity": noop("how much"),
        "arrived": noop("arrived in all"),
        "faulty": noop("not as promised"),
        "in_use": noop("in use"),
        "lost": noop("lost"),
        "reported": noop("used by now"),
        "disputed": noop("disputed"),
        "accepted": noop("taken over"),
        "returned": noop("sent back"),
    },
    "said-of": {
        "due": noop("to be there on"),
        "before": noop("before that"),
        "from": noop("from where"),
        "to": noop("to where"),
        "carrier": noop("by whom"),
        "received_by": noop("to whom"),
        "until": noop("until"),
        "renew_on": noop("to be renewed on"),
    },
    "place": {
        "proposed": noop("Proposed to those who asked"),
        "agreed": noop("Accepted by those who asked, not committed"),
        "committed": noop("Committed, not on its way"),
        "under-way": noop("On its way"),
        "delivered": noop("There, nobody has answered for it"),
        "accepted": noop("Taken over by the recipient"),
        "disputed": noop("Disputed"),
    },
    "arrived-question": {
        "goods": noop("How many have arrived?"),
        "licences": noop("For how many seats did the licence come?"),
        "services": noop("How many days were worked?"),
        "hosting": noop("How many terabytes were set up?"),
    },
    "use-question": {
        "goods": noop("Are they in use?"),
        "licences": noop("Are the seats activated?"),
        "services": noop("Is what was worked on in use?"),
        "hosting": noop("Is the space in use?"),
    },
    "reported": {
        "goods": noop("In use, by the giver"),
        "licences": noop("Seats activated, by the giver"),
        "services": noop("Days worked, by the giver"),
        "hosting": noop("Terabytes hosted, by the giver"),
    },
    "used": {
        "all": noop("Yes, all of it"),
        "some": noop("Some of it"),
        "none": noop("Not yet"),
    },
    "renewal": {
        "unknown": noop("It is not known"),
        "never": noop("Never"),
        "day": noop("On a day"),
    },
    "renewal-why": {
        "ends": noop("ends on this day, as the giver says"),
        "renew": noop("has to be renewed by this day, as the recipient says"),
    },
    "contradiction": {
        "missing": noop("It was said to be handed over whole; the recipient has less of it. What is missing counts as on its way."),
        "use": noop("Giver and recipient count differently what is in use."),
        "ended": noop(
            "The agreement has ended, and yet pieces of it are on their way or there. Call them off, send them back, or agree anew."
        ),
    },
}
