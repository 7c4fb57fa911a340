"""What the words of attribution are called: where cases and inputs stand, grades, ratings. Joined to the other labels (web/labels.py)."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

ATTRIBUTION_LABELS: dict[str, dict[str, str]] = {
    "attribution": {"open": noop("open case"), "closed": noop("closed case"), "not-pursued": noop("not pursued")},
    "agency-input": {
        "waiting": noop("input awaited"),
        "late": noop("late"),
        "delivered": noop("input delivered"),
        "waived": noop("not asked for any more"),
    },
    "aspect": {
        "malware": noop("malware"),
        "infrastructure": noop("infrastructure"),
        "control-servers": noop("control servers"),
        "telemetry": noop("telemetry"),
        "intelligence": noop("intelligence"),
        "cui-bono": noop("whom it serves"),
    },
    "hypothesis": {
        "actor": noop("a named actor"),
        "other": noop("another explanation"),
        "false-flag": noop("false flag: somebody plays another"),
        "insufficient": noop("insufficient: it cannot be said"),
    },
    "rating": {
        "-2": noop("strongly against"),
        "-1": noop("against it"),
        "0": noop("neither"),
        "1": noop("with it"),
        "2": noop("strongly with it"),
    },
    "outcome": {
        "insufficient": noop("The evidence does not suffice to tell the hypotheses apart."),
        "not-separated": noop("Several hypotheses cannot be told apart."),
        "one-stands-out": noop("One hypothesis stands out."),
    },
    "audience": {
        "services": noop("the services that work on it"),
        "ministers": noop("ministers"),
        "co-attributing": noop("states that attribute with us"),
        "sanctions-file": noop("sanctions file"),
        "court": noop("court"),
        "public": noop("the public"),
    },
    "reliability": {
        "A": noop("completely reliable"),
        "B": noop("usually reliable"),
        "C": noop("fairly reliable"),
        "D": noop("not usually reliable"),
        "E": noop("unreliable"),
        "F": noop("reliability cannot be judged"),
        "G": noop("deceives on purpose"),
    },
    "credibility": {
        "1": noop("confirmed by others"),
        "2": noop("probably true"),
        "3": noop("possibly true"),
        "4": noop("doubtful"),
        "5": noop("improbable"),
        "6": noop("credibility cannot be judged"),
    },
    "track": {
        "technical": noop("technical track"),
        "legal": noop("legal track"),
        "political": noop("political track"),
        "criminal": noop("criminal track"),
    },
    "opinion-answer": {
        "yes": noop("yes"),
        "no": noop("no"),
        "unclear": noop("unclear"),
        "not-asked": noop("does not arise"),
    },
    "body-stand": {
        "agree": noop("agrees"),
        "reservation": noop("agrees with a reservation"),
        "dissent": noop("dissents"),
        "abstain": noop("abstains"),
    },
    "decision": {
        "attribute-publicly": noop("attribute publicly"),
        "tell-partners": noop("tell partners alone"),
        "tell-state": noop("tell the State concerned"),
        "not-attribute": noop("do not attribute"),
        "wait": noop("wait"),
    },
    "estimative": {
        "likelihood-almost-no-chance": noop("almost no chance"),
        "likelihood-very-unlikely": noop("very unlikely"),
        "likelihood-unlikely": noop("unlikely"),
        "likelihood-roughly-even": noop("roughly even chance"),
        "likelihood-likely": noop("likely"),
        "likelihood-very-likely": noop("very likely"),
        "likelihood-almost-certain": noop("almost certain"),
        "confidence-low": noop("low confidence"),
        "confidence-moderate": noop("moderate confidence"),
        "confidence-high": noop("high confidence"),
    },
    "support": {
        "own-attribution": noop("own attribution"),
        "joint-attribution": noop("joint attribution"),
        "supports-attribution": noop("supports the attribution"),
        "condemns-act": noop("condemns the act, names nobody"),
        "solidarity-or-concern": noop("solidarity or concern"),
        "takes-note": noop("takes note"),
        "no-statement": noop("no statement"),
        "declines": noop("declines to join"),
    },
    "slice-proposal": {
        "proposed": noop("waits for a second person"),
        "let-out": noop("let out"),
        "declined": noop("stays inside"),
    },
}
