"""Rules of response: the toolbox as data, where options may go, the three things. Plain Python."""

from sild.wings.response.rules.toolbox import ESCALATION, LegalBasis, Option, Precondition, compiled_on, option_of, options
from sild.wings.response.rules.words import (
    BACK,
    LONGEST_REASON,
    LONGEST_TITLE,
    LONGEST_WORDS,
    MOST_STEPS,
    MOST_WORDS,
    NEXT,
    DeliveryLevel,
    Essential,
    EssentialStand,
    OptionState,
    PreconditionStand,
    ResponseState,
)

__all__ = [
    "BACK",
    "ESCALATION",
    "LONGEST_REASON",
    "LONGEST_TITLE",
    "LONGEST_WORDS",
    "MOST_STEPS",
    "MOST_WORDS",
    "NEXT",
    "DeliveryLevel",
    "Essential",
    "EssentialStand",
    "LegalBasis",
    "Option",
    "OptionState",
    "Precondition",
    "PreconditionStand",
    "ResponseState",
    "compiled_on",
    "option_of",
    "options",
]
