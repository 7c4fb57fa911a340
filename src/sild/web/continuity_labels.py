"""What the words of continuity are called: layers, how a system can be moved, permissions, hosts. Joined in web/labels.py."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

CONTINUITY_LABELS: dict[str, dict[str, str]] = {
    "layer": {
        "identity": noop("identity"),
        "registers": noop("registers"),
        "exchange": noop("exchange of data"),
        "services": noop("services"),
        "unknown": noop("layer not said"),
    },
    "custody-state": {
        "kept": noop("kept in custody"),
        "returned": noop("returned from custody"),
        "destroyed": noop("destroyed in custody"),
    },
    "custody-deed": {
        "copied": noop("copied into custody"),
        "verified": noop("verified in custody"),
        "restored": noop("restored from custody"),
    },
    "portability": {
        "cloud": noop("runs in any cloud"),
        "rehost": noop("can be set up on other machines"),
        "special-hardware": noop("needs its own machines"),
        "immovable": noop("cannot be moved"),
        "unknown": noop("unknown whether it can be moved"),
    },
    "permission": {
        "unknown": noop("permission unknown"),
        "not-needed": noop("no permission needed"),
        "asked": noop("permission asked"),
        "granted": noop("permission granted"),
        "refused": noop("permission refused"),
    },
    "key-custody": {
        "unknown": noop("unknown who holds the keys"),
        "owner": noop("the owner holds the keys"),
        "operator": noop("the operator holds the keys"),
        "vendor": noop("the vendor holds the keys"),
        "split": noop("the keys are split"),
    },
    "dongle": {
        "unknown": noop("unknown whether licences need hardware"),
        "none": noop("licences need no hardware"),
        "movable": noop("a licence dongle moves along"),
        "bound": noop("licences are bound to machine or place"),
    },
    "dependency": {
        "stops": noop("stands still without it"),
        "worse": noop("runs worse without it"),
        "unknown": noop("unknown how much it leans"),
    },
    "permission-mover": {"ours": noop("your move"), "theirs": noop("the move of whoever permits"), "nobody": noop("nobody has to move")},
    "fall": {"falls": noop("falls"), "may-fall": noop("may fall"), "worse": noop("runs worse")},
    "host": {"considered": noop("host considered"), "ready": noop("host ready"), "closed": noop("host closed")},
    "host-agreement": {
        "unknown": noop("unknown whether there is an agreement"),
        "none": noop("no agreement"),
        "negotiated": noop("agreement negotiated"),
        "signed": noop("agreement signed"),
        "in-force": noop("agreement in force"),
    },
    "immunity": {
        "unknown": noop("immunity unknown"),
        "none": noop("no immunity"),
        "by-agreement": noop("immunity by agreement"),
        "mission": noop("premises of a mission"),
    },
    "standby": {
        "synchronous": noop("every write waits for the standby"),
        "asynchronous": noop("a standby follows"),
        "waiting": noop("the standby is away, writes wait"),
        "refusing": noop("the standby is lost, writes are refused"),
        "alone": noop("the standby is lost, writes go on alone"),
        "held": noop("writes are held by an operator"),
        "none": noop("there is no standby"),
        "unguarded": noop("no guard looks after the standby"),
        "down": noop("the database does not answer the guard"),
    },
    "standby-move": {
        "planned": noop("switched over as planned"),
        "unplanned": noop("promoted behind a fence"),
        "returned": noop("the other one returned"),
        "refusing": noop("standby lost, writes refused"),
        "alone": noop("standby lost, writes went on"),
        "back": noop("the standby was back"),
    },
    "standby-place": {"home": noop("at home"), "abroad": noop("abroad")},
    "evacuation": {
        "waiting": noop("being worked out"),
        "done": noop("worked out, keeps every limit"),
        "broke": noop("breaks limits, do not use it"),
    },
    "way": {"line": noop("over the line"), "media": noop("by crate"), "machine": noop("machine moved")},
    "lights": {
        "lives": noop("lives"),
        "for-a-time": noop("lives for a time"),
        "gone": noop("is gone at once"),
        "unknown": noop("nobody can say"),
    },
    "loss": {"territory": noop("territory"), "cloud": noop("cloud"), "vendor": noop("vendor"), "crew": noop("people")},
    "freeze": {"holds": noop("changes do not count"), "lifted": noop("lifted")},
    "destruction": {
        "written": noop("written down, waits for a second person"),
        "confirmed": noop("destruction confirmed"),
        "not-possible": noop("could not be destroyed"),
    },
    "home-step": {"planned": noop("step planned"), "done": noop("step done"), "dropped": noop("step dropped")},
}
