"""The sample: the exercise's inbox and register as data, flagged EXERCISE.

All of it is invented; it contradicts itself as real data does.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
INBOX = FOLDER / "inbox"
PARTIES = FOLDER / "parties.csv"
MECHANISM = FOLDER / "mechanism.yaml"
DECISIONS = FOLDER / "decisions.yaml"
SUPPLEMENT = FOLDER / "supplement.yaml"
DEFAULT_MECHANISM = FOLDER / "default-mechanism.yaml"
"""What a home works in until it is given a mechanism of its own: no exercise, no members but the secretariat."""
